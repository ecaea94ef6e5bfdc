using System.Threading.Channels;

namespace AssistPortal.Core.Actions;

/// <summary>Wakes the worker when an action was written down; the database, not this signal, says what is to be done.</summary>
public sealed class ActionQueue
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Wakes the worker.</summary>
    public void Wake() => _signal.Writer.TryWrite(true);

    /// <summary>Completes at the next wake-up.</summary>
    internal ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _signal.Reader.ReadAsync(cancellationToken);
}
