using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AssistPortal.Sandbox.Cheques;

namespace AssistPortal.Sandbox.Answers;

/// <summary>The cheque of an operation in an answer, where it has one: chequeitems/chequeitem (protocol §5).</summary>
internal static class ChequeText
{
    /// <summary>Unknown fields go along as far as their names can be names of elements.</summary>
    public static void ChequeItems(this StringBuilder xml, string? cheque)
    {
        if (cheque is null)
        {
            return;
        }

        xml.Append("<chequeitems>");
        foreach (var item in Cheque.Kept(cheque).Items)
        {
            xml.Append("<chequeitem>");
            foreach (var (name, value) in item.Where(field => IsElementName(field.Key)))
            {
                xml.Element(name, TextOf(value));
            }

            xml.Append("</chequeitem>");
        }

        xml.Append("</chequeitems>");
    }

    public static void ChequeItems(this Utf8JsonWriter json, string? cheque)
    {
        if (cheque is null)
        {
            return;
        }

        json.WriteStartObject("chequeitems");
        json.WriteStartArray("chequeitem");
        foreach (var item in Cheque.Kept(cheque).Items)
        {
            item.WriteTo(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static bool IsElementName(string name) =>
        name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');

    private static string TextOf(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.TryGetValue<string>(out var plain) => plain,
        _ => value.ToJsonString(),
    };
}
