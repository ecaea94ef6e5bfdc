using System.Text.Json;
using AssistPortal.Protocol;
using Microsoft.Extensions.Primitives;

namespace AssistPortal.Sandbox.Services;

/// <summary>The parameters of one request, whatever way they came, under names without case, cleaned as protocol §1.7 says.</summary>
internal sealed class WireRequest
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    private WireRequest(RequestShape shape) => Shape = shape;

    public RequestShape Shape { get; }

    /// <summary>What made the request unreadable, if anything did.</summary>
    public ErrorCode? Error { get; private set; }

    /// <summary>Whether cheque items came along; the sandbox doesn't keep them.</summary>
    public bool HasCheque { get; private set; }

    /// <summary>Address of the caller.</summary>
    public string RemoteIp { get; private init; } = "";

    /// <summary>The value without forbidden characters and blanks around, or nothing when it is missing or empty.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Makes the operation fail with this response code.</summary>
    public void Force(string responseCode) => _values["DemoResult"] = responseCode;

    public static async Task<WireRequest> ReadAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        var request = new WireRequest(ShapeOf(http)) { RemoteIp = AddressOf(http.HttpContext) };
        foreach (var (name, value) in http.Query)
        {
            if (CriticalParameters.SecondCode(name) is { } second)
            {
                request.Error = new ErrorCode(4, second);
            }

            request.Add(name, value);
        }

        switch (request.Shape)
        {
            case RequestShape.Form when http.HasFormContentType:
                foreach (var (name, value) in await http.ReadFormAsync(cancellationToken))
                {
                    request.Add(name, value);
                }

                break;
            case RequestShape.Json:
                await request.ReadJsonAsync(http.Body, cancellationToken);
                break;
            case RequestShape.Soap:
                request.Error ??= SoapPacket;
                break;
            default:
                break;
        }

        return request;
    }

    private static readonly ErrorCode Unreadable = new(4, 0);
    private static readonly ErrorCode SoapPacket = new(4, 215);

    private static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address => address.ToString(),
    };

    private static RequestShape ShapeOf(HttpRequest http) => (http.ContentType ?? "").Split(';')[0].Trim().ToUpperInvariant() switch
    {
        "APPLICATION/JSON" => RequestShape.Json,
        "TEXT/XML" or "APPLICATION/SOAP+XML" => RequestShape.Soap,
        _ => RequestShape.Form,
    };

    private async Task ReadJsonAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                AddJson(document.RootElement);
                return;
            }
        }
        catch (JsonException)
        {
            // Falls through: whoever sent it is told so in the answer.
        }

        Error ??= Unreadable;
    }

    private void AddJson(JsonElement element)
    {
        foreach (var property in element.EnumerateObject())
        {
            switch (property.Value.ValueKind)
            {
                case JsonValueKind.Object when property.NameEquals("merchant"):
                    AddJson(property.Value);
                    break;
                case JsonValueKind.String:
                    Add(property.Name, property.Value.GetString());
                    break;
                case JsonValueKind.Number:
                    Add(property.Name, property.Value.GetRawText());
                    break;
                case JsonValueKind.Array when property.NameEquals("chequeitem") && property.Value.GetArrayLength() > 0:
                    HasCheque = true;
                    break;
                default:
                    break;
            }
        }
    }

    private void Add(string name, StringValues value)
    {
        if (name.Equals("ChequeItems", StringComparison.OrdinalIgnoreCase))
        {
            HasCheque |= !StringValues.IsNullOrEmpty(value);
            return;
        }

        var cleaned = Sanitation.Clean(name, value.ToString());
        if (cleaned.Length > 0)
        {
            _values[name] = cleaned;
        }
    }
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
