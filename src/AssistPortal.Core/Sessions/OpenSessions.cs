using AssistPortal.Core.Data;

namespace AssistPortal.Core.Sessions;

/// <summary>The one rule of what an open session is.</summary>
internal static class OpenSessions
{
    /// <summary>Sessions that are neither ended, idle nor too old, of people who aren't dismissed and whose security stamp is the one they signed in with.</summary>
    /// <param name="db">Where to read; the transaction's own when the answer decides what it writes.</param>
    /// <param name="options">How long sessions last.</param>
    /// <param name="now">The instant, on the machine's clock: moving the sandbox's signs nobody out.</param>
    public static IQueryable<StaffSession> Of(PortalDbContext db, StaffSessionOptions options, DateTimeOffset now)
    {
        var (oldest, quietest) = (now - options.Longest, now - options.Idle);
        return db.Sessions.Where(session => session.EndedAt == null && session.StartedAt > oldest && session.LastSeenAt > quietest
            && db.Users.Any(user => user.Id == session.UserId && !user.IsDismissed && user.SecurityStamp == session.SecurityStamp));
    }
}
