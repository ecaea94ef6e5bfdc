namespace AssistPortal.Core.Sync;

/// <summary>Something that open pages show has changed. Sent after the commit.</summary>
/// <param name="MerchantId">Merchant_ID.</param>
/// <param name="Billnumber">The order.</param>
/// <param name="IsNew">Whether the order is new to the portal.</param>
public sealed record OrderChange(int MerchantId, string Billnumber, bool IsNew);

/// <summary>Tells open pages of changed orders and actions. Subscribers must be quick and must not throw; they see only what they are granted by asking the use cases again.</summary>
public sealed class OrderFeed
{
    private readonly Lock _gate = new();
    private Action<OrderChange>[] _subscribers = [];

    /// <summary>Calls back on each change, on the thread of the writer, until disposed.</summary>
    public IDisposable Subscribe(Action<OrderChange> subscriber)
    {
        lock (_gate)
        {
            _subscribers = [.. _subscribers, subscriber];
        }

        return new Subscription(this, subscriber);
    }

    /// <summary>Tells every subscriber.</summary>
    public void Publish(OrderChange change)
    {
        foreach (var subscriber in Volatile.Read(ref _subscribers))
        {
            subscriber(change);
        }
    }

    private sealed class Subscription(OrderFeed feed, Action<OrderChange> subscriber) : IDisposable
    {
        public void Dispose()
        {
            lock (feed._gate)
            {
                feed._subscribers = [.. feed._subscribers.Where(other => !ReferenceEquals(other, subscriber))];
            }
        }
    }
}
