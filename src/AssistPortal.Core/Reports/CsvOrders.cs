using System.Globalization;
using System.Text;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Orders;
using AssistPortal.Protocol;
using CsvHelper;
using CsvHelper.Configuration;

namespace AssistPortal.Core.Reports;

/// <summary>Orders as CSV for a double click in Excel: semicolons, UTF-8 with BOM, decimals of the language.</summary>
internal static class CsvOrders
{
    private const string FormulaStarts = "=+-@\t\r\n";

    public static async Task WriteAsync(
        Stream stream, ReportHead head, IAsyncEnumerable<(Order Order, Merchant Merchant)> orders, CultureInfo culture, CancellationToken cancellationToken)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = ";", NewLine = "\r\n" };
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(text, configuration, leaveOpen: true);
        foreach (var (name, value) in OrderReport.Head(head, culture))
        {
            csv.WriteField(name);
            csv.WriteField(Plain(value));
            await csv.NextRecordAsync();
        }

        await csv.NextRecordAsync();
        foreach (var column in OrderReport.Columns)
        {
            csv.WriteField(column.Heading.For(culture));
        }

        await csv.NextRecordAsync();
        var totals = new RunningTotals();
        await foreach (var (order, merchant) in orders.WithCancellation(cancellationToken))
        {
            totals.Add(order);
            foreach (var column in OrderReport.Columns)
            {
                csv.WriteField(Text(column.Value(order, merchant), culture));
            }

            await csv.NextRecordAsync();
        }

        await csv.NextRecordAsync();
        foreach (var total in OrderReport.Totals(totals.Result, culture))
        {
            csv.WriteField(total);
            await csv.NextRecordAsync();
        }
    }

    private static string? Text(object? value, CultureInfo culture) => value switch
    {
        Money money => money.ToMajor().ToString(Format(money), culture),
        DateTime local => local.ToString("dd.MM.yyyy HH:mm:ss", CultureInfo.InvariantCulture),
        _ => Plain((string?)value),
    };

    // A text that begins like a formula would be one to Excel; the apostrophe keeps it text. Amounts are ours and stay numbers.
    private static string? Plain(string? text) => text is { Length: > 0 } && FormulaStarts.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    private static string Format(Money money) => "0." + new string('0', Currency.MinorDigits(money.Currency));
}
