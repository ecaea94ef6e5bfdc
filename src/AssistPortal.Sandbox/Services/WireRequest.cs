using AssistPortal.Protocol;

namespace AssistPortal.Sandbox.Services;

/// <summary>The parameters of one request, whatever way they came, under names without case, cleaned as protocol §1.7 says.</summary>
internal sealed class WireRequest
{
    private static readonly ErrorCode Unreadable = new(4, 0);
    private static readonly ErrorCode UnreadablePacket = new(4, 215);

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    private WireRequest(RequestShape shape) => Shape = shape;

    public RequestShape Shape { get; }

    /// <summary>What made the request unreadable, if anything did.</summary>
    public ErrorCode? Error { get; private set; }

    /// <summary>Name of the element in the SOAP body; nothing in a request of another shape.</summary>
    public string? SoapElement { get; set; }

    /// <summary>The cheque as JSON text in the form's shape, <c>{"items":[…]}</c>, not checked yet.</summary>
    public string? ChequeText { get; set; }

    /// <summary>Address of the caller.</summary>
    public string RemoteIp { get; private init; } = "";

    /// <summary>The value without forbidden characters and blanks around, or nothing when it is missing or empty.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Makes the operation fail with this response code.</summary>
    public void Force(string responseCode) => _values["DemoResult"] = responseCode;

    /// <summary>Reads the query and, of a POST alone, the body. What can't be read becomes <see cref="Error"/>, never an exception.</summary>
    public static async Task<WireRequest> ReadAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        var request = new WireRequest(ShapeOf(http)) { RemoteIp = AddressOf(http.HttpContext) };
        foreach (var (name, value) in http.Query)
        {
            if (CriticalParameters.SecondCode(name) is { } second)
            {
                request.Error = new ErrorCode(4, second);
            }

            request.Add(name, value.ToString());
        }

        if (HttpMethods.IsPost(http.Method) && !await request.TryReadBodyAsync(http, cancellationToken))
        {
            request.Error ??= request.Shape == RequestShape.Soap ? UnreadablePacket : Unreadable;
        }

        return request;
    }

    /// <summary>Takes a parameter in: cleans it, measures it, and leaves it out when nothing remains.</summary>
    public void Add(string name, string? value)
    {
        if (name.Equals("ChequeItems", StringComparison.OrdinalIgnoreCase))
        {
            ChequeText = string.IsNullOrWhiteSpace(value) ? ChequeText : value;
            return;
        }

        var cleaned = Sanitation.Clean(name, value ?? "");
        if (cleaned.Length == 0)
        {
            return;
        }

        if (FieldLengths.SecondCodeOfTooLong(name, cleaned) is { } second)
        {
            Error ??= new ErrorCode(4, second);
        }

        _values[name] = cleaned;
    }

    private async Task<bool> TryReadBodyAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        try
        {
            switch (Shape)
            {
                case RequestShape.Json:
                    return JsonBody.TryRead(await BytesAsync(http, cancellationToken), this);
                case RequestShape.Soap:
                    return SoapBody.TryRead(await BytesAsync(http, cancellationToken), this);
                case RequestShape.Form when http.HasFormContentType:
                    foreach (var (name, value) in await http.ReadFormAsync(cancellationToken))
                    {
                        Add(name, value.ToString());
                    }

                    return true;
                default:
                    return http.ContentType is null && http.ContentLength is null or 0;
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or NotSupportedException)
        {
            // A form beyond the limits, a multipart without its end, a body larger than the server takes, a character set it refuses.
            return false;
        }
    }

    private static async Task<byte[]> BytesAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await http.Body.CopyToAsync(body, cancellationToken);
        return body.ToArray();
    }

    private static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address => address.ToString(),
    };

    private static RequestShape ShapeOf(HttpRequest http) => (http.ContentType ?? "").Split(';')[0].Trim().ToUpperInvariant() switch
    {
        "APPLICATION/JSON" => RequestShape.Json,
        "TEXT/XML" or "APPLICATION/XML" or "APPLICATION/SOAP+XML" => RequestShape.Soap,
        _ => RequestShape.Form,
    };
}

/// <summary>The way a request came.</summary>
internal enum RequestShape
{
    Form,
    Json,
    Soap,
}

/// <summary>Parameters that must not stand in the address, where logs would keep them (protocol §1.2).</summary>
internal static class CriticalParameters
{
    public static int? SecondCode(string name) => name.ToUpperInvariant() switch
    {
        "PASSWORD" => 102,
        "CARDNUMBER" => 106,
        "EXPIREMONTH" => 112,
        "EXPIREYEAR" => 113,
        "CARDHOLDER" => 114,
        "CVC2" => 115,
        "CODE" => 144,
        "PAYMENTTOKEN" => 218,
        _ => null,
    };
}
