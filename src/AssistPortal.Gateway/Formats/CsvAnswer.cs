using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace AssistPortal.Gateway;

/// <summary>Reads resultbydate's delimited text: a line of names, a line per operation, <c>;</c> between and after the fields.</summary>
internal static class CsvAnswer
{
    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        Delimiter = ";",
        // A quotation mark inside an unquoted text («ООО "Ромашка"») is a text like any other.
        BadDataFound = null,
        MaxFieldSize = 1 << 20,
        ExceptionMessagesContainRawData = false,
    };

    /// <summary>An error, or a record per line.</summary>
    /// <exception cref="AnswerRejectedException">No line of names, or a line that doesn't fit it.</exception>
    public static Answer Read(ReadOnlyMemory<byte> csv)
    {
        using var parser = new CsvParser(new StringReader(Encoding.UTF8.GetString(csv.Span)), Configuration);
        try
        {
            return Read(parser);
        }
        catch (CsvHelperException)
        {
            throw AnswerRejectedException.Unreadable("the delimited text is malformed");
        }
    }

    private static Answer Read(CsvParser parser)
    {
        var names = parser.Read() ? Cells(parser) : [];
        if (names is ["error", var first, var second])
        {
            return Answer.Error(first, second);
        }

        names = [.. names.Select(name => name.ToLowerInvariant())];
        if (!names.Contains("billnumber"))
        {
            throw AnswerRejectedException.Unreadable("the delimited text has no line of names");
        }

        var records = new List<Block>();
        while (parser.Read())
        {
            var cells = Cells(parser);
            if (cells.Length != names.Length)
            {
                throw AnswerRejectedException.Unreadable(FormattableString.Invariant($"line {records.Count + 2} of the delimited text has {cells.Length} fields, not {names.Length}"));
            }

            var record = new Block("payment");
            for (var i = 0; i < names.Length; i++)
            {
                record.Add(names[i], cells[i]);
            }

            records.Add(record);
        }

        return new(Protocol.ErrorCode.None, records);
    }

    /// <summary>The fields of the line without the empty one that the closing delimiter makes.</summary>
    private static string[] Cells(CsvParser parser)
    {
        var cells = parser.Record!;
        return cells is [.. var fields, var last] && string.IsNullOrWhiteSpace(last) ? [.. fields.Select(field => field.Trim())] : [.. cells.Select(field => field.Trim())];
    }
}
