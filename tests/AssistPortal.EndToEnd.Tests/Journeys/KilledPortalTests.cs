using AssistPortal.EndToEnd.Tests.Browser;
using AssistPortal.EndToEnd.Tests.Pages;
using AssistPortal.Protocol;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AssistPortal.EndToEnd.Tests.Journeys;

/// <summary>kill -9 while commands are on their way.</summary>
public sealed class KilledPortalTests(Chromium chromium, Portal portal) : Journey(chromium, portal), IClassFixture<Portal>
{
    [Fact]
    public async Task Portal_KilledBetweenSendingAndTheAnswer_EndsInTheTruthAfterARestart()
    {
        // Time enough to see "Sending" and to kill before the command's own time is over.
        await Portal.KillAsync();
        await Portal.StartAsync(("Assist:CommandTimeout", "00:00:09"), ("Actions:LeaseTime", "00:00:10"), ("Actions:SettlingTime", "00:00:20"));
        var confirmed = await Portal.PayAsync(10_000, twoStage: true);
        var cancelled = await Portal.PayAsync(20_000);
        var visit = await EnterAsync(Operator);
        visit.Tolerate("ERR_CONNECTION_REFUSED");
        visit.Tolerate("ERR_EMPTY_RESPONSE");
        visit.Tolerate("WebSocket");
        visit.Tolerate("Connection disconnected");
        visit.Tolerate("Failed to fetch");
        visit.Tolerate("negotiat");
        visit.Tolerate("Cannot send data if the connection is not in the 'Connected' State");
        await visit.Orders.FindAsync(confirmed.Number);
        var secondTab = await visit.NewTabAsync();
        var second = new OrderPage(secondTab, Words.Ru);
        await new OrdersGrid(secondTab, Words.Ru).FindAsync(cancelled.Number);
        var confirm = await visit.Order.OpenConfirmAsync();
        await confirm.Amount.FillAsync("60");
        var cancel = await second.OpenCancelAsync();
        await cancel.Amount.FillAsync("50");
        await cancel.ChooseAsync("Customer");
        await Portal.Sandbox.FaultAsync("charge", "delay:30", cancellationToken: TestContext.Current.CancellationToken);
        await Portal.Sandbox.FaultAsync("wscancel", "delay:30", cancellationToken: TestContext.Current.CancellationToken);

        await confirm.Send.ClickAsync();
        await cancel.Send.ClickAsync();
        await Task.WhenAll(confirm.SeeAsync("Sending"), cancel.SeeAsync("Sending"));
        await Portal.KillAsync();
        await Portal.RestartAsync();

        // The portal forgot the open pages: it says so and offers to open them again.
        foreach (var page in (IPage[])[visit.Page, secondTab])
        {
            await page.BringToFrontAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = Words.Ru.Frame("Reload"), Exact = true }).ClickAsync(new() { Timeout = 30_000 });
        }

        await AssertDoneAsync(visit.Order, "ConfirmationOf", "60,00 ₽");
        await AssertDoneAsync(second, "CancellationOf", "50,00 ₽");
        Assert.Equal(new Money(6_000, "RUB"), Assert.Single((await Portal.TruthAsync(confirmed)).Of(OperationType.Confirmation)).Amount);
        Assert.Equal(new Money(5_000, "RUB"), Assert.Single((await Portal.TruthAsync(cancelled)).Of(OperationType.Cancellation)).Amount);
    }

    private static Task AssertDoneAsync(OrderPage order, string action, string amount) =>
        Expect(order.Story.GetByRole(AriaRole.Article, new() { Name = Words.Ru.Shared(action, amount) }))
            .ToContainTextAsync(Words.Ru.Shared("ActionSucceeded"), new() { Timeout = 40_000 });
}
