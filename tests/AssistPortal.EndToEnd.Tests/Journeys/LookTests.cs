using AssistPortal.EndToEnd.Tests.Browser;
using AssistPortal.TestKit;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AssistPortal.EndToEnd.Tests.Journeys;

/// <summary>Every page can be used by everybody: light and dark by axe's measure, and on a phone.</summary>
public sealed class LookTests(Chromium chromium, SharedPortal shared) : Journey(chromium, shared.Portal)
{
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public Task Pages_InBothThemes_HaveNoSeriousAxeFinding(string theme) => WalkAsync(new() { Theme = theme }, async (page, name) =>
    {
        Assert.Equal(theme, await page.Locator("html").GetAttributeAsync("data-theme"));
        var serious = (await page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical");
        Assert.True(!serious.Any(), $"{name}: {string.Join("; ", serious.Select(Describe))}");
    });

    [Fact]
    public Task Pages_OnAPhone_DoNotScrollSideways() => WalkAsync(new() { Width = 390, Height = 844 }, async (page, name) =>
    {
        var tooWide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(tooWide <= 0, $"{name} is {tooWide} px too wide.");
    });

    private async Task WalkAsync(VisitOptions options, Func<IPage, string, Task> check)
    {
        await Portal.Sandbox.PushToAsync(SandboxServer.Hypermarket, Portal.Url, TestContext.Current.CancellationToken);
        var held = await Portal.PayAsync(10_000, twoStage: true);
        var paid = await Portal.PayAsync(1_234_567_890);
        var stranger = await ArriveAsync(options);
        await stranger.SignIn.OpenAsync();
        await check(stranger.Page, "Sign-in");

        var visit = await EnterAsync(Operator, options);
        await visit.Orders.OpenAsync();
        await Expect(visit.Orders.LinkOf(paid.Number)).ToBeVisibleAsync();
        await check(visit.Page, "Orders");

        await visit.Orders.FindAsync(held.Number);
        var dialog = await visit.Order.OpenConfirmAsync();
        await dialog.Amount.FillAsync("1000");
        await dialog.Send.ClickAsync();
        await Expect(dialog.Error).ToBeVisibleAsync();
        await check(visit.Page, "Confirm");

        await visit.Order.GotoAsync(paid.Billnumber, "?dialog=cancel");
        await Expect(dialog.Amount).ToBeVisibleAsync();
        await check(visit.Page, "Cancel");

        await dialog.Amount.FillAsync("1");
        await dialog.ChooseAsync("Customer");
        await dialog.Send.ClickAsync();
        await dialog.SeeAsync("Succeeded");
        await dialog.CloseAsync();
        await visit.Order.AssertStateAsync("PartialCanceled");
        await check(visit.Page, "Order");

        await visit.Page.GotoAsync("actions?tab=all");
        await Expect(visit.Page.GetByRole(AriaRole.Table).GetByText(paid.Number)).ToBeVisibleAsync();
        await check(visit.Page, "Actions");

        await visit.Page.GotoAsync($"pushes?order={paid.Billnumber}");
        await Expect(visit.Page.GetByRole(AriaRole.Table).GetByText(paid.Number).First).ToBeVisibleAsync();
        await check(visit.Page, "Pushes");

        await visit.Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(visit.Page.GetByText("meannumber")).ToBeVisibleAsync();
        await check(visit.Page, "Push");

        await visit.Page.GotoAsync("pushes?tab=gaps");
        await Expect(visit.Page.Locator(".about")).ToBeVisibleAsync();
        await check(visit.Page, "Gaps");
    }

    private static string Describe(AxeResultItem violation) => $"{violation.Id} ({violation.Help}) at {string.Join(", ", violation.Nodes.Select(node => node.Html).Take(3))}";
}
