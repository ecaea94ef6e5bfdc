using AssistPortal.EndToEnd.Tests.Browser;
using AssistPortal.EndToEnd.Tests.Pages;
using AssistPortal.Protocol;

namespace AssistPortal.EndToEnd.Tests.Journeys;

/// <summary>The gateway's answer is lost: the person is told so, is offered no repetition, and sees the truth when it is known.</summary>
public sealed class LostAnswerTests(Chromium chromium, Portal portal) : Journey(chromium, portal), IClassFixture<Portal>
{
    [Theory]
    [InlineData("drop-after")]
    [InlineData("late:4")]
    public async Task Confirm_AnswerLost_ShowsUnknownAndThenTheTruth(string mode)
    {
        var (order, visit) = await OpenAsync(twoStage: true);
        await Portal.Sandbox.FaultAsync("charge", mode, cancellationToken: TestContext.Current.CancellationToken);
        var dialog = await visit.Order.OpenConfirmAsync();
        await dialog.Amount.FillAsync("70");

        await EndInTheTruthAsync(visit, dialog);

        Assert.Equal(new Money(7_000, "RUB"), Assert.Single((await Portal.TruthAsync(order)).Of(OperationType.Confirmation)).Amount);
        await visit.Order.AssertStateAsync("PartialDelayed");
    }

    [Theory]
    [InlineData("drop-after")]
    [InlineData("late:4")]
    public async Task Cancel_AnswerLost_ShowsUnknownAndThenTheTruth(string mode)
    {
        var (order, visit) = await OpenAsync(twoStage: false);
        await Portal.Sandbox.FaultAsync("wscancel", mode, cancellationToken: TestContext.Current.CancellationToken);
        var dialog = await visit.Order.OpenCancelAsync();
        await dialog.Amount.FillAsync("70");
        await dialog.ChooseAsync("Customer");

        await EndInTheTruthAsync(visit, dialog);

        Assert.Equal(new Money(7_000, "RUB"), Assert.Single((await Portal.TruthAsync(order)).Of(OperationType.Cancellation)).Amount);
        await visit.Order.AssertStateAsync("PartialCanceled");
    }

    private async Task<(Paid Order, Visit Visit)> OpenAsync(bool twoStage)
    {
        var order = await Portal.PayAsync(10_000, twoStage);
        var visit = await EnterAsync(Operator);
        await visit.Orders.FindAsync(order.Number);
        return (order, visit);
    }

    private static async Task EndInTheTruthAsync(Visit visit, MoneyDialog dialog)
    {
        // Whatever is on offer at the moment the outcome turns unknown: looked at in the page, for it may last a moment only.
        await visit.Page.EvaluateAsync(
            """
            words => {
              window.offers = null;
              new MutationObserver(() => {
                const dialog = document.querySelector('[role=dialog]');
                if (!dialog?.textContent.includes(words)) return;
                const buttons = [...dialog.querySelectorAll('button:not([disabled])')].map(button => button.textContent.trim());
                window.offers = [...(window.offers ?? []), ...buttons];
              }).observe(document.body, { childList: true, subtree: true, characterData: true });
            }
            """,
            Words.Ru.Shared("ActionOutcomeUnknownTitle"));

        await dialog.Send.ClickAsync();
        await dialog.SeeAsync("Succeeded");

        var offers = await visit.Page.EvaluateAsync<string[]?>("window.offers");
        Assert.NotNull(offers);
        Assert.Contains(Words.Ru.Orders("Close"), offers);
        Assert.DoesNotContain(Words.Ru.Shared("SendAgain"), offers);
        Assert.DoesNotContain(Words.Ru.Orders("StartAnew"), offers);
        Assert.DoesNotContain(Words.Ru.Shared("Withdraw"), offers);
        await dialog.CloseAsync();
    }
}
