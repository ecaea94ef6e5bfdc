using System.Text.Json;

namespace AssistPortal.Gateway;

/// <summary>Reads a JSON object. Numbers keep their digits as text: no amount ever becomes a float.</summary>
internal static class JsonAnswer
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    /// <summary>The root object.</summary>
    /// <exception cref="AnswerRejectedException">Malformed or too deep.</exception>
    public static Block Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return Object("", document.RootElement);
        }
        catch (JsonException)
        {
            throw AnswerRejectedException.Unreadable("the JSON is malformed");
        }
        catch (InvalidOperationException)
        {
            // How JsonElement reports a string that is no Unicode text: broken UTF-8 or half a surrogate pair.
            throw AnswerRejectedException.Unreadable("the JSON holds a text that is no Unicode");
        }
    }

    private static Block Object(string name, JsonElement element)
    {
        var block = new Block(name);
        foreach (var property in element.EnumerateObject())
        {
            Add(block, property.Name.ToLowerInvariant(), property.Value);
        }

        return block;
    }

    private static void Add(Block block, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                block.Blocks.Add(Object(name, value));
                break;
            case JsonValueKind.Array when value.GetArrayLength() == 0:
                block.Add(name, "");
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Add(block, name, item);
                }

                break;
            case JsonValueKind.String:
                block.Add(name, value.GetString()!);
                break;
            case JsonValueKind.Null:
                block.Add(name, "");
                break;
            default:
                block.Add(name, value.GetRawText());
                break;
        }
    }
}
