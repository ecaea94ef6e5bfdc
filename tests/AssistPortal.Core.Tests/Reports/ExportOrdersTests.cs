using System.Globalization;
using System.Text;
using AssistPortal.Core.Audit;
using AssistPortal.Core.Orders;
using AssistPortal.Core.Reports;
using AssistPortal.Core.Staff;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using ExcelDataReader;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Core.Tests.Reports;

public sealed class ExportOrdersTests(PostgresServer postgres)
{
    private static readonly CultureInfo Russian = CultureInfo.GetCultureInfo("ru-RU");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");
    private static readonly Actor Accountant = CoreBench.Actor(StaffRole.Accountant, CoreBench.Shop);

    public static TheoryData<DatabaseKind> Databases => [.. TestKit.PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Csv_InRussian_HasBomSemicolonsCommasAndTheGridsRows(DatabaseKind kind)
    {
        await using var bench = await SeededAsync(kind);

        var bytes = await WriteAsync(bench, new OrderFilter { From = new(2026, 11, 24), Until = new(2026, 11, 24) }, ExportFormat.Csv, Russian);

        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.Equal("Период;24.11.2026 – 24.11.2026", lines[0]);
        Assert.Equal("Часовой пояс;Europe/Moscow", lines[1]);
        Assert.Equal("Выгрузил;Тест", lines[4]);
        Assert.Equal("Выгружено (UTC);24.11.2026 12:00:00", lines[5]);
        Assert.StartsWith("Дата;Номер заказа;Billnumber", lines[7], StringComparison.Ordinal);
        Assert.StartsWith($"24.11.2026 14:00:00;1001;{Bill(1)};Approved;Лавка;900001;100,00;RUB;100,00;0,00;0,00;100,00;RUB;", lines[8], StringComparison.Ordinal);
        Assert.Contains("Итого RUB: заказов 3, сумма 100,03, после отмен 100,03", lines);
    }

    [Fact]
    public async Task Csv_InEnglish_HasDots()
    {
        await using var bench = await SeededAsync(DatabaseKind.Sqlite);

        var text = Encoding.UTF8.GetString(await WriteAsync(bench, new OrderFilter(), ExportFormat.Csv, English));

        Assert.Contains($"{Bill(1)};Approved;Лавка;900001;100.00;RUB", text, StringComparison.Ordinal);
        Assert.Contains("Total RUB: orders 3, amount 100.03, net 100.03", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_TextsThatBeginLikeFormulas_StayTexts()
    {
        await using var bench = await SeededAsync(DatabaseKind.Sqlite);
        await using (var db = bench.Open())
        {
            await db.Orders.Where(order => order.Billnumber == Bill(1)).ExecuteUpdateAsync(set => set.SetProperty(order => order.NetMinor, -500L), Token);
        }

        var text = Encoding.UTF8.GetString(await WriteAsync(bench, new OrderFilter(), ExportFormat.Csv, English));

        Assert.Contains(";'=HYPERLINK(1);", text, StringComparison.Ordinal);
        Assert.Contains(";\"'@sum;\"\"x\"\"\";", text, StringComparison.Ordinal);
        Assert.Contains(";-5.00;RUB;", text, StringComparison.Ordinal);
        Assert.DoesNotContain(";=", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Xlsx_ReadBack_HasNumbersDatesAndTexts(DatabaseKind kind)
    {
        await using var bench = await SeededAsync(kind);

        // The reader asks for the code page of old workbooks even where it isn't used.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var stream = new MemoryStream(await WriteAsync(bench, new OrderFilter(), ExportFormat.Xlsx, Russian));
        using var reader = ExcelReaderFactory.CreateReader(stream);
        List<object?[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
        }

        Assert.Equal("Заказы", reader.Name);
        var heading = rows.FindIndex(row => (string?)row[0] == "Дата");
        var first = rows[heading + 1];
        Assert.Equal(new DateTime(2026, 11, 24, 14, 0, 0), first[0]);
        Assert.Equal("1001", first[1]);
        Assert.Equal(Bill(1), first[2]);
        Assert.Equal(100.0, first[6]);
        Assert.Equal("411111****1111", first[16]);
        Assert.Equal("=HYPERLINK(1)", rows[heading + 2][1]);
        Assert.Equal(0.01, rows[heading + 2][6]);
        Assert.Contains(rows, row => row[0] is string total && total.StartsWith("Итого RUB: заказов 3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Xlsx)]
    public async Task Export_Taken_IsAuditedWithoutPersonalData(ExportFormat format)
    {
        await using var bench = await SeededAsync(DatabaseKind.Sqlite);

        await WriteAsync(bench, new OrderFilter { Customer = "Ёлкина", State = OrderState.Approved }, format, Russian);

        await using var db = bench.Open();
        var entry = await db.Audit.SingleAsync(Token);
        Assert.Equal((AuditEvents.OrdersExported, AuditOutcome.Done, Accountant.UserId), (entry.Event, entry.Outcome, entry.UserId));
        Assert.Contains("state=Approved", entry.Details, StringComparison.Ordinal);
        Assert.DoesNotContain("Ёлкина", entry.Details, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StaffRole.Operator)]
    [InlineData(StaffRole.Auditor)]
    public async Task Export_WithoutTheRight_IsDeniedAndAudited(StaffRole role)
    {
        await using var bench = await SeededAsync(DatabaseKind.Sqlite);

        var result = await bench.Get<ExportOrders>().RunAsync(new(), OrderSort.Date, true, ExportFormat.Csv, Russian, CoreBench.Actor(role, CoreBench.Shop), Token);

        CoreBench.Problem<ExportFile, Problem.Denied>(result);
        await using var db = bench.Open();
        Assert.Equal(AuditOutcome.Denied, (await db.Audit.SingleAsync(Token)).Outcome);
    }

    private static string Bill(int index) => $"{5_775_486_650_100_000 + index}";

    private static async Task<byte[]> WriteAsync(CoreBench bench, OrderFilter filter, ExportFormat format, CultureInfo culture)
    {
        var file = CoreBench.Ok(await bench.Get<ExportOrders>().RunAsync(filter, OrderSort.Billnumber, false, format, culture, Accountant, Token));
        using var stream = new MemoryStream();
        await using var asynchronous = new OnlyAsyncStream(stream);
        await file.WriteAsync(asynchronous, Token);
        return stream.ToArray();
    }

    private async Task<CoreBench> SeededAsync(DatabaseKind kind)
    {
        var bench = await CoreBench.StartAsync(kind, postgres);
        await bench.WriteAsync(
            CoreBench.Shop,
            true,
            CoreBench.Now,
            Snapshots.Paid(1, "1001"),
            Snapshots.Paid(2, "=HYPERLINK(1)", 1) with { LastName = "Ёлкина", Comment = "line\u0001 one" },
            Snapshots.Paid(3, "@sum;\"x\"", 2));
        await bench.WriteAsync(CoreBench.Airline, true, CoreBench.Now, Snapshots.Paid(4, "not mine"));
        return bench;
    }
}

/// <summary>A stream that, as a response of the server, takes asynchronous writes only.</summary>
internal sealed class OnlyAsyncStream(Stream inner) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() => throw new InvalidOperationException("Synchronous operations are disallowed.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Synchronous operations are disallowed.");

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);
}
