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
    public static async Task WriteAsync(
        Stream stream, ReportHead head, IAsyncEnumerable<(Order Order, Merchant Merchant)> orders, CultureInfo culture, CancellationToken cancellationToken)
    {
        // A field that begins like a formula would be one to Excel; the apostrophe makes it text. Amounts and dates are written by us.
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = ";",
            NewLine = "\r\n",
            InjectionOptions = InjectionOptions.Escape,
            InjectionCharacters = ['=', '+', '-', '@', '\t', '\r', '\n'],
            InjectionEscapeCharacter = '\'',
        };
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(text, configuration, leaveOpen: true);
        foreach (var (name, value) in OrderReport.Head(head, culture))
        {
            csv.WriteField(name);
            csv.WriteField(value);
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
        _ => (string?)value,
    };

    private static string Format(Money money) => "0." + new string('0', Currency.MinorDigits(money.Currency));
}
