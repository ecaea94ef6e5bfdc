using System.Threading.Channels;

namespace AssistPortal.Core.Push;

/// <summary>Wakes the worker when a push was stored; the database, not this signal, says what is to be done.</summary>
public sealed class PushQueue
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Wakes the worker.</summary>
    public void Wake() => _signal.Writer.TryWrite(true);

    /// <summary>Completes at the next wake-up.</summary>
    internal ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _signal.Reader.ReadAsync(cancellationToken);
}
