using AssistPortal.Web.Account;
using Microsoft.AspNetCore.Antiforgery;

namespace AssistPortal.Web.Endpoints;

/// <summary>Signing out: a POST, so that no picture on a foreign page can do it. And the sign of life of an open page.</summary>
internal static class AccountEndpoints
{
    public static void MapAccountEndpoints(this WebApplication app)
    {
        app.MapPost(FrameUrls.SignOut, async (HttpContext context, IAntiforgery antiforgery, SignInDesk desk) =>
        {
            if (!await antiforgery.IsRequestValidAsync(context))
            {
                return Results.BadRequest();
            }

            await desk.SignOutAsync(context);
            return Results.LocalRedirect(FrameUrls.SignIn);
        }).AllowAnonymous();

        // The cookie is checked on the way here, and that notes the session as used. A circuit alone can't tell a person from a live page.
        app.MapGet(FrameUrls.Here, Results.NoContent).RequireAuthorization();
    }
}
