using System.Text;
using System.Text.Json;

namespace AssistPortal.Sandbox.Services;

/// <summary>A request in JSON: parameters flat, credentials under <c>merchant</c>, the cheque under <c>chequeitem</c> (protocol §1.3, §7).</summary>
internal static class JsonBody
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Fills the request; <see langword="false"/> when the body isn't a JSON object in UTF-8.</summary>
    public static bool TryRead(byte[] body, WireRequest request)
    {
        try
        {
            using var document = JsonDocument.Parse(Utf8.GetString(body).TrimStart('\uFEFF'));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            Add(document.RootElement, request);
            return true;
        }
        catch (Exception unreadable) when (unreadable is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            // The last is what a text with half a surrogate pair gives.
            return false;
        }
    }

    /// <summary>
    /// What is neither text nor number counts as its JSON text: an amount that came as a list is a wrong amount, not an amount that wasn't given.
    /// </summary>
    private static void Add(JsonElement source, WireRequest request)
    {
        foreach (var property in source.EnumerateObject())
        {
            var value = property.Value;
            switch (property.Name.ToUpperInvariant())
            {
                case "MERCHANT" when value.ValueKind == JsonValueKind.Object:
                    Add(value, request);
                    break;
                case "CHEQUEITEM" or "CHEQUEITEMS":
                    request.Add("ChequeItems", ChequeOf(value));
                    break;
                default:
                    request.Add(property.Name, TextOf(value));
                    break;
            }
        }
    }

    private static string? ChequeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() == 0 ? null : $$"""{"items":{{value.GetRawText()}}}""",
        _ => TextOf(value),
    };

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
