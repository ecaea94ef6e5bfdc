using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AssistPortal.Sandbox.Answers;

/// <summary>JSON text with Cyrillic left readable.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A wire number without trailing zeros: <c>100.00</c> is <c>100</c>.</summary>
    public static string Trimmed(string number) =>
        number.Contains('.', StringComparison.Ordinal) ? number.TrimEnd('0').TrimEnd('.') : number;

    public static void Strings(this Utf8JsonWriter json, IEnumerable<string> names, Func<string, string> value)
    {
        foreach (var name in names)
        {
            json.WriteString(name, value(name));
        }
    }

    public static void Customer(this Utf8JsonWriter json, Func<string, string> value, params IEnumerable<string> names)
    {
        json.WriteStartObject("customer");
        json.Strings(names, value);
        json.WriteEndObject();
    }
}
