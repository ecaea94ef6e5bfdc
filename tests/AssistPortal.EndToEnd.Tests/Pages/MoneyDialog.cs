using AssistPortal.EndToEnd.Tests.Browser;
using Microsoft.Playwright;

namespace AssistPortal.EndToEnd.Tests.Pages;

/// <summary>The dialog that confirms or cancels.</summary>
internal sealed class MoneyDialog(IPage page, Words words)
{
    public ILocator Window => page.GetByRole(AriaRole.Dialog);

    public ILocator Amount => Window.GetByLabel(words.Orders("Amount"), new() { Exact = true });

    public ILocator Comment => Window.GetByLabel(words.Orders("Comment"), new() { Exact = true });

    public ILocator Error => Window.GetByRole(AriaRole.Alert);

    /// <summary>The loud button of the form, whatever sum stands on it.</summary>
    public ILocator Send => Window.Locator("button[type=submit]");

    public ILocator SendAgain => Window.GetByRole(AriaRole.Button, new() { Name = words.Shared("SendAgain"), Exact = true });

    public ILocator Withdraw => Window.GetByRole(AriaRole.Button, new() { Name = words.Shared("Withdraw"), Exact = true });

    public ILocator StartAnew => Window.GetByRole(AriaRole.Button, new() { Name = words.Orders("StartAnew"), Exact = true });

    public Task ChooseAsync(string reason) => Window.GetByLabel(words.Orders("Reason" + reason), new() { Exact = true }).CheckAsync();

    /// <summary>Waits for the action to be in a state; seen even when it lasts a moment only.</summary>
    public Task SeeAsync(string state) =>
        Window.GetByText(words.Shared("Action" + state), new() { Exact = true }).WaitForAsync(new() { Timeout = 30_000 });

    /// <summary>By the button below the outcome, or by the cross where there is none.</summary>
    public async Task CloseAsync()
    {
        await Window.GetByRole(AriaRole.Button, new() { Name = words.Orders("Close"), Exact = true }).Last.ClickAsync();
        await Assertions.Expect(Window).ToHaveCountAsync(0);
    }
}
