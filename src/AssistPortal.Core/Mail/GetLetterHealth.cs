using AssistPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Mail;

/// <summary>How the outbox stands.</summary>
/// <param name="Waiting">Letters that wait.</param>
/// <param name="Stuck">Letters that wait and were tried in vain at least twice.</param>
/// <param name="GivenUp">Letters given up in the last 24 hours.</param>
public sealed record LetterHealth(int Waiting, int Stuck, int GivenUp);

/// <summary>Tells whoever watches over the portal whether letters leave it. Needs no actor: it tells numbers only.</summary>
public sealed class GetLetterHealth(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    /// <summary>Counts the letters.</summary>
    public async Task<LetterHealth> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var yesterday = time.GetUtcNow().AddDays(-1);
        var waiting = db.Letters.Where(letter => letter.State == LetterState.Waiting);
        return new LetterHealth(
            await waiting.CountAsync(cancellationToken),
            await waiting.CountAsync(letter => letter.Tries >= 2, cancellationToken),
            await db.Letters.CountAsync(letter => letter.State == LetterState.Failed && letter.StateAt > yesterday, cancellationToken));
    }
}
