using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Actions;

/// <summary>
/// Works the ledger: actions of different orders side by side, one order's one at a time. What is to be done stands in the database, so a
/// restart, or another node, goes on where this one stopped.
/// </summary>
internal sealed class ActionWorker(Ledger ledger, WorkAction work, ActionQueue queue, IOptions<ActionOptions> options, TimeProvider time, ILogger<ActionWorker> logger) : BackgroundService
{
    private readonly Dictionary<Guid, Task> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var woken = queue.WaitAsync(stoppingToken).AsTask();
        try
        {
            while (true)
            {
                var next = await StartDueAsync(stoppingToken);
                using var pause = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                await Task.WhenAny([woken, Task.Delay(next, time, pause.Token), .. _running.Values]);
                await pause.CancelAsync();
                stoppingToken.ThrowIfCancellationRequested();
                if (woken.IsCompleted)
                {
                    await woken;
                    woken = queue.WaitAsync(stoppingToken).AsTask();
                }

                foreach (var (id, _) in _running.Where(step => step.Value.IsCompleted).ToList())
                {
                    _running.Remove(id);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A command on its way gets its time; the host's shutdown time-out is the limit.
            await Task.WhenAll(_running.Values);
        }
    }

    private async Task<TimeSpan> StartDueAsync(CancellationToken stoppingToken)
    {
        var pollInterval = options.Value.PollInterval;
        var free = options.Value.MaxParallel - _running.Count;
        if (free == 0)
        {
            return pollInterval;
        }

        IReadOnlyList<(Guid Id, DateTimeOffset At)> due;
        var now = time.GetUtcNow();
        try
        {
            due = await ledger.DueAsync(now + pollInterval, _running.Keys, free, stoppingToken);
        }
#pragma warning disable CA1031 // Whatever ails the database now, the worker must be there when it is well again.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            logger.LedgerUnreadable(exception);
            return pollInterval;
        }

        foreach (var (id, at) in due)
        {
            if (at > now)
            {
                return at - now;
            }

            _running.Add(id, WorkAsync(id, stoppingToken));
        }

        return pollInterval;
    }

    private async Task WorkAsync(Guid actionId, CancellationToken stoppingToken)
    {
        // SQLite works synchronously on the caller's thread; the loop must not wait for it.
        await Task.Yield();
        try
        {
            await work.RunAsync(actionId, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops; the action was not taken or was given back.
        }
#pragma warning disable CA1031 // One action's surprise must not stop the others. Its state stands in the database, and the lease brings it back.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.ActionFailed(exception, actionId);
            await Task.Delay(options.Value.PollInterval, time, CancellationToken.None);
        }
    }
}
