using AssistPortal.Core;
using AssistPortal.Core.Access;
using AssistPortal.Core.Audit;
using AssistPortal.Core.SecondFactor;
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

    /// <summary>The password is right; the second factor is still to be shown.</summary>
    SecondFactor,

    /// <summary>The password is right; the person must get a second factor before anything else.</summary>
    Enrol,

    /// <summary>Nobody has shown a password here lately: back to the beginning.</summary>
    Anew,
}

/// <summary>Signs people in and out and writes down that it did, and that it did not.</summary>
public sealed class SignInDesk(
    PortalSignInManager signIn,
    UserManager<PortalUser> users,
    IPasswordHasher<PortalUser> hasher,
    SecondFactors factors,
    PendingSignIn pending,
    PasskeyDesk passkeys,
    StaffSessions sessions,
    NoteDevice devices,
    AuditLog audit,
    SignInGate gate)
{
    private static readonly PortalUser Nobody = new();
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<PortalUser>().HashPassword(Nobody, "nobody has this password"));

    public async Task<SignInAnswer> SignInAsync(string email, string password, HttpContext context)
    {
        if (!await AdmitsAsync(context))
        {
            return SignInAnswer.Wait;
        }

        var user = await users.FindByEmailAsync(email);
        if (user is null || user.IsDismissed || user.IsInvited || await users.IsLockedOutAsync(user))
        {
            // As much work as for a wrong password: the time of the answer must not tell who exists.
            hasher.VerifyHashedPassword(Nobody, NobodysHash.Value, password);
            await (user is null
                ? audit.WriteStrangerAsync(AuditEvents.SignIn, email, Ip(context), CircuitVisit.UserAgentOf(context), "unknown e-mail", context.RequestAborted)
                : WriteAsync(user, AuditOutcome.Denied, user.IsDismissed ? "dismissed" : user.IsInvited ? "invitation not accepted" : "locked out", context));
            return SignInAnswer.No;
        }

        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            await WriteAsync(user, AuditOutcome.Denied, result.IsLockedOut ? "wrong password, locked out now" : "wrong password", context);
            return SignInAnswer.No;
        }

        var state = await factors.StateAsync(user.Id, context.RequestAborted);
        if (state.HasAny || state.IsRequired)
        {
            await PendingSignIn.BeginAsync(user, context);
            return state.HasAny ? SignInAnswer.SecondFactor : SignInAnswer.Enrol;
        }

        await EnterAsync(user, null, context);
        return SignInAnswer.Welcome;
    }

    /// <summary>The second step: a code of the authenticator or a recovery code. Wrong ones count as wrong passwords do.</summary>
    public async Task<SignInAnswer> SecondAsync(string code, HttpContext context)
    {
        if (!await AdmitsAsync(context))
        {
            return SignInAnswer.Wait;
        }

        if (await pending.WhoAsync(context) is not { } user)
        {
            return SignInAnswer.Anew;
        }

        var use = await factors.UseAsync(user.Id, code, context.RequestAborted);
        if (use == CodeUse.Wrong)
        {
            await users.AccessFailedAsync(user);
            var isLocked = await users.IsLockedOutAsync(user);
            await WriteAsync(user, AuditOutcome.Denied, isLocked ? "wrong code, locked out now" : "wrong code", context);
            return SignInAnswer.No;
        }

        await FinishAsync(user, use == CodeUse.Recovery ? "recovery code" : "code", context);
        return SignInAnswer.Welcome;
    }

    /// <summary>A passkey alone. Whoever is dismissed or locked out looks like a key that doesn't fit.</summary>
    public async Task<SignInAnswer> PasskeyAsync(string? credential, HttpContext context)
    {
        if (!await AdmitsAsync(context))
        {
            return SignInAnswer.Wait;
        }

        var user = await passkeys.JudgeAsync(credential);
        if (user is null || user.IsDismissed || await users.IsLockedOutAsync(user))
        {
            await (user is null
                ? audit.WriteStrangerAsync(AuditEvents.SignIn, null, Ip(context), CircuitVisit.UserAgentOf(context), "passkey", context.RequestAborted)
                : WriteAsync(user, AuditOutcome.Denied, user.IsDismissed ? "passkey, dismissed" : "passkey, locked out", context));
            return SignInAnswer.No;
        }

        await FinishAsync(user, "passkey", context);
        return SignInAnswer.Welcome;
    }

    /// <summary>Adds an authenticator for the person who is signed in, or who has to get one before he is.</summary>
    public async Task<Result<RecoverySheet>> EnrolAsync(PortalUser user, Actor? actor, string seal, string code, HttpContext context)
    {
        var added = await factors.AddAsync(seal, code, actor ?? Describe(user, context), context.RequestAborted);
        if (added is Result<RecoverySheet>.Ok && actor is null)
        {
            await FinishAsync(user, "new authenticator", context);
        }

        return added;
    }

    /// <summary>Who may get an authenticator here: the person signed in, or the one who has shown his password and has no second factor yet.</summary>
    public async Task<(PortalUser User, Actor? Actor)?> WhoEnrolsAsync(HttpContext context)
    {
        if (await CurrentActor.OfAsync(context) is { } actor)
        {
            return await users.FindByIdAsync(actor.UserId.ToString()) is { } signedIn ? (signedIn, actor) : null;
        }

        return await pending.WhoAsync(context) is { } user && !(await factors.StateAsync(user.Id, context.RequestAborted)).HasAny ? (user, null) : null;
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
    private async Task EnterAsync(PortalUser user, string? factor, HttpContext context)
    {
        var before = SessionClaims.SessionId(context.User);
        var session = await sessions.BeginAsync(user.Id, Ip(context), CircuitVisit.UserAgentOf(context), factor is not null, before, context.RequestAborted);
        await signIn.SignInWithClaimsAsync(user, isPersistent: false, [SessionClaims.Of(session)]);
        await WriteAsync(user, AuditOutcome.Done, factor, context);
        var visitor = Visitors.Of(context);
        DeviceCookie.Write(context, await devices.RunAsync(user, DeviceCookie.Read(context), DeviceWords.Of(visitor.UserAgent), visitor, context.RequestAborted));
    }

    private async Task FinishAsync(PortalUser user, string factor, HttpContext context)
    {
        await users.ResetAccessFailedCountAsync(user);
        await EnterAsync(user, factor, context);
        await PendingSignIn.EndAsync(context);
    }

    private async Task<bool> AdmitsAsync(HttpContext context)
    {
        if (gate.Admits(Ip(context)))
        {
            return true;
        }

        await audit.WriteStrangerAsync(AuditEvents.SignIn, null, Ip(context), CircuitVisit.UserAgentOf(context), "too many tries", context.RequestAborted);
        return false;
    }

    private static string? Ip(HttpContext context) => context.Connection.RemoteIpAddress?.ToString();

    private Task WriteAsync(PortalUser user, AuditOutcome outcome, string? details, HttpContext context) =>
        audit.WriteAsync(Describe(user, context), AuditEvents.SignIn, outcome, null, null, details, context.RequestAborted);

    // Only for the log: rights come from StaffDirectory.
    private static Actor Describe(PortalUser user, HttpContext context) =>
        new(user.Id, user.DisplayName, Rights.None, [], Ip(context), CircuitVisit.UserAgentOf(context));
}
