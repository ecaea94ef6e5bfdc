using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AssistPortal.EndToEnd.Tests.Browser;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using AssistPortal.Web.Setup;
using ExcelDataReader;
using static Microsoft.Playwright.Assertions;

namespace AssistPortal.EndToEnd.Tests.Journeys;

/// <summary>What the portal is for, from the sign-in to the file for the books.</summary>
public sealed class WorkdayTests(Chromium chromium, SharedPortal shared) : Journey(chromium, shared.Portal)
{
    [Fact]
    public async Task Operator_FindsConfirmsAPartAndCancels_GatewayDidJustThat()
    {
        var order = await Portal.PayAsync(100_000, twoStage: true);
        var visit = await ArriveAsync();
        await visit.Page.GotoAsync("/");
        await visit.SignIn.SubmitAsync(Operator, DemoStaff.Password);
        await visit.Orders.AssertOpenAsync();

        await visit.Orders.FilterAsync("OrderNumber", order.Number);
        await visit.Orders.FilterAsync("AmountFrom", "999,99");
        await Expect(visit.Page).ToHaveURLAsync(new Regex($@"/orders\?number={order.Number}&min=999\.99$"));
        await Expect(visit.Orders.RowOf(order.Number)).ToContainTextAsync("1 000,00 ₽");
        await Expect(visit.Orders.Rows).ToHaveCountAsync(1);
        await visit.Page.ReloadAsync();
        await Expect(visit.Orders.Field("OrderNumber")).ToHaveValueAsync(order.Number);
        await visit.Orders.LinkOf(order.Number).ClickAsync();
        await visit.Order.AssertOpenAsync(order.Number);
        await visit.Order.AssertStateAsync("Delayed");

        var confirm = await visit.Order.OpenConfirmAsync();
        await Expect(confirm.Amount).ToHaveValueAsync("1000,00");
        await confirm.Amount.FillAsync("600");
        await Expect(confirm.Window).ToContainTextAsync(Words.Ru.Orders("WillConfirmPart", "400,00 ₽"));
        await Expect(confirm.Send).ToHaveTextAsync(Words.Ru.Orders("DoConfirmSum", "600,00 ₽"));
        await confirm.Send.ClickAsync();
        await confirm.SeeAsync("Succeeded");
        await confirm.CloseAsync();
        await Expect(visit.Order.Head).ToContainTextAsync($"{Words.Ru.Orders("LeftSum")} 600,00 ₽");

        var cancel = await visit.Order.OpenCancelAsync();
        await cancel.Amount.FillAsync("250,50");
        await cancel.ChooseAsync("Customer");
        await cancel.Comment.FillAsync("Вернули одну из двух");
        await cancel.Send.ClickAsync();
        await cancel.SeeAsync("Succeeded");
        await cancel.CloseAsync();
        await visit.Order.AssertStateAsync("PartialCanceled");
        await Expect(visit.Order.Head).ToContainTextAsync($"{Words.Ru.Orders("LeftSum")} 349,50 ₽");
        await Expect(visit.Order.Story).ToContainTextAsync("Вернули одну из двух");

        var truth = await Portal.TruthAsync(order);
        Assert.Equal("PartialCanceled", truth.State);
        Assert.Equal(new Money(60_000, "RUB"), Assert.Single(truth.Of(OperationType.Confirmation)).Amount);
        Assert.Equal(new Money(25_050, "RUB"), Assert.Single(truth.Of(OperationType.Cancellation)).Amount);
        await visit.Orders.OpenAsync($"?number={order.Number}");
        await Expect(visit.Orders.RowOf(order.Number)).ToContainTextAsync("349,50 ₽");
    }

    [Fact]
    public async Task Accountant_ExportsTheFilteredGrid_FilesHoldTheTruth()
    {
        var prefix = $"X{Guid.CreateVersion7().ToString("N")[^6..]}";
        Paid[] orders =
        [
            await Portal.PayAsync(100_001, prefix: prefix),
            await Portal.PayAsync(5_000_000_099, merchant: SandboxServer.Shop, prefix: prefix),
            await Portal.PayAsync(7, twoStage: true, merchant: SandboxServer.Airline, prefix: prefix),
        ];
        await Portal.PayAsync(100_001);
        var visit = await EnterAsync(Accountant);
        await visit.Orders.OpenAsync($"?number={prefix}%25");
        await Expect(visit.Orders.Rows).ToHaveCountAsync(orders.Length);

        var csv = Csv(await visit.Orders.DownloadAsync("CSV", TestContext.Current.CancellationToken));
        var xlsx = Xlsx(await visit.Orders.DownloadAsync("XLSX", TestContext.Current.CancellationToken));

        foreach (var order in orders)
        {
            var truth = await Portal.TruthAsync(order);
            var amount = new Money(truth.AmountMinor, truth.Currency).ToMajor();
            var inCsv = Assert.Single(csv, row => row["Billnumber"] == truth.Billnumber);
            Assert.Equal((truth.Ordernumber, truth.State, truth.Currency), (inCsv["Номер заказа"], inCsv["Состояние"], inCsv["Валюта заказа"]));
            // Money that is only held isn't the merchant's yet.
            var net = truth.State == OrderState.Delayed.Wire ? 0 : amount;
            Assert.Equal((amount, net), (Russian(inCsv["Сумма заказа"]), Russian(inCsv["Итого после отмен"])));
            var inXlsx = Assert.Single(xlsx, row => (string)row["Billnumber"] == truth.Billnumber);
            Assert.Equal((truth.Ordernumber, truth.State), ((string)inXlsx["Номер заказа"], (string)inXlsx["Состояние"]));
            Assert.Equal((amount, net), ((decimal)(double)inXlsx["Сумма заказа"], (decimal)(double)inXlsx["Итого после отмен"]));
        }

        Assert.Equal((orders.Length, orders.Length), (csv.Count, xlsx.Count));
    }

    [Fact]
    public async Task OpenGrid_BuyerPays_ShowsTheOrderWithinFiveSeconds()
    {
        var visit = await EnterAsync(Auditor);
        await visit.Orders.OpenAsync();
        await Expect(visit.Page.GetByText(Words.Ru.Orders("Loading"))).ToHaveCountAsync(0);

        var order = await Portal.PayAsync(12_345);

        await Expect(visit.Orders.RowOf(order.Number)).ToContainTextAsync("123,45 ₽", new() { Timeout = 5_000 });
    }

    private static decimal Russian(string amount) => decimal.Parse(amount, CultureInfo.GetCultureInfo("ru-RU"));

    // Above and below the rows stand lines of the report itself, each set apart by an empty one.
    private static List<Dictionary<string, string>> Csv(byte[] file)
    {
        var lines = Encoding.UTF8.GetString(file).TrimStart('\uFEFF').Split("\r\n");
        var rows = lines.SkipWhile(line => line.Length > 0).Skip(1).TakeWhile(line => line.Length > 0).Select(line => line.Split(';').Select(field => field.Trim('"')).ToArray()).ToList();
        return [.. rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static List<Dictionary<string, object>> Xlsx(byte[] file)
    {
        // The reader wants the code page of old workbooks even where there is none to read.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var stream = new MemoryStream(file);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream);
        List<object[]> lines = [];
        while (reader.Read())
        {
            lines.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column) ?? "")]);
        }

        static bool HasText(object[] line) => line.Any(value => value is not "");
        var rows = lines.SkipWhile(HasText).Skip(1).TakeWhile(HasText).ToList();
        return [.. rows.Skip(1).Select(row => rows[0].Cast<string>().Zip(row).ToDictionary(pair => pair.First, pair => pair.Second))];
    }
}
