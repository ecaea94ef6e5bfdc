using System.Text;

namespace AssistPortal.Sandbox.Answers;

/// <summary>CSV as the gateway writes it: <c>;</c> after every field, <c>\n</c> after every line, quotes where a value needs them.</summary>
internal static class CsvText
{
    public static void Row(this StringBuilder csv, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            csv.Append(Quoted(value)).Append(';');
        }

        csv.Append('\n');
    }

    /// <summary>One line of <c>name: value;</c> pairs, the CSV of charge and cancel.</summary>
    public static void Pairs(this StringBuilder csv, IEnumerable<string> names, Func<string, string> value)
    {
        foreach (var name in names)
        {
            csv.Append(name).Append(": ").Append(Quoted(value(name))).Append(';');
        }

        csv.Append('\n');
    }

    private static string Quoted(string value) =>
        value.AsSpan().IndexOfAny(";\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
