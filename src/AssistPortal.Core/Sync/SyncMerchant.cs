using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using AssistPortal.Gateway;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Sync;

/// <summary>
/// One exchange with the gateway for one merchant: walks from the cursor to now in windows the gateway obeys. The cursor moves only when a
/// window is in the copy, so a killed process repeats a window and never skips one.
/// </summary>
internal sealed class SyncMerchant(
    IDbContextFactory<PortalDbContext> databases, AssistClient gateway, OrderWriter writer, CompleteOrders completion, IOptions<SyncOptions> options, TimeProvider time)
{
    // Orders written in one transaction: short enough that nobody waits for it.
    private const int Batch = 200;

    // Room for the minutes to which the wire cuts a window's ends, and for the time a request takes.
    private static readonly TimeSpan Window = ResultByDateQuery.MaxWindow - TimeSpan.FromMinutes(5);

    // A window without an end ends by the gateway's clock, which may be ahead: beyond 24 hours it would answer the last three, silently.
    private static readonly TimeSpan OpenWindow = ResultByDateQuery.MaxWindow / 2;

    private static readonly WindowDate[] Dates = [WindowDate.OperationEnd, WindowDate.OperationStart];

    /// <summary>Brings the copy up to now.</summary>
    /// <returns>Why it didn't come so far; <see langword="null"/> when it did.</returns>
    public async Task<GatewayFailure?> RunAsync(Merchant merchant, CancellationToken cancellationToken)
    {
        while (true)
        {
            var start = time.GetUtcNow();
            var done = await CursorAsync(merchant.Id, start, cancellationToken);
            var from = done - options.Value.Overlap;
            DateTimeOffset? until = start - from <= OpenWindow ? null : from + Window < start ? from + Window : start;
            var trouble = await WindowAsync(merchant, from, until, cancellationToken);
            if (until is null && trouble is null)
            {
                trouble = await completion.UnsettledAsync(merchant, cancellationToken);
            }

            if (trouble is { Stops: true, Failure: var failure })
            {
                await NoteAsync(merchant.Id, state => (state.LastTryAt, state.LastFailure) = (start, failure.Brief), cancellationToken);
                return failure;
            }

            await NoteAsync(
                merchant.Id,
                state => (state.DoneUntil, state.LastTryAt, state.LastSuccessAt, state.LastFailure) = (until ?? start, start, start, trouble?.Failure.Brief),
                cancellationToken);
            if (until is null)
            {
                return null;
            }
        }
    }

    private async Task<Trouble?> WindowAsync(Merchant merchant, DateTimeOffset from, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        Trouble? trouble = null;

        // By end for what is finished, by start for what still runs.
        foreach (var date in Dates)
        {
            var start = time.GetUtcNow();
            switch (await gateway.ResultByDateAsync(new ResultByDateQuery(merchant.Id, from, until, date), cancellationToken))
            {
                case GatewayResult<IReadOnlyList<ResultByDateRow>>.Failed failed:
                    return new Trouble(failed.Failure, Stops: true);
                case GatewayResult<IReadOnlyList<ResultByDateRow>>.Answered answered:
                    foreach (var orders in Orders(answered.Value).Chunk(Batch))
                    {
                        await writer.WriteAsync(merchant.Id, orders, whole: false, start, cancellationToken);
                        trouble = await completion.AfterWindowAsync(merchant, orders, start, cancellationToken) ?? trouble;
                        if (trouble is { Stops: true })
                        {
                            return trouble;
                        }
                    }

                    break;
            }
        }

        return trouble;
    }

    private static IEnumerable<OrderSnapshot> Orders(IReadOnlyList<ResultByDateRow> rows) => rows
        .GroupBy(row => row.Order.Billnumber.Order)
        .Select(order => order.First().Order with { Operations = [.. order.Select(row => row.Operation).OrderBy(operation => operation.Billnumber.Operation)] });

    private async Task<DateTimeOffset> CursorAsync(int merchantId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var done = await db.SyncStates.Where(state => state.MerchantId == merchantId).Select(state => (DateTimeOffset?)state.DoneUntil).SingleOrDefaultAsync(cancellationToken);

        // A clock that went back, as a fresh sandbox's does, must not leave the cursor waiting in the future.
        return done is { } until && until <= now ? until : done is null ? Backfill(now) : now;
    }

    private DateTimeOffset Backfill(DateTimeOffset now) => now.AddDays(-options.Value.BackfillDays);

    private async Task NoteAsync(int merchantId, Action<SyncState> change, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var state = await db.SyncStates.SingleOrDefaultAsync(state => state.MerchantId == merchantId, cancellationToken);
        if (state is null)
        {
            state = new SyncState { MerchantId = merchantId, DoneUntil = Backfill(time.GetUtcNow()) };
            db.SyncStates.Add(state);
        }

        change(state);
        await db.SaveChangesAsync(cancellationToken);
    }
}
