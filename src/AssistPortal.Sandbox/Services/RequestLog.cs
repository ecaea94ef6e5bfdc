using AssistPortal.Protocol;

namespace AssistPortal.Sandbox.Services;

/// <summary>A request to a service as it was served. It holds no login, password, card or body.</summary>
/// <param name="At">When it came, on the sandbox's clock.</param>
/// <param name="Service">Name of the service.</param>
/// <param name="MerchantId">Merchant_ID when it is a number; who asked isn't proved by it.</param>
/// <param name="Shape">The way it came.</param>
/// <param name="Format">Format of the answer; nothing when a fault left none.</param>
/// <param name="Error">The answer's error pair; nothing when a fault left no answer.</param>
/// <param name="HttpStatus">Status of the answer; 200 too when a fault broke the connection instead.</param>
/// <param name="Fault">The fault it met.</param>
/// <param name="Took">From the first byte of the request to the last of the answer.</param>
internal sealed record ServedRequest(
    DateTimeOffset At, string Service, int? MerchantId, RequestShape Shape, AnswerFormat? Format, ErrorCode? Error, int HttpStatus, string? Fault,
    TimeSpan Took)
{
    public static int? MerchantOf(WireRequest request) =>
        request["Merchant_ID"] is { } text && FieldLengths.TryReadInteger(text, out var id) ? id : null;
}

/// <summary>The last requests to the services, in memory.</summary>
internal sealed class RequestLog
{
    public const int Kept = 100;

    private readonly Queue<ServedRequest> _requests = new(Kept);
    private readonly Lock _gate = new();

    public void Add(ServedRequest request)
    {
        lock (_gate)
        {
            if (_requests.Count == Kept)
            {
                _requests.Dequeue();
            }

            _requests.Enqueue(request);
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ServedRequest> Latest()
    {
        lock (_gate)
        {
            return [.. _requests.Reverse()];
        }
    }
}
