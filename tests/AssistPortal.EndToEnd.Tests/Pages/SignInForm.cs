using AssistPortal.EndToEnd.Tests.Browser;
using Microsoft.Playwright;

namespace AssistPortal.EndToEnd.Tests.Pages;

/// <summary>The sign-in page.</summary>
internal sealed class SignInForm(IPage page, Words words)
{
    public ILocator Email => page.GetByLabel(words.Account("Email"), new() { Exact = true });

    public ILocator Password => page.GetByLabel(words.Account("Password"), new() { Exact = true });

    public ILocator Message => page.GetByRole(AriaRole.Alert);

    public async Task OpenAsync(string query = "")
    {
        await page.GotoAsync("account/signin" + query);
        await AssertOpenAsync();
    }

    public Task AssertOpenAsync() => Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = words.Account("SignInTitle"), Exact = true })).ToBeVisibleAsync();

    public async Task SubmitAsync(string email, string password)
    {
        await Email.FillAsync(email);
        await Password.FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = words.Account("SignInButton"), Exact = true }).ClickAsync();
    }
}
