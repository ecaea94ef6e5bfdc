using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.Cheques;

/// <summary>
/// The cheque of an operation (protocol §10.1), whichever way it came: names in lower case, the numbers it is reckoned with as numbers,
/// everything else as it was sent. It is kept as its JSON text, <c>{"items":[…]}</c>.
/// </summary>
internal sealed class Cheque
{
    private static readonly ErrorCode Incomplete = new(3, 179);
    private static readonly ErrorCode Unreadable = new(4, 179);
    private static readonly ErrorCode Wrong = new(5, 179);

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonArray _items;

    private Cheque(JsonArray items, string json) => (_items, Json) = (items, json);

    /// <summary>The positions: field names in lower case, values as JSON.</summary>
    public IEnumerable<JsonObject> Items => _items.Select(item => item!.AsObject());

    /// <summary>The text to keep.</summary>
    public string Json { get; }

    /// <summary>Reads and checks what a request brings along: 3/179 a part is missing, 4/179 it can't be read, 5/179 a value is wrong.</summary>
    /// <returns>The error, or nothing; <paramref name="cheque"/> is nothing when none came.</returns>
    public static ErrorCode? Read(WireRequest request, out Cheque? cheque)
    {
        cheque = null;
        if (request.ChequeText is not { } text)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement, out cheque);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The second is what a text with half a surrogate pair gives.
            return Unreadable;
        }
    }

    /// <summary>A cheque that was kept.</summary>
    public static Cheque Kept(string json) => new(JsonNode.Parse(json)!["items"]!.AsArray(), json);

    /// <summary>5/179 when a kept cheque doesn't come to the amount of its operation; nothing without a cheque.</summary>
    public static ErrorCode? Differs(string? json, Money amount) => json is null || Kept(json).SumsTo(amount) ? null : Wrong;

    /// <summary>Whether the positions come to that amount, exactly.</summary>
    public bool SumsTo(Money amount) => Items.Sum(item => item["amount"]!.GetValue<decimal>()) == amount.ToMajor();

    private static ErrorCode? Read(JsonElement root, out Cheque? cheque)
    {
        cheque = null;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("items", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return Unreadable;
        }

        var items = new JsonArray();
        var ids = new HashSet<decimal>();
        foreach (var element in list.EnumerateArray())
        {
            var problem = ChequeItem.Read(element, out var item);
            if (problem != ChequeProblem.None)
            {
                return ErrorOf(problem);
            }

            if (!ids.Add(item["id"]!.GetValue<decimal>()))
            {
                return Wrong;
            }

            items.Add(item);
        }

        if (items.Count == 0)
        {
            return Incomplete;
        }

        cheque = new Cheque(items, new JsonObject { ["items"] = items }.ToJsonString(Readable));
        return null;
    }

    private static ErrorCode ErrorOf(ChequeProblem problem) => problem switch
    {
        ChequeProblem.Incomplete => Incomplete,
        ChequeProblem.Unreadable => Unreadable,
        _ => Wrong,
    };
}
