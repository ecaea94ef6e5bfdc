using System.Net;
using AssistPortal.Core.Audit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Web.Tests.Account;

/// <summary>A forgotten password over real HTTP, with the link out of the letter that came.</summary>
public sealed class ResetTests(RunningPortal portal) : IClassFixture<RunningPortal>
{
    private const string NewPassword = "plum tractor singing";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reset_LinkOfTheLetter_SetsThePasswordOnceAndEndsEverySession()
    {
        var email = await portal.HireAsync(Cancel);
        using var elsewhere = portal.OpenBrowser();
        using (await RunningPortal.SignInAsync(elsewhere, email, RunningPortal.Password, Cancel))
        {
        }

        using var browser = portal.OpenBrowser();
        var link = await AskedAsync(browser, email);
        using var done = await SetAsync(browser, link, NewPassword);
        using var again = await browser.GetAsync(link, Cancel);
        using var session = await elsewhere.GetAsync("/orders", Cancel);
        using var old = await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel);
        using var now = await RunningPortal.SignInAsync(browser, email, NewPassword, Cancel);

        Assert.Contains("Пароль изменён", await RunningPortal.WordsAsync(done, Cancel), StringComparison.Ordinal);
        Assert.Contains("уже воспользовались", await RunningPortal.WordsAsync(again, Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, session.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (old.StatusCode, now.StatusCode));
        var notice = await portal.Mail.NextAsync(email, Cancel, "Пароль от AssistPortal изменён");
        Assert.DoesNotContain(NewPassword, notice.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_Link_IsNeverStoredAndNeverToldFurther()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();

        var link = await AskedAsync(browser, email);
        using var page = await browser.GetAsync(link, Cancel);

        var token = link.Split("token=")[1];
        await using var db = portal.OpenDatabase();
        Assert.DoesNotContain(token, await db.StaffLinks.Select(row => row.TokenHash).ToListAsync(Cancel));
        Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
        Assert.True(page.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Reset_OpenedByTheMailProgram_WorksStill()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        var link = await AskedAsync(browser, email);
        using (await browser.GetAsync(link, Cancel))
        {
        }

        using var done = await SetAsync(browser, link, NewPassword);

        Assert.Contains("Пароль изменён", await RunningPortal.WordsAsync(done, Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password2026", "один из самых частых")]
    [InlineData("short", "не меньше 12")]
    public async Task Reset_PasswordWontDo_SaysWhyAndTheLinkWorksOn(string password, string words)
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        var link = await AskedAsync(browser, email);

        using var refused = await SetAsync(browser, link, password);
        using var old = await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel);
        using var done = await SetAsync(browser, link, NewPassword);

        Assert.Contains(words, await RunningPortal.WordsAsync(refused, Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain(password, await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, old.StatusCode);
        Assert.Contains("Пароль изменён", await RunningPortal.WordsAsync(done, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_AnHourLater_IsExpired()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        var link = await AskedAsync(browser, email);
        await ExpireAsync(email);

        using var page = await browser.GetAsync(link, Cancel);

        Assert.Contains("Срок действия ссылки истёк", await RunningPortal.WordsAsync(page, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_FormOpenedInTimeAndSentTooLate_ChangesNothing()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        var link = await AskedAsync(browser, email);
        var page = await browser.GetStringAsync(link, Cancel);
        await ExpireAsync(email);

        using var sent = await RunningPortal.SendAsync(browser, page, link, "set-password", Cancel, ("Form.Password", NewPassword), ("Form.Again", NewPassword));
        using var old = await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel);

        Assert.Contains("Срок действия ссылки истёк", await RunningPortal.WordsAsync(sent, Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, old.StatusCode);
    }

    [Theory]
    [InlineData("/account/reset")]
    [InlineData("/account/reset?token=")]
    [InlineData("/account/reset?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/account/reset?token=%27%20OR%201%3D1%20--")]
    public async Task Reset_GuessedLink_IsNotValid(string address)
    {
        using var browser = portal.OpenBrowser();

        using var page = await browser.GetAsync(address, Cancel);

        Assert.Contains("Ссылка недействительна", await RunningPortal.WordsAsync(page, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_AskedAgain_MakesTheOlderLinkVoid()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        var first = await AskedAsync(browser, email);
        var second = await AskedAsync(browser, email);

        using var old = await browser.GetAsync(first, Cancel);
        using var done = await SetAsync(browser, second, NewPassword);

        Assert.Contains("Ссылка недействительна", await RunningPortal.WordsAsync(old, Cancel), StringComparison.Ordinal);
        Assert.Contains("Пароль изменён", await RunningPortal.WordsAsync(done, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_TwoBrowsersAtOnce_OneWins()
    {
        var email = await portal.HireAsync(Cancel);
        using var asking = portal.OpenBrowser();
        var link = await AskedAsync(asking, email);
        string[] passwords = ["plum tractor singing", "copper lantern walks"];
        using var one = portal.OpenBrowser();
        using var other = portal.OpenBrowser();

        var answers = await Task.WhenAll(SetAsync(one, link, passwords[0]), SetAsync(other, link, passwords[1]));

        var words = await Task.WhenAll(answers.Select(answer => RunningPortal.WordsAsync(answer, Cancel)));
        var won = Assert.Single(Enumerable.Range(0, 2), index => words[index].Contains("Пароль изменён", StringComparison.Ordinal));
        Assert.Contains("уже воспользовались", words[1 - won], StringComparison.Ordinal);
        using var signedIn = await RunningPortal.SignInAsync(asking, email, passwords[won], Cancel);
        using var loser = await RunningPortal.SignInAsync(other, email, passwords[1 - won], Cancel);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.OK), (signedIn.StatusCode, loser.StatusCode));
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Fact]
    public async Task Forgot_KnownUnknownOrDismissed_IsAnsweredInTheSameWords()
    {
        var known = await portal.HireAsync(Cancel);
        var dismissed = await portal.HireAsync(Cancel);
        await portal.DismissAsync(dismissed, Cancel);

        var words = new List<string>();
        foreach (var email in new[] { known, dismissed, "nobody@example.test" })
        {
            using var browser = portal.OpenBrowser();
            using var answer = await RunningPortal.SubmitAsync(browser, FrameUrls.Forgot, "forgot", Cancel, ("Form.Email", email));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            words.Add((await RunningPortal.WordsAsync(answer, Cancel)).Replace(email, "", StringComparison.Ordinal));
        }

        Assert.Contains("письмо придёт", words[0], StringComparison.Ordinal);
        Assert.Single(words.Distinct());
        await portal.Mail.NextAsync(known, Cancel);
        await using var db = portal.OpenDatabase();
        Assert.False(await db.StaffLinks.AnyAsync(link => db.Users.Any(user => user.Id == link.UserId && user.Email == dismissed), Cancel));
    }

    [Fact]
    public async Task Forgot_FourthTimeInAnHour_SendsNothingMoreAndSaysTheSame()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        for (var time = 0; time < 4; time++)
        {
            using var answer = await RunningPortal.SubmitAsync(browser, FrameUrls.Forgot, "forgot", Cancel, ("Form.Email", email));
            Assert.Contains("письмо придёт", await RunningPortal.WordsAsync(answer, Cancel), StringComparison.Ordinal);
        }

        await using var db = portal.OpenDatabase();
        var id = (await db.Users.SingleAsync(user => user.Email == email, Cancel)).Id;
        Assert.Equal(3, await db.StaffLinks.CountAsync(link => link.UserId == id, Cancel));
        var entries = await db.Audit.Where(entry => entry.UserId == id && entry.Event == AuditEvents.PasswordResetAsked).OrderBy(entry => entry.Seq).ToListAsync(Cancel);
        Assert.Equal([AuditOutcome.Done, AuditOutcome.Done, AuditOutcome.Done, AuditOutcome.Denied], entries.Select(entry => entry.Outcome));
    }

    [Fact]
    public async Task Forgot_EleventhTimeFromOneAddress_HasToWait()
    {
        using var browser = portal.OpenBrowser();
        for (var time = 0; time < 10; time++)
        {
            using var answer = await RunningPortal.SubmitAsync(browser, FrameUrls.Forgot, "forgot", Cancel, ("Form.Email", $"nobody{time}@example.test"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var eleventh = await RunningPortal.SubmitAsync(browser, FrameUrls.Forgot, "forgot", Cancel, ("Form.Email", "nobody@example.test"));

        Assert.Equal(HttpStatusCode.TooManyRequests, eleventh.StatusCode);
    }

    [Fact]
    public async Task Forgot_HostOfTheRequest_NeverReachesTheLetter()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        browser.DefaultRequestHeaders.Host = "evil.example";
        browser.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");

        using var answer = await RunningPortal.SubmitAsync(browser, FrameUrls.Forgot, "forgot", Cancel, ("Form.Email", email));

        Assert.DoesNotContain("evil.example", (await portal.Mail.NextAsync(email, Cancel)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_PresentPasswordShown_EndsEverySessionAndTellsByLetter()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        using var elsewhere = portal.OpenBrowser();
        foreach (var each in new[] { browser, elsewhere })
        {
            using var signedIn = await RunningPortal.SignInAsync(each, email, RunningPortal.Password, Cancel);
            Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        }

        using var done = await ChangeAsync(browser, RunningPortal.Password, NewPassword);
        using var session = await elsewhere.GetAsync("/orders", Cancel);
        using var again = await RunningPortal.SignInAsync(browser, email, NewPassword, Cancel);

        Assert.Contains("Пароль изменён", await RunningPortal.WordsAsync(done, Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, session.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        await portal.Mail.NextAsync(email, Cancel, "Пароль от AssistPortal изменён");
    }

    [Fact]
    public async Task Change_WrongPresentPassword_ChangesNothingAndLocksAfterFive()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        using (await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel))
        {
        }

        for (var time = 0; time < 5; time++)
        {
            using var refused = await ChangeAsync(browser, "not the password", NewPassword);
            Assert.Contains("введён неверно", await RunningPortal.WordsAsync(refused, Cancel), StringComparison.Ordinal);
        }

        using var elsewhere = portal.OpenBrowser();
        using var locked = await RunningPortal.SignInAsync(elsewhere, email, RunningPortal.Password, Cancel);
        Assert.Contains("Войти не получилось", await RunningPortal.WordsAsync(locked, Cancel), StringComparison.Ordinal);
        await using var db = portal.OpenDatabase();
        Assert.Equal(5, await db.Audit.CountAsync(entry => entry.Event == AuditEvents.PasswordChanged && db.Users.Any(user => user.Id == entry.UserId && user.Email == email), Cancel));
    }

    [Fact]
    public async Task Change_NotSignedIn_LeadsToTheSignInPage()
    {
        using var browser = portal.OpenBrowser();

        using var page = await browser.GetAsync(FrameUrls.ChangePassword, Cancel);

        Assert.StartsWith(FrameUrls.SignIn, page.Headers.Location?.PathAndQuery, StringComparison.Ordinal);
    }

    private async Task<string> AskedAsync(HttpClient browser, string email)
    {
        using var answer = await RunningPortal.SubmitAsync(browser, FrameUrls.Forgot, "forgot", Cancel, ("Form.Email", email));
        return await portal.LinkAsync(email, Cancel);
    }

    private static Task<HttpResponseMessage> SetAsync(HttpClient browser, string link, string password) =>
        RunningPortal.SubmitAsync(browser, link, "set-password", Cancel, ("Form.Password", password), ("Form.Again", password));

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient browser, string present, string password) =>
        RunningPortal.SubmitAsync(browser, FrameUrls.ChangePassword, "password", Cancel, ("Form.Present", present), ("Form.Password", password), ("Form.Again", password));

    /// <summary>Makes the person's link as old as if its hour had passed; the clock is every test's.</summary>
    private async Task ExpireAsync(string email)
    {
        await using var db = portal.OpenDatabase();
        var link = await db.StaffLinks.SingleAsync(row => db.Users.Any(user => user.Id == row.UserId && user.Email == email), Cancel);
        link.ExpiresAt -= TimeSpan.FromHours(1);
        await db.SaveChangesAsync(Cancel);
    }
}
