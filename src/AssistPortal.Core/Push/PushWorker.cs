using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AssistPortal.Core.Push;

/// <summary>
/// Works off what was stored, a few at once, as soon as it is there. What is to be done stands in the database, so a restart or another
/// node goes on where this one stopped.
/// </summary>
internal sealed class PushWorker(
    IDbContextFactory<PortalDbContext> databases, WorkOffPush workOff, MerchantDirectory merchants, PushQueue queue, TimeProvider time, ILogger<PushWorker> logger) : BackgroundService
{
    private const int AtOnce = 4;

    // Another node's pushes make no signal here, and its leases end in silence.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan PauseAfterSurprise = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan TrimEvery = TimeSpan.FromHours(1);

    private DateTimeOffset _trimAt = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // SQLite works on the caller's thread; the start of the host must not wait for it.
        await Task.Yield();
        var woken = queue.WaitAsync(stoppingToken).AsTask();
        try
        {
            while (true)
            {
                var (due, sleep) = await DueAsync(stoppingToken);
                if (due.Count > 0)
                {
                    await Task.WhenAll(due.Select(id => WorkAsync(id, stoppingToken)));
                    continue;
                }

                using var pause = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                await Task.WhenAny(woken, Task.Delay(sleep, time, pause.Token));
                await pause.CancelAsync();
                stoppingToken.ThrowIfCancellationRequested();
                if (woken.IsCompleted)
                {
                    await woken;
                    woken = queue.WaitAsync(stoppingToken).AsTask();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops; whatever was held was given back.
        }
    }

    private async Task<(IReadOnlyList<Guid> Due, TimeSpan Sleep)> DueAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(stoppingToken);
            var now = time.GetUtcNow();
            await TrimAsync(db, now, stoppingToken);
            var next = await db.PushDeliveries
                .Where(push => push.State == PushState.Received)
                .OrderBy(push => push.NextTryAt)
                .Take(AtOnce)
                .Select(push => new { push.Id, push.NextTryAt })
                .ToListAsync(stoppingToken);
            var sleep = next is [var first, ..] && first.NextTryAt - now < LongestSleep ? first.NextTryAt - now : LongestSleep;
            return ([.. next.Where(push => push.NextTryAt <= now).Select(push => push.Id)], sleep);
        }
#pragma warning disable CA1031 // Whatever ails the database now, the worker must be there when it is well again.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            logger.PushesUnreadable(exception);
            return ([], PauseAfterSurprise);
        }
    }

    private async Task TrimAsync(PortalDbContext db, DateTimeOffset now, CancellationToken stoppingToken)
    {
        if (now < _trimAt)
        {
            return;
        }

        foreach (var merchant in merchants.All)
        {
            await PushRetention.TrimSettledAsync(db, merchant.Id, PushRetention.Settled, stoppingToken);
        }

        _trimAt = now + TrimEvery;
    }

    private async Task WorkAsync(Guid pushId, CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await workOff.RunAsync(pushId, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops; the push was not taken or was given back.
        }
#pragma warning disable CA1031 // One push's surprise must not stop the others. Its state stands in the database, and the lease brings it back.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.PushBroken(exception, pushId);
            await Task.Delay(PauseAfterSurprise, time, stoppingToken);
        }
    }
}
