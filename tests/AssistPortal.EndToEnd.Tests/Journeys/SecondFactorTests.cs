using AssistPortal.EndToEnd.Tests.Browser;
using AssistPortal.Web.Setup;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OtpNet;
using static Microsoft.Playwright.Assertions;

namespace AssistPortal.EndToEnd.Tests.Journeys;

/// <summary>One person's second factor, from the first code to the passkey, in a browser whose passkeys are real but for the finger.</summary>
public sealed class SecondFactorTests(Chromium chromium, SharedPortal shared) : Journey(chromium, shared.Portal)
{
    /// <summary>Nobody else's: what he gets here would stand in other journeys' way.</summary>
    private const string Supervisor = "supervisor@demo.local";

    [Fact]
    public async Task Person_GetsFactors_ProvesHimselfAndThrowsAnotherBrowserOut()
    {
        var order = await Portal.PayAsync(60_000_00);
        var visit = await ArriveAsync(new() { ByName = true });
        var page = visit.Page;
        await AddAuthenticatorAsync(page);
        await visit.SignIn.OpenAsync();
        await visit.SignIn.SubmitAsync(Supervisor, DemoStaff.Password);
        await visit.Orders.AssertOpenAsync(60_000);

        // The authenticator, with the code of the step before: the present one is kept for signing in.
        await page.GotoAsync("account/security");
        await Button(page, "Connect").ClickAsync();
        var key = Base32Encoding.ToBytes((await page.Locator("#authenticator-key").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal));
        await AssertCleanAsync(page);
        await page.GetByLabel(Words.Ru.Security("AuthenticatorCode"), new() { Exact = true }).FillAsync(Code(key, -1));
        await Button(page, "TurnOn").ClickAsync();
        var codes = (await page.Locator("#recovery-codes").InnerTextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(10, codes.Length);
        await page.GetByRole(AriaRole.Link, new() { Name = Words.Ru.Security("CodesKept"), Exact = true }).ClickAsync();
        await Expect(page.GetByText(Words.Ru.Security("RecoveryLeft", 10))).ToBeVisibleAsync();

        // Much money asks for a proof in the dialog; a recovery code is one, and nothing is typed twice.
        await visit.Orders.FindAsync(order.Number);
        await visit.Order.GotoAsync(order.Billnumber);
        var dialog = await visit.Order.OpenCancelAsync();
        await dialog.ChooseAsync("Customer");
        await dialog.Send.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = Words.Ru.Security("ProveTitle"), Exact = true })).ToBeVisibleAsync();
        Assert.Single((await Portal.TruthAsync(order)).Operations);
        await dialog.Window.GetByLabel(Words.Ru.Security("ProveByCode"), new() { Exact = true }).FillAsync(codes[0]);
        await dialog.Window.GetByRole(AriaRole.Button, new() { Name = Words.Ru.Security("Prove"), Exact = true }).ClickAsync();
        await dialog.SeeAsync("Succeeded");

        // A passkey, with a name.
        await page.GotoAsync("account/security");
        await page.GetByLabel(Words.Ru.Security("PasskeyName"), new() { Exact = true }).FillAsync("Рабочий ноутбук");
        await Button(page, "AddPasskey").ClickAsync();
        await Expect(page.GetByText("Рабочий ноутбук", new() { Exact = true })).ToBeVisibleAsync();
        await AssertCleanAsync(page);

        // Another browser comes in by code, once; the list there ends this one, and its open page knows within seconds.
        var code = Code(key, 0);
        var other = await ArriveAsync();
        await SecondAsync(other, code);
        await other.Orders.AssertOpenAsync(60_000);
        var third = await ArriveAsync();
        await SecondAsync(third, code);
        await Expect(third.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(Words.Ru.Security("WrongCode"));
        await page.ReloadAsync();
        await Button(page, "EndOthers").ClickAsync();
        await other.SignIn.AssertOpenAsync();

        // Out, and in again by the passkey alone.
        await page.GetByRole(AriaRole.Button, new() { Name = Words.Ru.Frame("PersonMenu", DemoStaff.People.Single(person => person.Email == Supervisor).Name), Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Words.Ru.Frame("SignOut"), Exact = true }).ClickAsync();
        await visit.SignIn.AssertOpenAsync();
        await Button(page, "ByPasskey").ClickAsync();
        await visit.Orders.AssertOpenAsync();
    }

    private static async Task SecondAsync(Visit visit, string code)
    {
        await visit.SignIn.OpenAsync();
        await visit.SignIn.SubmitAsync(Supervisor, DemoStaff.Password);
        await visit.Page.GetByLabel(Words.Ru.Security("Code"), new() { Exact = true }).FillAsync(code);
        await Button(visit.Page, "Continue").ClickAsync();
    }

    private static ILocator Button(IPage page, string key) => page.GetByRole(AriaRole.Button, new() { Name = Words.Ru.Security(key), Exact = true });

    private static string Code(byte[] key, int steps) => new Totp(key).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30 * steps));

    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }

    private static async Task AssertCleanAsync(IPage page) => Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help} {violation.Nodes[0].Html}"));
}
