using AssistPortal.Core.Data;
using AssistPortal.Core.Mail;
using AssistPortal.Core.Staff;
using Microsoft.AspNetCore.Identity;

namespace AssistPortal.Core.Access;

/// <summary>Sets passwords inside the caller's transaction.</summary>
internal static class Passwords
{
    /// <summary>Whether the password is the person's; wrong ones lock the account as they do when signing in.</summary>
    public static async Task<bool> ProveAsync(UserManager<PortalUser> users, PortalUser person, string password)
    {
        if (await users.IsLockedOutAsync(person))
        {
            return false;
        }

        if (await users.CheckPasswordAsync(person, password))
        {
            return true;
        }

        await users.AccessFailedAsync(person);
        return false;
    }

    /// <summary>Gives the person another password, or a first one. The security stamp changes with it, which ends every session.</summary>
    /// <returns>Why the password won't do; the caller gives the transaction up then.</returns>
    public static async Task<Problem?> SetAsync(UserManager<PortalUser> users, PortalUser person, string password)
    {
        var removed = await users.RemovePasswordAsync(person);
        return Read(removed) ?? Read(await users.AddPasswordAsync(person, password));
    }

    /// <summary>Identity's answer as a problem: the portal's validator speaks in reasons; anything else is somebody changing the person at the same moment.</summary>
    public static Problem? Read(IdentityResult result) => result.Succeeded
        ? null
        : result.Errors.Select(error => Enum.TryParse<InvalidReason>(error.Code, out var reason) ? new Problem.Invalid(reason) : (Problem)new Problem.Changed()).First();

    /// <summary>Opens the door again after a lock-out: whoever sets a password by a link has shown more than a guesser can.</summary>
    public static async Task UnlockAsync(UserManager<PortalUser> users, PortalUser person)
    {
        await users.ResetAccessFailedCountAsync(person);
        await users.SetLockoutEndDateAsync(person, null);
    }

    /// <summary>Tells the person that the password is another one now.</summary>
    public static void Tell(Outbox outbox, PortalDbContext db, PortalUser person, DateTimeOffset now, string? ip) =>
        outbox.Add(db, LetterKind.PasswordChanged, LetterRecipient.Of(person), $"password:{person.SecurityStamp}", TimeSpan.FromDays(1), LinkPaths.Forgot, outbox.Moment(now), ip ?? "—");
}
