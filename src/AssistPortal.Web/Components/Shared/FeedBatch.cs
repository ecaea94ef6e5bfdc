using AssistPortal.Core.Sync;

namespace AssistPortal.Web.Components.Shared;

/// <summary>
/// Gathers the changes of <see cref="OrderFeed"/> and hands them over together, so that a page asks again at most once per pause however
/// fast the changes come.
/// </summary>
public sealed class FeedBatch : IDisposable
{
    /// <summary>How long changes are gathered after the first of them.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Func<IReadOnlyList<OrderChange>, Task> _deliver;
    private readonly Func<Exception, Task> _dispatch;
    private readonly ITimer _timer;
    private readonly IDisposable _subscription;
    private List<OrderChange> _gathered = [];
    private bool _isDisposed;

    /// <param name="feed">Where changes come from.</param>
    /// <param name="time">Whose timer is used.</param>
    /// <param name="concerns">Whether a change matters to the page.</param>
    /// <param name="deliver">Takes the batch; brings itself onto the page's dispatcher.</param>
    /// <param name="dispatch">The page's <c>DispatchExceptionAsync</c>.</param>
    public FeedBatch(OrderFeed feed, TimeProvider time, Func<OrderChange, bool> concerns, Func<IReadOnlyList<OrderChange>, Task> deliver, Func<Exception, Task> dispatch)
    {
        _deliver = deliver;
        _dispatch = dispatch;
        _timer = time.CreateTimer(_ => Deliver(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _subscription = feed.Subscribe(change =>
        {
            if (concerns(change))
            {
                Gather(change);
            }
        });
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _subscription.Dispose();
        _timer.Dispose();
    }

    private void Gather(OrderChange change)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _gathered.Add(change);
            if (_gathered.Count == 1)
            {
                _timer.Change(Pause, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Deliver()
    {
        IReadOnlyList<OrderChange> batch;
        lock (_gate)
        {
            if (_isDisposed || _gathered.Count == 0)
            {
                return;
            }

            batch = _gathered;
            _gathered = [];
        }

        _ = Detached.RunAsync(() => _deliver(batch), _dispatch);
    }
}
