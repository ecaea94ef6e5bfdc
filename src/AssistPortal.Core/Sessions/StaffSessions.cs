using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Sessions;

/// <summary>Begins sessions, tells whether they are open, and ends them. Sessions run on the machine's clock.</summary>
public sealed class StaffSessions(IDbContextFactory<PortalDbContext> databases, AuditLog audit, IOptions<StaffSessionOptions> options)
{
    /// <summary>How often <see cref="StaffSession.LastSeenAt"/> is written at most.</summary>
    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(1);

    /// <summary>How long rows of sessions that are over are kept.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Begins a session for a person who has shown who he is, and ends the one that was open in the same browser.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="ip">Address the person came from.</param>
    /// <param name="userAgent">Browser; cut to 256 characters.</param>
    /// <param name="proven">Whether more than the password was shown.</param>
    /// <param name="before">The session the same browser was signed in with.</param>
    /// <param name="cancellationToken">Gives up; nothing is changed then.</param>
    /// <returns>The number of the new session.</returns>
    public async Task<Guid> BeginAsync(Guid userId, string? ip, string? userAgent, bool proven, Guid? before, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (now, old) = (Now, Now - Kept);
        await db.Sessions.Where(session => session.UserId == userId && session.StartedAt < old).ExecuteDeleteAsync(cancellationToken);
        if (before is { } id)
        {
            await CloseAsync(db.Sessions.Where(session => session.Id == id), SessionEnd.Replaced, userId, cancellationToken);
        }

        var stamp = await db.Users.Where(user => user.Id == userId).Select(user => user.SecurityStamp).SingleAsync(cancellationToken);
        var begun = new StaffSession
        {
            Id = Guid.CreateVersion7(now),
            UserId = userId,
            StartedAt = now,
            LastSeenAt = now,
            Ip = ip,
            UserAgent = userAgent?.Length > 256 ? userAgent[..256] : userAgent,
            SecurityStamp = stamp,
            ProvenAt = proven ? now : null,
        };
        db.Sessions.Add(begun);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return begun.Id;
    }

    /// <summary>Whether the session is the person's and open.</summary>
    public async Task<bool> IsOpenAsync(Guid sessionId, Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Open(db).AnyAsync(session => session.Id == sessionId && session.UserId == userId, cancellationToken);
    }

    /// <summary>As <see cref="IsOpenAsync"/>, for what a person does himself: an open session is noted as used.</summary>
    public async Task<bool> SeeAsync(Guid sessionId, Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var mine = Open(db).Where(session => session.Id == sessionId && session.UserId == userId);
        var (now, stale) = (Now, Now - SeenStep);
        var seen = await mine.Select(session => (DateTimeOffset?)session.LastSeenAt).SingleOrDefaultAsync(cancellationToken);
        if (seen < stale)
        {
            await mine.Where(session => session.LastSeenAt < stale).ExecuteUpdateAsync(set => set.SetProperty(session => session.LastSeenAt, now), cancellationToken);
        }

        return seen is not null;
    }

    /// <summary>The actor's open sessions, the latest used first.</summary>
    public async Task<IReadOnlyList<StaffSession>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Open(db).AsNoTracking().Where(session => session.UserId == actor.UserId).OrderByDescending(session => session.LastSeenAt).ToListAsync(cancellationToken);
    }

    /// <summary>Ends one of the actor's own sessions; ending one that is over already changes nothing.</summary>
    /// <returns>The number of sessions ended; <see cref="Problem.NotFound"/> for a session of somebody else.</returns>
    public async Task<Result<int>> EndAsync(Guid sessionId, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var mine = db.Sessions.Where(session => session.Id == sessionId && session.UserId == actor.UserId);
        if (!await mine.AnyAsync(cancellationToken))
        {
            audit.Add(db, actor, AuditEvents.SessionEnded, AuditOutcome.Denied, details: $"session {sessionId:D}");
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return new Problem.NotFound();
        }

        var ended = await CloseAsync(mine, SessionEnd.ByPerson, actor.UserId, cancellationToken);
        if (ended > 0)
        {
            audit.Add(db, actor, AuditEvents.SessionEnded, AuditOutcome.Done, details: $"session {sessionId:D}");
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return ended;
    }

    /// <summary>Ends all of the actor's sessions but the one he asks from.</summary>
    /// <returns>The number of sessions ended.</returns>
    public async Task<int> EndOthersAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ended = await CloseAsync(Open(db).Where(session => session.UserId == actor.UserId && session.Id != actor.SessionId), SessionEnd.ByPerson, actor.UserId, cancellationToken);
        if (ended > 0)
        {
            audit.Add(db, actor, AuditEvents.SessionEnded, AuditOutcome.Done, details: $"{ended} other sessions");
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return ended;
    }

    /// <summary>Ends a session because the person signs out.</summary>
    public async Task SignOutAsync(Guid sessionId, Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await CloseAsync(db.Sessions.Where(session => session.Id == sessionId && session.UserId == userId), SessionEnd.SignedOut, userId, cancellationToken);
    }

    /// <summary>Ends every session of a person in the caller's transaction, which also writes the audit entry.</summary>
    internal static Task<int> EndAllAsync(PortalDbContext db, Guid userId, SessionEnd why, Guid? by, CancellationToken cancellationToken) =>
        CloseAsync(db.Sessions.Where(session => session.UserId == userId), why, by, cancellationToken);

    private static Task<int> CloseAsync(IQueryable<StaffSession> sessions, SessionEnd why, Guid? by, CancellationToken cancellationToken)
    {
        var now = Now;
        return sessions.Where(session => session.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(session => session.EndedAt, now).SetProperty(session => session.EndedWhy, why).SetProperty(session => session.EndedBy, by),
            cancellationToken);
    }

    private IQueryable<StaffSession> Open(PortalDbContext db) => OpenSessions.Of(db, options.Value, Now);
}
