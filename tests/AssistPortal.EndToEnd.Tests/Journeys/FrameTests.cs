using System.Text.RegularExpressions;
using AssistPortal.EndToEnd.Tests.Browser;
using AssistPortal.EndToEnd.Tests.Pages;
using AssistPortal.Web.Setup;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AssistPortal.EndToEnd.Tests.Journeys;

/// <summary>What surrounds every page.</summary>
public sealed class FrameTests(Chromium chromium, SharedPortal shared) : Journey(chromium, shared.Portal)
{
    [Fact]
    public async Task LanguageAndTheme_Chosen_StayChosen()
    {
        var visit = await EnterAsync(Auditor);
        await visit.Orders.OpenAsync("?size=25");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "EN", Exact = true }).ClickAsync();
        var english = new OrdersGrid(visit.Page, Words.En);
        await english.AssertOpenAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"/orders\?size=25$"));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = Words.En.Frame("PersonMenu", DemoStaff.People.Single(person => person.Email == Auditor).Name), Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = Words.En.Frame("ThemeDark"), Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        var tab = await visit.NewTabAsync();
        await new OrdersGrid(tab, Words.En).OpenAsync();

        await Expect(tab.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(tab.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }

    [Fact]
    public async Task Connection_Lost_IsSaidAndHeals()
    {
        var visit = await EnterAsync(Auditor);
        visit.Tolerate("WebSocket");
        visit.Tolerate("Connection disconnected");
        visit.Tolerate("Cannot send data if the connection is not in the 'Connected' State");
        visit.Tolerate("ERR_FAILED");
        visit.Tolerate("Failed to fetch");
        visit.Tolerate("Failed to complete negotiation");
        visit.Tolerate("Failed to start the connection");
        IWebSocketRoute? connection = null;
        var isDown = false;
        await visit.Page.RouteWebSocketAsync(new Regex("/_blazor"), route =>
        {
            connection = route;
            if (!isDown)
            {
                route.ConnectToServer();
            }
        });
        await visit.Page.RouteAsync("**/_blazor/negotiate*", route => isDown ? route.AbortAsync() : route.ContinueAsync());
        await visit.Orders.OpenAsync();
        var lost = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = Words.Ru.Frame("ReconnectTitle"), Exact = true });

        isDown = true;
        await connection!.CloseAsync();
        await Expect(lost).ToBeVisibleAsync();
        await Expect(lost).ToContainTextAsync(Words.Ru.Frame("ReconnectWait"));
        isDown = false;
        await Expect(lost).ToBeHiddenAsync(new() { Timeout = 40_000 });

        var order = await Portal.PayAsync(12_300);
        await Expect(visit.Orders.RowOf(order.Number)).ToBeVisibleAsync();
    }
}
