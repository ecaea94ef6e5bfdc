using AssistPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AssistPortal.Core.Mail;

/// <summary>Sends what was written, a few at once, as soon as it is there. What is to be sent stands in the database, so a restart or another node goes on where this one stopped.</summary>
internal sealed class LetterWorker(IDbContextFactory<PortalDbContext> databases, SendLetter send, LetterQueue queue, TimeProvider time, ILogger<LetterWorker> logger) : BackgroundService
{
    private const int AtOnce = 4;

    // Another node's letters make no signal here, and its leases end in silence.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan PauseAfterSurprise = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TrimEvery = TimeSpan.FromHours(1);

    /// <summary>How long is remembered that a letter was sent or given up.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

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
                    await Task.WhenAll(due.Select(id => SendAsync(id, stoppingToken)));
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
            var next = await db.Letters
                .Where(letter => letter.State == LetterState.Waiting)
                .OrderBy(letter => letter.NextTryAt)
                .Take(AtOnce)
                .Select(letter => new { letter.Id, letter.NextTryAt })
                .ToListAsync(stoppingToken);
            var sleep = next is [var first, ..] && first.NextTryAt - now < LongestSleep ? first.NextTryAt - now : LongestSleep;
            return ([.. next.Where(letter => letter.NextTryAt <= now).Select(letter => letter.Id)], sleep);
        }
#pragma warning disable CA1031 // Whatever ails the database now, the worker must be there when it is well again.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            logger.LettersUnreadable(exception);
            return ([], PauseAfterSurprise);
        }
    }

    private async Task TrimAsync(PortalDbContext db, DateTimeOffset now, CancellationToken stoppingToken)
    {
        if (now < _trimAt)
        {
            return;
        }

        var oldest = now - Kept;
        await db.Letters.Where(letter => letter.State != LetterState.Waiting && letter.StateAt < oldest).ExecuteDeleteAsync(stoppingToken);
        _trimAt = now + TrimEvery;
    }

    private async Task SendAsync(Guid letterId, CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await send.RunAsync(letterId, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops; the letter was not taken or was given back.
        }
#pragma warning disable CA1031 // One letter's surprise must not stop the others. Its state stands in the database, and the lease brings it back.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.LetterBroken(exception, letterId);
            await Task.Delay(PauseAfterSurprise, TimeProvider.System, stoppingToken);
        }
    }
}
