using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Sync;

/// <summary>How fresh the copy is, for the dot in the top bar and the health check.</summary>
public sealed class GetSyncHealth(IDbContextFactory<PortalDbContext> databases, MerchantDirectory merchants, TimeProvider time)
{
    /// <summary>Freshness of each merchant the actor sees; all merchants for <see langword="null"/> (the health check).</summary>
    public async Task<IReadOnlyList<SyncHealth>> RunAsync(Actor? actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var states = await db.SyncStates.AsNoTracking().ToDictionaryAsync(state => state.MerchantId, cancellationToken);
        var now = time.GetUtcNow();
        return [.. merchants.All
            .Where(merchant => actor?.Sees(merchant.Id) ?? true)
            .Select(merchant => states.GetValueOrDefault(merchant.Id) is { } state
                ? new SyncHealth(merchant.Id, state.LastSuccessAt is null ? null : state.DoneUntil, state.LastSuccessAt, state.LastSuccessAt is null ? null : Behind(now, state), state.LastFailure)
                : new SyncHealth(merchant.Id, null, null, null, null))];
    }

    // After the clock went back the cursor stands in the future until the next exchange: that is not behind at all.
    private static TimeSpan Behind(DateTimeOffset now, SyncState state) => now > state.DoneUntil ? now - state.DoneUntil : TimeSpan.Zero;
}

/// <summary>Freshness of one merchant's orders.</summary>
/// <param name="MerchantId">Merchant_ID.</param>
/// <param name="DoneUntil">Everything before is in the copy; <see langword="null"/> before the first exchange.</param>
/// <param name="LastSuccessAt">When the gateway last answered.</param>
/// <param name="Behind">How far the copy is behind now.</param>
/// <param name="LastFailure">What went wrong at the last try; <see langword="null"/> when nothing did.</param>
public sealed record SyncHealth(int MerchantId, DateTimeOffset? DoneUntil, DateTimeOffset? LastSuccessAt, TimeSpan? Behind, string? LastFailure);
