using AssistPortal.EndToEnd.Tests.Browser;
using Microsoft.Playwright;

namespace AssistPortal.EndToEnd.Tests.Pages;

/// <summary>An order's page.</summary>
internal sealed class OrderPage(IPage page, Words words)
{
    public ILocator Confirm => Button("ConfirmMore");

    public ILocator Cancel => Button("CancelMore");

    /// <summary>Number, state, sums and buttons.</summary>
    public ILocator Head => page.GetByRole(AriaRole.Main).Locator("header");

    /// <summary>Operations and actions.</summary>
    public ILocator Story => page.GetByRole(AriaRole.Region, new() { Name = words.Orders("Story"), Exact = true });

    /// <summary>What the page warns of.</summary>
    public ILocator Notices => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status);

    public MoneyDialog Dialog => new(page, words);

    public ILocator NotFound => page.GetByRole(AriaRole.Heading, new() { Name = words.Frame("NotFoundTitle"), Exact = true });

    public Task GotoAsync(string billnumber, string query = "") => page.GotoAsync($"orders/{billnumber}{query}");

    public Task AssertOpenAsync(string orderNumber) => Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"№ {orderNumber}", Exact = true })).ToBeVisibleAsync();

    public Task AssertStateAsync(string state) => Assertions.Expect(Head).ToContainTextAsync(words.Shared("State" + state));

    public async Task<MoneyDialog> OpenConfirmAsync()
    {
        await Confirm.ClickAsync();
        await Assertions.Expect(Dialog.Amount).ToBeVisibleAsync();
        return Dialog;
    }

    public async Task<MoneyDialog> OpenCancelAsync()
    {
        await Cancel.ClickAsync();
        await Assertions.Expect(Dialog.Amount).ToBeVisibleAsync();
        return Dialog;
    }

    private ILocator Button(string key) => page.GetByRole(AriaRole.Button, new() { Name = words.Orders(key), Exact = true });
}
