using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Orders;
using AssistPortal.Protocol;

namespace AssistPortal.Core.Reports;

/// <summary>
/// Orders as an Excel workbook, streamed: one sheet, real numbers for amounts, real dates, everything else text, so nothing is a formula.
/// </summary>
internal static class XlsxOrders
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    // Positions in cellXfs of styles.xml.
    private const int Bold = 1;
    private const int Amount = 2;
    private const int Instant = 3;

    public static async Task WriteAsync(
        Stream stream, ReportHead head, IAsyncEnumerable<(Order Order, Merchant Merchant)> orders, CultureInfo culture, CancellationToken cancellationToken)
    {
        // The archive writes its directory synchronously when closed, which a response forbids; a file of its own doesn't mind.
        await using var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await using (var archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken))
        {
            foreach (var (name, content) in Parts(culture))
            {
                await using var part = await archive.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken);
                await part.WriteAsync(Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + content), cancellationToken);
            }

            await using var sheet = await archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).OpenAsync(cancellationToken);
            await WriteSheetAsync(sheet, head, orders, culture, cancellationToken);
        }

        file.Position = 0;
        await file.CopyToAsync(stream, cancellationToken);
    }

    private static async Task WriteSheetAsync(
        Stream stream, ReportHead head, IAsyncEnumerable<(Order Order, Merchant Merchant)> orders, CultureInfo culture, CancellationToken cancellationToken)
    {
        await using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Async = true, Encoding = new UTF8Encoding(false), CheckCharacters = false });
        xml.WriteStartElement("worksheet", Main);
        xml.WriteStartElement("cols");
        for (var index = 0; index < OrderReport.Columns.Count; index++)
        {
            xml.WriteStartElement("col");
            xml.WriteAttributeString("min", Number(index + 1));
            xml.WriteAttributeString("max", Number(index + 1));
            xml.WriteAttributeString("width", Number(OrderReport.Columns[index].Width));
            xml.WriteAttributeString("customWidth", "1");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteStartElement("sheetData");
        foreach (var (name, value) in OrderReport.Head(head, culture))
        {
            Row(xml, () =>
            {
                Text(xml, name, Bold);
                Text(xml, value);
            });
        }

        Row(xml, () => { });
        Row(xml, () =>
        {
            foreach (var column in OrderReport.Columns)
            {
                Text(xml, column.Heading.For(culture), Bold);
            }
        });
        var totals = new RunningTotals();
        await foreach (var (order, merchant) in orders.WithCancellation(cancellationToken))
        {
            totals.Add(order);
            Row(xml, () =>
            {
                foreach (var column in OrderReport.Columns)
                {
                    Cell(xml, column.Value(order, merchant));
                }
            });
            await xml.FlushAsync();
        }

        Row(xml, () => { });
        foreach (var total in OrderReport.Totals(totals.Result, culture))
        {
            Row(xml, () => Text(xml, total, Bold));
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Row(XmlWriter xml, Action cells)
    {
        xml.WriteStartElement("row");
        cells();
        xml.WriteEndElement();
    }

    private static void Cell(XmlWriter xml, object? value)
    {
        switch (value)
        {
            case Money money:
                Value(xml, money.ToMajor().ToString(CultureInfo.InvariantCulture), Amount);
                break;
            case DateTime local:
                Value(xml, local.ToOADate().ToString("R", CultureInfo.InvariantCulture), Instant);
                break;
            default:
                Text(xml, (string?)value);
                break;
        }
    }

    private static void Value(XmlWriter xml, string number, int style)
    {
        xml.WriteStartElement("c");
        xml.WriteAttributeString("s", Number(style));
        xml.WriteElementString("v", number);
        xml.WriteEndElement();
    }

    private static void Text(XmlWriter xml, string? text, int style = 0)
    {
        xml.WriteStartElement("c");
        xml.WriteAttributeString("t", "inlineStr");
        xml.WriteAttributeString("s", Number(style));
        xml.WriteStartElement("is");
        xml.WriteStartElement("t");
        xml.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(Printable(text ?? ""));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // XML has no place for control characters, and no spreadsheet a use for them.
    private static string Printable(string text) => text.All(XmlConvert.IsXmlChar)
        ? text
        : string.Concat(text.EnumerateRunes().Where(rune => rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value)).Select(rune => rune.ToString()));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<(string Name, string Content)> Parts(CultureInfo culture)
    {
        var sheetName = new LocalText("Заказы", "Orders").For(culture);
        yield return ("[Content_Types].xml",
            $"""<Types xmlns="{Package}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>""");
        yield return ("_rels/.rels",
            $"""<Relationships xmlns="{Package}relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        yield return ("xl/workbook.xml",
            $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="{sheetName}" sheetId="1" r:id="rId1"/></sheets></workbook>""");
        yield return ("xl/_rels/workbook.xml.rels",
            $"""<Relationships xmlns="{Package}relationships"><Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Office}/styles" Target="styles.xml"/></Relationships>""");
        yield return ("xl/styles.xml",
            $"""<styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy\ hh:mm:ss"/></numFmts><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="4" applyNumberFormat="1"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>""");
    }
}
