using AssistPortal.Core;
using AssistPortal.Core.Audit;
using AssistPortal.Core.Sessions;
using AssistPortal.Core.Staff;
using Microsoft.AspNetCore.Identity;

namespace AssistPortal.Web.Account;

/// <summary>How a try to sign in ended.</summary>
public enum SignInAnswer
{
    /// <summary>Signed in.</summary>
    Welcome,

    /// <summary>Not signed in. Wrong password, unknown, locked out and dismissed look the same on purpose.</summary>
    No,

    /// <summary>Too many tries from this address.</summary>
    Wait,
}

/// <summary>Signs people in and out and writes down that it did, and that it did not.</summary>
public sealed class SignInDesk(PortalSignInManager signIn, UserManager<PortalUser> users, IPasswordHasher<PortalUser> hasher, StaffSessions sessions, AuditLog audit, SignInGate gate)
{
    private static readonly PortalUser Nobody = new();
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<PortalUser>().HashPassword(Nobody, "nobody has this password"));

    public async Task<SignInAnswer> SignInAsync(string email, string password, HttpContext context)
    {
        var ip = context.Connection.RemoteIpAddress?.ToString();
        if (!gate.Admits(ip))
        {
            await audit.WriteAsync(null, AuditEvents.SignIn, AuditOutcome.Denied, null, null, $"too many tries from {ip}", context.RequestAborted);
            return SignInAnswer.Wait;
        }

        var user = await users.FindByEmailAsync(email);
        if (user is null || user.IsDismissed || await users.IsLockedOutAsync(user))
        {
            // As much work as for a wrong password: the time of the answer must not tell who exists.
            hasher.VerifyHashedPassword(Nobody, NobodysHash.Value, password);
            var reason = user switch { null => "unknown e-mail", { IsDismissed: true } => "dismissed", _ => "locked out" };
            await WriteAsync(user, AuditOutcome.Denied, user is null ? $"{reason}, from {ip}" : reason, context);
            return SignInAnswer.No;
        }

        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            await WriteAsync(user, AuditOutcome.Denied, result.IsLockedOut ? "wrong password, locked out now" : "wrong password", context);
            return SignInAnswer.No;
        }

        await EnterAsync(user, proven: false, context);
        return SignInAnswer.Welcome;
    }

    public async Task SignOutAsync(HttpContext context)
    {
        if (await users.GetUserAsync(context.User) is { } user)
        {
            await audit.WriteAsync(Describe(user, context), AuditEvents.SignOut, AuditOutcome.Done, null, null, null, context.RequestAborted);
        }

        if (SessionClaims.UserId(context.User) is { } userId && SessionClaims.SessionId(context.User) is { } sessionId)
        {
            await sessions.SignOutAsync(sessionId, userId, context.RequestAborted);
        }

        await signIn.SignOutAsync();
    }

    // Always a new session: a cookie that somebody planted before gains nothing by the person's signing in.
    private async Task EnterAsync(PortalUser user, bool proven, HttpContext context)
    {
        var before = SessionClaims.SessionId(context.User);
        var session = await sessions.BeginAsync(
            user.Id, context.Connection.RemoteIpAddress?.ToString(), CircuitVisit.UserAgentOf(context), proven, before, context.RequestAborted);
        await signIn.SignInWithClaimsAsync(user, isPersistent: false, [SessionClaims.Of(session)]);
        await WriteAsync(user, AuditOutcome.Done, null, context);
    }

    private Task WriteAsync(PortalUser? user, AuditOutcome outcome, string? details, HttpContext context) =>
        audit.WriteAsync(user is null ? null : Describe(user, context), AuditEvents.SignIn, outcome, null, null, details, context.RequestAborted);

    // Only for the log: rights come from StaffDirectory.
    private static Actor Describe(PortalUser user, HttpContext context) =>
        new(user.Id, user.DisplayName, Rights.None, [], context.Connection.RemoteIpAddress?.ToString(), CircuitVisit.UserAgentOf(context));
}
