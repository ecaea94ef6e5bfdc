using System.Threading.Channels;

namespace AssistPortal.Core.Mail;

/// <summary>Wakes the worker when a letter was written; the database, not this signal, says what is to be sent.</summary>
public sealed class LetterQueue
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Wakes the worker.</summary>
    internal void Wake() => _signal.Writer.TryWrite(true);

    /// <summary>Completes at the next wake-up.</summary>
    internal ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _signal.Reader.ReadAsync(cancellationToken);
}
