using AssistPortal.Core.SecondFactor;
using AssistPortal.Core.Staff;
using AssistPortal.Web.Account;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;

namespace AssistPortal.Web.Endpoints;

/// <summary>
/// What a page's script asks on the way of a passkey. Options and answers go over HTTP: the challenge waits in a cookie, which a circuit
/// can't set. Every call carries the antiforgery token of its page.
/// </summary>
internal static class PasskeyEndpoints
{
    public static void MapPasskeyEndpoints(this WebApplication app)
    {
        var passkeys = app.MapGroup(FrameUrls.Passkey).AddEndpointFilter(ForgeryFilter);
        passkeys.MapPost("/ask", AskAsync).AllowAnonymous();
        passkeys.MapPost("/prove", ProveAsync).RequireAuthorization();
        passkeys.MapPost("/make", MakeAsync).RequireAuthorization();
        passkeys.MapPost("/add", AddAsync).RequireAuthorization();
    }

    private sealed record Answer(string? Credential, string? Name);

    private static async ValueTask<object?> ForgeryFilter(EndpointFilterInvocationContext call, EndpointFilterDelegate next) =>
        await call.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(call.HttpContext) ? await next(call) : Results.BadRequest();

    // Names no keys: which an account has would tell whether it exists.
    private static async Task<IResult> AskAsync(PortalSignInManager signIn) => Results.Text(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    private static async Task<IResult> ProveAsync(Answer answer, PasskeyDesk desk, Prove prove, HttpContext context)
    {
        if (await CurrentActor.OfAsync(context) is not { } actor)
        {
            return Results.Json(nameof(Proof.SessionOver));
        }

        var owner = await desk.JudgeAsync(answer.Credential);
        return Results.Json((await prove.ByPasskeyAsync(owner?.Id == actor.UserId, actor, context.RequestAborted)).ToString());
    }

    private static async Task<IResult> MakeAsync(Passkeys passkeys, PortalSignInManager signIn, UserManager<PortalUser> users, HttpContext context)
    {
        if (await CurrentActor.OfAsync(context) is not { } actor || await passkeys.MayAddAsync(actor, context.RequestAborted) is not null
            || await users.FindByIdAsync(actor.UserId.ToString()) is not { } user)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var options = await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = user.Id.ToString(), Name = user.Email!, DisplayName = user.DisplayName });
        return Results.Text(options, "application/json");
    }

    private static async Task<IResult> AddAsync(Answer answer, PasskeyDesk desk, Passkeys passkeys, HttpContext context)
    {
        if (await CurrentActor.OfAsync(context) is not { } actor || await passkeys.MayAddAsync(actor, context.RequestAborted) is not null)
        {
            return Results.Json("Unproven");
        }

        if (!await desk.AddAsync(answer.Credential, answer.Name, actor))
        {
            return Results.Json("Refused");
        }

        await passkeys.NoteAddedAsync(actor, context.RequestAborted);
        return Results.Json("Added");
    }
}
