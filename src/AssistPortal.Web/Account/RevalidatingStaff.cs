using AssistPortal.Core.Sessions;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace AssistPortal.Web.Account;

/// <summary>Asks every few seconds whether the session of an open page is still open: a person who was dismissed, or whose session was ended elsewhere, doesn't go on looking at it.</summary>
public sealed class RevalidatingStaff(ILoggerFactory loggers, StaffSessions sessions) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(5);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        SessionClaims.UserId(authenticationState.User) is { } userId && SessionClaims.SessionId(authenticationState.User) is { } sessionId
        && await sessions.IsOpenAsync(sessionId, userId, cancellationToken);
}
