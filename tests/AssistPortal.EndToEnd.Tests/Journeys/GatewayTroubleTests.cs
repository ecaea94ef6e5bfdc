using AssistPortal.EndToEnd.Tests.Browser;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using static Microsoft.Playwright.Assertions;

namespace AssistPortal.EndToEnd.Tests.Journeys;

/// <summary>The gateway is silent, talks nonsense or refuses the password: a sentence says so, nothing is lost and nothing is sent twice.</summary>
public sealed class GatewayTroubleTests(Chromium chromium, Portal portal) : Journey(chromium, portal), IClassFixture<Portal>
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(12);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Confirm_GatewayDown_WaitsAndGoesOutOnceWhenItIsBack()
    {
        var order = await Portal.PayAsync(10_000, twoStage: true);
        var visit = await EnterAsync(Operator);
        await visit.Orders.OpenAsync($"?number={order.Number}");
        await Expect(visit.Orders.LinkOf(order.Number)).ToBeVisibleAsync();
        await Portal.Sandbox.RefuseConnectionsAsync(Outage, Stop);

        await visit.Orders.LinkOf(order.Number).ClickAsync();
        await Expect(visit.Order.Notices).ToContainTextAsync(Sentence(new GatewayFailure.Transport(true, null, "")));
        var dialog = await visit.Order.OpenConfirmAsync();
        await dialog.Send.ClickAsync();
        await dialog.SeeAsync("Queued");

        await dialog.SeeAsync("Succeeded");
        Assert.Equal(new Money(10_000, "RUB"), Assert.Single((await Portal.TruthAsync(order)).Of(OperationType.Confirmation)).Amount);
    }

    [Fact]
    public async Task Order_GatewayAnswersHtml_ShowsTheCopyAndSaysSoUntilItIsWellAgain()
    {
        var order = await Portal.PayAsync(10_000);
        var visit = await EnterAsync(Operator);
        await visit.Orders.OpenAsync($"?number={order.Number}");
        await Expect(visit.Orders.LinkOf(order.Number)).ToBeVisibleAsync();
        await Portal.Sandbox.FaultAsync("orderresult", "html", 9, Stop);

        await visit.Orders.LinkOf(order.Number).ClickAsync();

        await visit.Order.AssertOpenAsync(order.Number);
        await Expect(visit.Order.Notices).ToContainTextAsync(Sentence(new GatewayFailure.Unreadable("")));
        await Portal.Sandbox.ClearFaultsAsync(Stop);
        await Expect(visit.Order.Notices).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Cancel_GatewayAnswersHtml_IsFoundNotExecutedAndGoesOutAgainOnlyByHand()
    {
        var order = await Portal.PayAsync(10_000);
        var visit = await EnterAsync(Operator);
        await visit.Orders.FindAsync(order.Number);
        var dialog = await visit.Order.OpenCancelAsync();
        await dialog.Amount.FillAsync("30");
        await dialog.ChooseAsync("Fraud");
        await Portal.Sandbox.FaultAsync("wscancel", "html", 1, Stop);

        await dialog.Send.ClickAsync();
        await dialog.SeeAsync("OutcomeUnknown");
        await dialog.SeeAsync("NotExecuted");
        await Expect(dialog.Window).ToContainTextAsync(Words.Ru.Shared("ActionNotExecutedTitle"));
        Assert.Empty((await Portal.TruthAsync(order)).Of(OperationType.Cancellation));

        await dialog.SendAgain.ClickAsync();
        await dialog.SeeAsync("Succeeded");
        Assert.Equal(new Money(3_000, "RUB"), Assert.Single((await Portal.TruthAsync(order)).Of(OperationType.Cancellation)).Amount);
    }

    [Fact]
    public async Task Cancel_GatewayRefusesThePassword_SaysSoAndCanBeWithdrawn()
    {
        var order = await Portal.PayAsync(10_000, merchant: SandboxServer.Shop);
        var before = await EnterAsync(Operator);
        await before.Orders.OpenAsync($"?number={order.Number}");
        await Expect(before.Orders.LinkOf(order.Number)).ToBeVisibleAsync();
        await before.Page.GotoAsync("about:blank");
        await Portal.KillAsync();
        await Portal.StartAsync(("Assist:Merchants:0:Password", "changed at the gateway"));

        var visit = await EnterAsync(Operator);
        await visit.Order.GotoAsync(order.Billnumber);
        await visit.Order.AssertOpenAsync(order.Number);
        await Expect(visit.Order.Notices).ToContainTextAsync(Sentence(new GatewayFailure.Refused(new ErrorCode(7, 141))));
        var dialog = await visit.Order.OpenCancelAsync();
        await dialog.Amount.FillAsync("12,34");
        await dialog.ChooseAsync("Shop");
        await dialog.Send.ClickAsync();
        await dialog.SeeAsync("Queued");
        await dialog.Withdraw.ClickAsync();
        await dialog.SeeAsync("Withdrawn");
        await dialog.StartAnew.ClickAsync();
        await Expect(dialog.Amount).ToHaveValueAsync("12,34");

        Assert.Single((await Portal.TruthAsync(order)).Operations);
    }

    private static string Sentence(GatewayFailure failure) => failure.Text.For(Words.Ru.Culture);
}
