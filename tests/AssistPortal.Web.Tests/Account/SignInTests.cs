using System.Net;
using AssistPortal.Core.Audit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Web.Tests.Account;

public sealed class SignInTests(RunningPortal portal) : IClassFixture<RunningPortal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_RightPassword_LeadsWhereThePersonWasGoing()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();

        using var answer = await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel, "/orders?state=Delayed");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/orders?state=Delayed", Local(answer));
        using var orders = await browser.GetAsync("/orders", Cancel);
        Assert.Equal(HttpStatusCode.OK, orders.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task SignIn_ReturnAddressElsewhere_LeadsHome(string returnUrl)
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();

        using var answer = await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel, returnUrl);

        Assert.Equal("/", Local(answer));
    }

    [Fact]
    public async Task SignIn_WhateverTheReason_RefusesInTheSameWords()
    {
        var known = await portal.HireAsync(Cancel);
        var dismissed = await portal.HireAsync(Cancel);
        var locked = await portal.HireAsync(Cancel);
        await portal.DismissAsync(dismissed, Cancel);
        await LockAsync(locked);

        var words = new List<string>();
        foreach (var (email, password) in new[] { (known, "wrong-password"), ("nobody@example.test", "wrong-password"), (dismissed, RunningPortal.Password), (locked, RunningPortal.Password) })
        {
            using var browser = portal.OpenBrowser();
            using var answer = await RunningPortal.SignInAsync(browser, email, password, Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            words.Add(await RunningPortal.WordsAsync(answer, Cancel));
        }

        Assert.Contains("Войти не получилось", words[0], StringComparison.Ordinal);
        Assert.Single(words.Distinct());
    }

    [Fact]
    public async Task SignIn_Refused_KeepsTheEmailAndNotThePassword()
    {
        using var browser = portal.OpenBrowser();

        using var answer = await RunningPortal.SignInAsync(browser, "typed@example.test", "typed-password", Cancel);

        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("typed@example.test", page, StringComparison.Ordinal);
        Assert.DoesNotContain("typed-password", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_EleventhTryFromOneAddress_HasToWait()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        for (var time = 0; time < 10; time++)
        {
            using var refused = await RunningPortal.SignInAsync(browser, $"nobody{time}@example.test", "wrong-password", Cancel);
            Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        }

        using var eleventh = await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel);
        using var elsewhere = portal.OpenBrowser();
        using var other = await RunningPortal.SignInAsync(elsewhere, email, RunningPortal.Password, Cancel);

        Assert.Equal(HttpStatusCode.TooManyRequests, eleventh.StatusCode);
        Assert.Contains("Слишком много попыток", await RunningPortal.WordsAsync(eleventh, Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, other.StatusCode);
    }

    [Fact]
    public async Task SignIn_FormWithoutToken_IsNotAccepted()
    {
        using var browser = portal.OpenBrowser();
        using var form = new FormUrlEncodedContent([new("_handler", "signin"), new("Form.Email", "a@example.test"), new("Form.Password", "b")]);

        using var answer = await browser.PostAsync(FrameUrls.SignIn, form, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Форма устарела", await RunningPortal.WordsAsync(answer, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_RightAndWrong_BothStandInTheAuditLog()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        using var wrong = await RunningPortal.SignInAsync(browser, email, "wrong-password", Cancel);
        using var right = await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel);

        await using var db = portal.OpenDatabase();
        var id = (await db.Users.SingleAsync(user => user.Email == email, Cancel)).Id;
        var entries = await db.Audit.Where(entry => entry.UserId == id).OrderBy(entry => entry.Seq).ToListAsync(Cancel);
        Assert.Equal([(AuditEvents.SignIn, AuditOutcome.Denied), (AuditEvents.SignIn, AuditOutcome.Done)], entries.Select(entry => (entry.Event, entry.Outcome)));
        Assert.All(entries, entry => Assert.StartsWith("10.0.0.", entry.Ip, StringComparison.Ordinal));
        Assert.All(entries, entry => Assert.Equal("tests", entry.UserAgent));
    }

    [Fact]
    public async Task Session_PortalsClockMoved_LastsOn()
    {
        using var browser = await SignedInAsync();

        portal.Clock.Advance(TimeSpan.FromHours(96));

        using var orders = await browser.GetAsync("/orders", Cancel);
        Assert.Equal(HttpStatusCode.OK, orders.StatusCode);
    }

    [Fact]
    public async Task Session_PersonDismissed_EndsAtTheSignInPage()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        using (await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel))
        {
            await portal.DismissAsync(email, Cancel);
        }

        using var page = await browser.GetAsync(FrameUrls.SignIn, Cancel);
        using var orders = await browser.GetAsync("/orders", Cancel);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, orders.StatusCode);
    }

    [Fact]
    public async Task SignOut_WithoutToken_ChangesNothing()
    {
        using var browser = await SignedInAsync();

        using var answer = await browser.PostAsync(FrameUrls.SignOut, null, Cancel);
        using var orders = await browser.GetAsync("/orders", Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, orders.StatusCode);
    }

    [Fact]
    public async Task Page_NobodySignedIn_LeadsToSignInAndBack()
    {
        using var browser = portal.OpenBrowser();

        using var answer = await browser.GetAsync("/orders?state=Delayed", Cancel);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(FrameUrls.SignInFrom("/orders?state=Delayed"), Local(answer));
    }

    private async Task<HttpClient> SignedInAsync()
    {
        var email = await portal.HireAsync(Cancel);
        var browser = portal.OpenBrowser();
        using var answer = await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    // From an address of its own: five wrong passwords lock the account, not the address.
    private async Task LockAsync(string email)
    {
        using var browser = portal.OpenBrowser();
        for (var time = 0; time < 5; time++)
        {
            using var answer = await RunningPortal.SignInAsync(browser, email, "wrong-password", Cancel);
        }
    }

    // Redirects to other hosts keep their host, so that they are seen.
    private string Local(HttpResponseMessage answer)
    {
        var location = new Uri(portal.Url, answer.Headers.Location!);
        return location.Authority == portal.Url.Authority ? location.PathAndQuery : location.AbsoluteUri;
    }
}
