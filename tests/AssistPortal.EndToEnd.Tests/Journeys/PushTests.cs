using AssistPortal.EndToEnd.Tests.Browser;
using AssistPortal.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AssistPortal.EndToEnd.Tests.Journeys;

/// <summary>The gateway announces a payment to a portal whose regular exchange sleeps: what the open grid then shows came by push alone.</summary>
public sealed class PushTests(Chromium chromium, Portal portal) : Journey(chromium, portal), IClassFixture<Portal>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Payment_AnnouncedByPush_AppearsInTheOpenGridAndOnThePageOfPushes()
    {
        await Portal.KillAsync();
        await Portal.StartAsync(("Sync:Interval", "01:00:00"));
        await Portal.Sandbox.PushToAsync(SandboxServer.Hypermarket, Portal.Url, Stop);
        var visit = await EnterAsync(Operator);
        await visit.Orders.OpenAsync();

        var paid = await Portal.PayAsync(12_345);

        await Expect(visit.Orders.LinkOf(paid.Number)).ToBeVisibleAsync();

        await visit.Page.GotoAsync($"pushes?order={paid.Billnumber}");
        await visit.Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(visit.Page.Locator(".steps .passed")).ToHaveCountAsync(7);
        await visit.Page.Locator(".buttons button").ClickAsync();
        await Expect(visit.Page.Locator(".steps .passed")).ToHaveCountAsync(7);

        await visit.Page.Locator(".buttons a").ClickAsync();
        await visit.Order.AssertOpenAsync(paid.Number);
    }
}
