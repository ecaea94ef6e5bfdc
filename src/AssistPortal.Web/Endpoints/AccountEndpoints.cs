using AssistPortal.Web.Account;
using Microsoft.AspNetCore.Antiforgery;

namespace AssistPortal.Web.Endpoints;

/// <summary>Signing out: a POST, so that no picture on a foreign page can do it.</summary>
internal static class AccountEndpoints
{
    public static void MapAccountEndpoints(this WebApplication app) =>
        app.MapPost(FrameUrls.SignOut, async (HttpContext context, IAntiforgery antiforgery, SignInDesk desk) =>
        {
            if (!await antiforgery.IsRequestValidAsync(context))
            {
                return Results.BadRequest();
            }

            await desk.SignOutAsync(context);
            return Results.LocalRedirect(FrameUrls.SignIn);
        }).AllowAnonymous();
}
