using AssistPortal.Core.Sync;

namespace AssistPortal.Web.Components.Layout;

/// <summary>Calls a component again soon after orders changed, but not for each of a burst, and every fifteen seconds in any case. Never on the writer's thread.</summary>
internal sealed class LiveRefresh : IAsyncDisposable
{
    private const int QuietTicks = 15;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _closed = new();
    private readonly IDisposable _subscription;
    private readonly Task _loop;
    private bool _changed;

    public LiveRefresh(OrderFeed feed, TimeProvider time, Func<Task> refresh, Func<Exception, Task> report)
    {
        _subscription = feed.Subscribe(_ => Volatile.Write(ref _changed, true));
        _loop = LoopAsync(time, refresh, report);
    }

    public async ValueTask DisposeAsync()
    {
        _subscription.Dispose();
        await _closed.CancelAsync();
        await _loop;
        _closed.Dispose();
    }

    private async Task LoopAsync(TimeProvider time, Func<Task> refresh, Func<Exception, Task> report)
    {
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            for (var quiet = 0; await timer.WaitForNextTickAsync(_closed.Token);)
            {
                if (Interlocked.Exchange(ref _changed, false) || ++quiet >= QuietTicks)
                {
                    quiet = 0;
                    await refresh();
                }
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            // Nobody awaits the loop, so the component has to be told: its error boundary shows it.
            await report(exception);
        }
    }
}
