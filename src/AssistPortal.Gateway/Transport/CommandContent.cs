using System.Net;

namespace AssistPortal.Gateway;

/// <summary>
/// The body of a command: goes out once, whatever the layers below try, and tells whether any of it may have left. A request without its
/// body can't be carried out, so nothing has been done as long as the body hasn't been asked for.
/// </summary>
internal sealed class CommandContent : HttpContent
{
    private readonly HttpContent _body;
    private int _timesSent;

    public CommandContent(HttpContent body)
    {
        _body = body;
        Headers.ContentType = body.Headers.ContentType;
    }

    /// <summary>Whether sending has begun.</summary>
    public bool HasLeft => Volatile.Read(ref _timesSent) > 0;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        Interlocked.Increment(ref _timesSent) == 1
            ? _body.CopyToAsync(stream, context, cancellationToken)
            : throw new IOException("A command is sent once.");

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Headers.ContentLength ?? 0;
        return _body.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
        }

        base.Dispose(disposing);
    }
}
