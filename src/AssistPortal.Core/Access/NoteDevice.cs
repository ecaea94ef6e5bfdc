using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Core.Mail;
using AssistPortal.Core.Staff;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Access;

/// <summary>Remembers the browsers of a person, and tells him by letter when he signs in with one that is new. Nobody's first browser is new.</summary>
public sealed class NoteDevice(IDbContextFactory<PortalDbContext> databases, Outbox outbox, AuditLog audit, TimeProvider time)
{
    // Longer than a browser keeps a cookie.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    /// <summary>Notes a sign-in.</summary>
    /// <param name="person">Who signed in.</param>
    /// <param name="token">What the browser's cookie says; <see langword="null"/> when it has none.</param>
    /// <param name="words">What the browser is, in words, for the letter.</param>
    /// <param name="visitor">Where the person came from.</param>
    /// <param name="cancellationToken">Gives up; nothing is written then.</param>
    /// <returns>The token for the browser to keep.</returns>
    public async Task<string> RunAsync(PortalUser person, string? token, string? words, Visitor visitor, CancellationToken cancellationToken)
    {
        var kept = SecretToken.Read(token) ?? SecretToken.Make();
        var now = time.GetUtcNow();
        var oldest = now - Kept;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.StaffDevices.Where(device => device.UserId == person.Id && device.LastSeenAt < oldest).ExecuteDeleteAsync(cancellationToken);
        var known = await db.StaffDevices.Where(device => device.UserId == person.Id).ToListAsync(cancellationToken);
        if (known.Find(device => device.TokenHash == kept.Hash) is { } device)
        {
            device.LastSeenAt = now;
        }
        else
        {
            db.StaffDevices.Add(new StaffDevice { UserId = person.Id, TokenHash = kept.Hash, FirstSeenAt = now, LastSeenAt = now });
            if (known.Count > 0)
            {
                audit.Add(db, visitor.As(person), AuditEvents.NewDevice, AuditOutcome.Done);
                outbox.Add(
                    db, LetterKind.NewDevice, LetterRecipient.Of(person), $"device:{Guid.CreateVersion7(now):N}", TimeSpan.FromDays(1), LinkPaths.Forgot, outbox.Moment(now), words ?? "—", visitor.Place);
            }
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            outbox.Wake();
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // The same browser signed in twice at this moment, and the other one has noted it.
        }

        return kept.Text;
    }
}
