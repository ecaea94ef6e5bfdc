using System.Text;
using AssistPortal.EndToEnd.Tests.Browser;
using AssistPortal.EndToEnd.Tests.Pages;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using static Microsoft.Playwright.Assertions;

namespace AssistPortal.EndToEnd.Tests.Journeys;

/// <summary>The integration scheme from end to end: a buyer in the shop, the payment pages, the portal, the processing centre.</summary>
public sealed class SchemeTests(Chromium chromium, SharedPortal shared) : Journey(chromium, shared.Portal)
{
    private const string Thanks = "Спасибо, заказ оплачен";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneStage_ShopToRefund_IsVoidBeforeTheDayClosesAndRefundAfter()
    {
        var visit = await EnterAsync(Operator);
        await visit.Orders.OpenAsync();
        var shop = await ShopAsync(visit);
        var number = await shop.OrderAsync(SandboxServer.Shop);
        await shop.PayByCardAsync("4000 0000 0000 9995");
        await Expect(shop.Main).ToContainTextAsync("попыток осталось: 4");
        await shop.PayByCardAsync("4111 1111 1111 1129");
        await shop.ConfirmAsync("9999");
        await Expect(shop.Main).ToContainTextAsync("Код не подошёл");
        await shop.ConfirmAsync("1234");
        await shop.ReturnAsync("Оплачено", Thanks);

        await visit.Page.BringToFrontAsync();
        await Expect(visit.Orders.RowOf(number)).ToContainTextAsync("2 490,50 ₽");
        await visit.Orders.LinkOf(number).ClickAsync();
        await visit.Order.AssertOpenAsync(number);
        await CancelAsync(visit, "490,50");
        await visit.Order.AssertStateAsync("PartialCanceled");
        await Portal.Sandbox.CloseDayAsync(Stop);
        await CancelAsync(visit, null);
        await visit.Order.AssertStateAsync("Canceled");

        var truth = await TruthAsync(visit);
        Assert.Equal(["AS102", "AS000", "AS000", "AS000"], truth.Operations.Select(operation => operation.Responsecode));
        Assert.Equal(49_050, Assert.Single(truth.Transactions, transaction => transaction.Kind == "void").AmountMinor);
        Assert.Equal(("done", 200_000L), Assert.Single(truth.Transactions, transaction => transaction.Kind == "financial") is var financial ? (financial.State, financial.AmountMinor) : default);
        Assert.Equal(200_000, Assert.Single(truth.Transactions, transaction => transaction.Kind == "refund").AmountMinor);
    }

    [Fact]
    public async Task TwoStage_ShopToPartialConfirmation_TakesThatPart()
    {
        var visit = await EnterAsync(Operator);
        var shop = await ShopAsync(visit);
        var number = await shop.OrderAsync(SandboxServer.Airline);
        await shop.PayByCardAsync("2200 0000 0000 0004");
        await shop.ReturnAsync("Деньги заблокированы", Thanks);

        await visit.Page.BringToFrontAsync();
        await visit.Orders.FindAsync(number);
        await visit.Order.AssertStateAsync("Delayed");
        var confirm = await visit.Order.OpenConfirmAsync();
        await confirm.Amount.FillAsync("2000");
        await confirm.Send.ClickAsync();
        await confirm.SeeAsync("Succeeded");
        await confirm.CloseAsync();
        await visit.Order.AssertStateAsync("PartialDelayed");
        await Portal.Sandbox.CloseDayAsync(Stop);

        var truth = await TruthAsync(visit);
        Assert.Equal(new Money(200_000, "RUB"), Assert.Single(truth.Successful(OperationType.Confirmation)).Amount);
        Assert.Equal(("done", 200_000L), Assert.Single(truth.Transactions, transaction => transaction.Kind == "financial") is var financial ? (financial.State, financial.AmountMinor) : default);
    }

