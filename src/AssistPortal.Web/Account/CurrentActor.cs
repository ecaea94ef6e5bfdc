using AssistPortal.Core;
using AssistPortal.Core.Staff;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace AssistPortal.Web.Account;

/// <summary>Who acts on this page, with the rights the database holds at this moment. Ask before each use case; never keep the answer.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication, StaffDirectory staff, CircuitVisit visit, ViewAs viewAs, NavigationManager navigation)
{
    /// <summary>The actor. <see langword="null"/> when the person is dismissed, locked out or signed out elsewhere: the way to the sign-in page has begun then, and the caller just returns.</summary>
    public async Task<Actor?> GetAsync(CancellationToken cancellationToken)
    {
        var state = await authentication.GetAuthenticationStateAsync();
        var actor = SessionClaims.UserId(state.User) is { } userId && SessionClaims.SessionId(state.User) is { } sessionId
            ? await staff.ActorAsync(userId, sessionId, visit.Current?.Ip, visit.Current?.UserAgent, cancellationToken)
            : null;
        if (actor is null)
        {
            navigation.NavigateTo(FrameUrls.SignInFrom($"/{navigation.ToBaseRelativePath(navigation.Uri)}"), forceLoad: true);
        }

        return actor is null ? null : viewAs.Narrow(actor);
    }

    /// <summary>The actor of a plain request, for endpoints; <see langword="null"/> when there is none.</summary>
    public static async Task<Actor?> OfAsync(HttpContext context) =>
        SessionClaims.UserId(context.User) is { } userId && SessionClaims.SessionId(context.User) is { } sessionId
            ? await context.RequestServices.GetRequiredService<StaffDirectory>()
                .ActorAsync(userId, sessionId, context.Connection.RemoteIpAddress?.ToString(), CircuitVisit.UserAgentOf(context), context.RequestAborted)
            : null;
}
