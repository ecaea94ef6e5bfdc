using AssistPortal.EndToEnd.Tests.Browser;
using AssistPortal.EndToEnd.Tests.Pages;
using AssistPortal.Protocol;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AssistPortal.EndToEnd.Tests.Journeys;

/// <summary>However often and wherever one clicks, money moves once.</summary>
public sealed class OnceTests(Chromium chromium, SharedPortal shared) : Journey(chromium, shared.Portal)
{
    [Fact]
    public async Task Cancel_DoubleClick_GivesOneAction()
    {
        var order = await Portal.PayAsync(10_000);
        var visit = await EnterAsync(Operator);
        await visit.Orders.FindAsync(order.Number);
        var dialog = await visit.Order.OpenCancelAsync();
        await dialog.Amount.FillAsync("40");
        await dialog.ChooseAsync("Customer");

        await dialog.Send.DblClickAsync();

        await dialog.SeeAsync("Succeeded");
        await dialog.CloseAsync();
        await Expect(visit.Order.Head).ToContainTextAsync("60,00 ₽");
        await Expect(visit.Order.Story.GetByRole(AriaRole.Article, new() { Name = Words.Ru.Shared("CancellationOf", "40,00 ₽") })).ToHaveCountAsync(1);
        Assert.Equal(new Money(4_000, "RUB"), Assert.Single((await Portal.TruthAsync(order)).Of(OperationType.Cancellation)).Amount);
    }

    [Fact]
    public async Task Cancel_FromTwoTabsAtOnce_GivesOneActionAndTellsTheOther()
    {
        var order = await Portal.PayAsync(10_000);
        var visit = await EnterAsync(Operator);
        await visit.Orders.FindAsync(order.Number);
        var second = new OrderPage(await visit.NewTabAsync(), Words.Ru);
        await second.GotoAsync(order.Billnumber);
        await second.AssertOpenAsync(order.Number);
        MoneyDialog[] dialogs = [await visit.Order.OpenCancelAsync(), await second.OpenCancelAsync()];
        foreach (var dialog in dialogs)
        {
            await dialog.Amount.FillAsync("40");
            await dialog.ChooseAsync("Shop");
        }

        await Task.WhenAll(dialogs.Select(dialog => dialog.Send.ClickAsync()));

        // The later tab either looks on at the first one's action or is told that the order has changed.
        foreach (var dialog in dialogs)
        {
            var done = dialog.Window.GetByText(Words.Ru.Shared("ActionSucceeded"), new() { Exact = true });
            await Expect(done.Or(dialog.Window.GetByText(Words.Ru.Shared("Changed"), new() { Exact = true })).First).ToBeVisibleAsync();
        }

        Assert.Equal(new Money(4_000, "RUB"), Assert.Single((await Portal.TruthAsync(order)).Of(OperationType.Cancellation)).Amount);
    }
}
