using AssistPortal.EndToEnd.Tests.Browser;
using AssistPortal.EndToEnd.Tests.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AssistPortal.EndToEnd.Tests.Journeys;

/// <summary>Wrong input gets a clear sentence, keeps what was typed and sends nothing.</summary>
public sealed class BadInputTests(Chromium chromium, SharedPortal shared) : Journey(chromium, shared.Portal)
{
    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task SignIn_WrongPassword_SaysOneSentenceAndKeepsTheEmail(string language)
    {
        var words = language == "en" ? Words.En : Words.Ru;
        var visit = await ArriveAsync(new() { Words = words });
        await visit.SignIn.OpenAsync();

        // Somebody who exists and somebody who doesn't.
        foreach (var email in (string[])[Administrator, "nobody@demo.local"])
        {
            await visit.SignIn.SubmitAsync(email, "wrong");
            await Expect(visit.SignIn.Message).ToHaveTextAsync(words.Account("No"));
            await Expect(visit.SignIn.Email).ToHaveValueAsync(email);
            await Expect(visit.SignIn.Password).ToHaveValueAsync("");
        }
    }

    [Theory]
    [InlineData("5775486650107611")]
    [InlineData("no-billnumber")]
    public async Task Order_UnknownAddress_SaysThatThereIsNone(string billnumber)
    {
        var visit = await EnterAsync(Operator);
        await visit.Order.GotoAsync(billnumber);
        await Expect(visit.Order.NotFound).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText(Words.Ru.Frame("NotFoundText"))).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Confirm_WrongAmounts_AreNamedKeptAndNotSent()
    {
        var order = await Portal.PayAsync(10_000, twoStage: true);
        var visit = await EnterAsync(Operator);
        await visit.Orders.FindAsync(order.Number);
        var dialog = await visit.Order.OpenConfirmAsync();
        await dialog.Comment.FillAsync("Со склада");

        await AssertRefusedAsync(dialog, "100,01", Words.Ru.Shared("InvalidAboveRest", "100,00 ₽"));
        await AssertRefusedAsync(dialog, "99,999", Words.Ru.Shared("MoneyTooManyDecimals", 2));
        await AssertRefusedAsync(dialog, "сто", Words.Ru.Shared("MoneyNotAnAmount"));
        await AssertRefusedAsync(dialog, "1,234.50", Words.Ru.Shared("MoneyNotAnAmount"));
        await AssertRefusedAsync(dialog, "0", Words.Ru.Shared("InvalidAmountNotPositive"));
        await AssertRefusedAsync(dialog, "", Words.Ru.Shared("MoneyEmpty"));
        await Expect(dialog.Comment).ToHaveValueAsync("Со склада");
        Assert.Single((await Portal.TruthAsync(order)).Operations);

        await dialog.Amount.FillAsync(" 99.5 ");
        await dialog.Send.ClickAsync();
        await dialog.SeeAsync("Succeeded");
        Assert.Equal(9_950, (await Portal.TruthAsync(order)).Operations[1].AmountMinor);
    }

    [Fact]
    public async Task Cancel_NoReason_AsksForOneInEnglishToo()
    {
        var order = await Portal.PayAsync(10_000);
        var visit = await EnterAsync(Operator, new() { Words = Words.En });
        await visit.Orders.FindAsync(order.Number);
        var dialog = await visit.Order.OpenCancelAsync();
        await dialog.Amount.FillAsync("50.00");

        await dialog.Send.ClickAsync();

        await Expect(dialog.Error).ToHaveTextAsync(Words.En.Shared("InvalidReasonMissing"));
        await Expect(dialog.Amount).ToHaveValueAsync("50.00");
        await dialog.ChooseAsync("Shop");
        await AssertRefusedAsync(dialog, "100.01", Words.En.Shared("InvalidAboveRest", "100.00 ₽"));
        Assert.Single((await Portal.TruthAsync(order)).Operations);
    }

    [Fact]
    public async Task Orders_AddressThatCannotBeRead_SaysWhichValueIsWrong()
    {
        var visit = await EnterAsync(Auditor);
        await visit.Orders.OpenAsync("?min=1.005&page=x");

        var notice = visit.Page.GetByRole(AriaRole.Alert);
        await Expect(notice).ToContainTextAsync(Words.Ru.Shared("WrongQuery", "1.005", Words.Ru.Shared("Query-min")));
        await Expect(notice).ToContainTextAsync(Words.Ru.Shared("WrongQuery", "x", Words.Ru.Shared("Query-page")));
        await notice.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(visit.Orders.Field("AmountFrom")).ToHaveValueAsync("");
    }

    private static async Task AssertRefusedAsync(MoneyDialog dialog, string amount, string sentence)
    {
        await dialog.Amount.FillAsync(amount);
        await dialog.Send.ClickAsync();
        await Expect(dialog.Error.First).ToHaveTextAsync(sentence);
        await Expect(dialog.Amount).ToHaveValueAsync(amount);
    }
}
