using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Staff;

/// <summary>Turns a signed-in user into an <see cref="Actor"/> with the rights the database holds right now.</summary>
public sealed class StaffDirectory(IDbContextFactory<PortalDbContext> databases, MerchantDirectory merchants, IOptions<StaffSessionOptions> sessions, TimeProvider time)
{
    /// <summary>The actor, or <see langword="null"/> when the person is unknown, dismissed or locked out, or the session is over.</summary>
    /// <param name="userId">The signed-in user.</param>
    /// <param name="sessionId">The session the person's cookie names.</param>
    /// <param name="ip">Address the person came from.</param>
    /// <param name="userAgent">Browser; cut to 256 characters.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<Actor?> ActorAsync(Guid userId, Guid sessionId, string? ip, string? userAgent, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var session = await OpenSessions.Of(db, sessions.Value, TimeProvider.System.GetUtcNow())
            .Where(session => session.Id == sessionId && session.UserId == userId)
            .Select(session => new { session.ProvenAt })
            .SingleOrDefaultAsync(cancellationToken);
        return session is not null && await StaffRights.ReadAsync(db, userId, merchants.Ids, time.GetUtcNow(), cancellationToken) is { } held
            ? new Actor(userId, held.Name, held.Rights, held.Roles, ip, userAgent?.Length > 256 ? userAgent[..256] : userAgent) { SessionId = sessionId, ProvenAt = session.ProvenAt }
            : null;
    }
}