    [Fact]
    public async Task Spasibo_ShopToCancellation_ShowsBothPaymentsTheAccrualAndTheirReversal()
    {
        var visit = await EnterAsync(Operator);
        var shop = await ShopAsync(visit);
        var number = await shop.OrderAsync(SandboxServer.Hypermarket, points: "700");
        await shop.PayByCardAsync("4276 0000 0000 0009");
        await shop.UsePointsAsync("500.50");
        await shop.ReturnAsync("Оплачено", Thanks);

        await visit.Page.BringToFrontAsync();
        await visit.Orders.FindAsync(number);
        foreach (var sum in (string[])["1 990,00 ₽", "500,50 ₽", "19,90 ₽"])
        {
            await Expect(visit.Order.Story).ToContainTextAsync(sum);
        }

        await CancelAsync(visit, null, expected: "2490,50");
        await visit.Order.AssertStateAsync("Canceled");
        await Expect(visit.Order.Story).ToContainTextAsync(Words.Ru.Shared("Operation500Reversal"));

        var truth = await TruthAsync(visit);
        Assert.Equal(
            [(100, 199_000L), (100, 50_050L), (500, 1_990L), (300, 199_000L), (300, 50_050L), (500, 1_990L)],
            truth.Operations.Select(operation => (operation.Type, operation.AmountMinor)));
        Assert.Equal(
            ["authorization", "points-write-off", "financial", "accrual", "void", "points-return", "accrual-reversal"],
            truth.Transactions.Select(transaction => transaction.Kind));
    }

    [Fact]
    public async Task Dollars_ShopToExport_ShowTheOriginalAndTheConvertedSumEverywhere()
    {
        var visit = await EnterAsync(Administrator);
        var shop = await ShopAsync(visit);
        var number = await shop.OrderAsync(SandboxServer.Hypermarket, delay: "0", currency: "USD");
        await Expect(shop.Main).ToContainTextAsync("2 504,15 ₽");
        await shop.PayByCardAsync("5555 5555 5555 4444");
        await shop.ReturnAsync("Оплачено", Thanks);

        await visit.Page.BringToFrontAsync();
        await visit.Orders.OpenAsync($"?number={number}");
        await Expect(visit.Orders.RowOf(number)).ToContainTextAsync("31,90 $");
        await Expect(visit.Orders.RowOf(number)).ToContainTextAsync("2 504,15 ₽");
        var csv = Encoding.UTF8.GetString(await visit.Orders.DownloadAsync("CSV", Stop));
        Assert.Contains(";31,90;USD;", csv, StringComparison.Ordinal);
        Assert.Contains(";2504,15;RUB;", csv, StringComparison.Ordinal);
        await visit.Orders.LinkOf(number).ClickAsync();
        await visit.Order.AssertOpenAsync(number);
        await Expect(visit.Order.Head).ToContainTextAsync("31,90 $");
        await Expect(visit.Order.Story).ToContainTextAsync("2 504,15 ₽");
        await CancelAsync(visit, "4,15", expected: "2504,15");
        await Expect(visit.Order.Head).ToContainTextAsync("2 500,00 ₽");

        Assert.Equal(new Money(415, "RUB"), Assert.Single((await TruthAsync(visit)).Successful(OperationType.Cancellation)).Amount);
    }

    private async Task<DemoShop> ShopAsync(Visit visit) => new(await visit.NewTabAsync(), Portal.Sandbox.Url);

    private Task<SandboxTruth> TruthAsync(Visit visit) => Portal.Sandbox.TruthAsync(visit.Page.Url.Split('/')[^1], Stop);

    /// <summary>Cancels a part, or all that is left.</summary>
    private static async Task CancelAsync(Visit visit, string? part, string? expected = null)
    {
        var cancel = await visit.Order.OpenCancelAsync();
        if (expected is not null)
        {
            await Expect(cancel.Amount).ToHaveValueAsync(expected);
        }

        if (part is not null)
        {
            await cancel.Amount.FillAsync(part);
        }

        await cancel.ChooseAsync("Customer");
        await cancel.Send.ClickAsync();
        await cancel.SeeAsync("Succeeded");
        await cancel.CloseAsync();
    }
}
