using AssistPortal.EndToEnd.Tests.Browser;
using AssistPortal.EndToEnd.Tests.Pages;
using AssistPortal.TestKit;
using AssistPortal.Web.Setup;
using static Microsoft.Playwright.Assertions;

namespace AssistPortal.EndToEnd.Tests.Journeys;

/// <summary>Doors that are closed to a role stay closed, whichever way one comes.</summary>
public sealed class RightsTests(Chromium chromium, SharedPortal shared) : Journey(chromium, shared.Portal)
{
    private const int Forbidden = 403;

    [Theory]
    [InlineData(Operator)]
    [InlineData(Auditor)]
    public async Task Export_NotAnAccountant_IsDisabledAndRefused(string email)
    {
        var visit = await EnterAsync(email);
        await visit.Orders.OpenAsync();

        await Expect(visit.Orders.ExportButton).ToBeDisabledAsync();
        await Expect(visit.Orders.ExportLink("CSV")).ToHaveCountAsync(0);
        foreach (var format in (string[])["csv", "xlsx"])
        {
            var answer = await visit.Http.GetAsync($"orders/export?format={format}");
            Assert.Equal(Forbidden, answer.Status);
            Assert.Equal(Words.Ru.Shared("Denied", Words.Ru.Shared("RightExport")), await answer.TextAsync());
        }
    }

    [Theory]
    [InlineData(Accountant)]
    [InlineData(Auditor)]
    public async Task Money_NotAnOperator_IsNowhereToBeMoved(string email)
    {
        var order = await Portal.PayAsync(10_000, twoStage: true);
        var visit = await EnterAsync(email);
        await visit.Orders.OpenAsync($"?number={order.Number}");
        await Expect(visit.Orders.LinkOf(order.Number)).ToBeVisibleAsync();
        await Expect(visit.Orders.ConfirmLink(order.Number)).ToHaveCountAsync(0);
        await Expect(visit.Orders.CancelLink(order.Number)).ToHaveCountAsync(0);

        foreach (var dialog in (string[])["confirm", "cancel"])
        {
            await visit.Order.GotoAsync(order.Billnumber, $"?dialog={dialog}");
            await visit.Order.AssertOpenAsync(order.Number);
            await Expect(visit.Order.Head).ToContainTextAsync(Words.Ru.Orders("OnlyReading"));
            await Expect(visit.Order.Dialog.Window).ToHaveCountAsync(0);
        }

        await Expect(visit.Order.Confirm).ToHaveCountAsync(0);
        await Expect(visit.Order.Cancel).ToHaveCountAsync(0);
        Assert.Single((await Portal.TruthAsync(order)).Operations);
    }

    [Fact]
    public async Task Order_OfAForeignMerchant_DoesNotExist()
    {
        var own = await Portal.PayAsync(10_000, merchant: SandboxServer.Shop);
        var foreign = await Portal.PayAsync(10_000, merchant: SandboxServer.Airline);
        var witness = await EnterAsync(Operator);
        await witness.Orders.FindAsync(foreign.Number);
        var visit = await EnterAsync(ShopOperator);
        await visit.Orders.FindAsync(own.Number);

        await visit.Order.GotoAsync(foreign.Billnumber);
        await Expect(visit.Order.NotFound).ToBeVisibleAsync();
        await visit.Order.GotoAsync(foreign.Billnumber, "?dialog=cancel");
        await Expect(visit.Order.NotFound).ToBeVisibleAsync();
        await visit.Orders.OpenAsync($"?number={foreign.Number}");
        await Expect(visit.Page.GetByText(Words.Ru.Orders("NoSuchNumber", foreign.Number))).ToBeVisibleAsync();
        await Expect(visit.Orders.Rows).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Anybody_NotSignedIn_IsAskedToAndThenComesWhereHeWanted()
    {
        var order = await Portal.PayAsync(10_000);
        var visit = await ArriveAsync();
        var export = await visit.Http.GetAsync("orders/export?format=csv");
        Assert.DoesNotContain(order.Number, await export.TextAsync(), StringComparison.Ordinal);

        await visit.Page.GotoAsync($"orders?number={order.Number}");
        await visit.SignIn.AssertOpenAsync();
        await visit.SignIn.SubmitAsync(Accountant, DemoStaff.Password);

        await Expect(visit.Orders.RowOf(order.Number)).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task SignIn_ReturnAddressOutside_StaysInThePortal(string address)
    {
        var visit = await EnterAsync(Operator);
        foreach (var door in (string[])["account/signin?returnUrl=", "culture?culture=ru-RU&returnUrl="])
        {
            await visit.Page.GotoAsync(door + Uri.EscapeDataString(address));

            await new OrdersGrid(visit.Page, Words.Ru).AssertOpenAsync();
            Assert.Equal(Portal.Url.Authority, new Uri(visit.Page.Url).Authority);
        }
    }
}
