using System.Net;
using AssistPortal.Core.Mail;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Web.Tests.Account;

public sealed class EmailAndDeviceTests(RunningPortal portal) : IClassFixture<RunningPortal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Email_ConfirmedByTheLink_BecomesThePersonsAndTheOldOneIsTold()
    {
        var (old, fresh) = (await portal.HireAsync(Cancel), Address());
        using var browser = await SignedInAsync(old);

        using var asked = await AskAsync(browser, fresh);
        var link = await portal.LinkAsync(fresh, Cancel);
        var notice = await portal.Mail.NextAsync(old, Cancel);
        using var opened = await browser.GetAsync(link, Cancel);
        using var stillOld = await browser.GetAsync("/orders", Cancel);
        using var done = await RunningPortal.SubmitAsync(browser, link, "confirm-email", Cancel);
        using var ended = await browser.GetAsync("/orders", Cancel);
        using var again = await browser.GetAsync(link, Cancel);
        using var byOld = await RunningPortal.SignInAsync(browser, old, RunningPortal.Password, Cancel);
        using var byNew = await RunningPortal.SignInAsync(browser, fresh, RunningPortal.Password, Cancel);

        Assert.Contains(fresh, notice.TextBody, StringComparison.Ordinal);
        Assert.Contains("Если это были не вы", notice.TextBody, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, stillOld.StatusCode);
        Assert.Contains("Теперь входите с адресом", await RunningPortal.WordsAsync(done, Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.Contains("уже воспользовались", await RunningPortal.WordsAsync(again, Cancel), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (byOld.StatusCode, byNew.StatusCode));
        await portal.Mail.NextAsync(old, Cancel, "Адрес почты в AssistPortal изменён");
        await using var db = portal.OpenDatabase();
        Assert.False(await db.StaffLinks.AnyAsync(row => row.NewEmail == fresh, Cancel));
    }

    [Fact]
    public async Task Email_OfSomebodyElse_IsAnsweredAsAFreeOneAndNothingGoesThere()
    {
        var (mine, taken) = (await portal.HireAsync(Cancel), await portal.HireAsync(Cancel));
        using var browser = await SignedInAsync(mine);

        using var free = await AskAsync(browser, Address("free"));
        using var answer = await AskAsync(browser, taken);

        Assert.Equal(
            (await RunningPortal.WordsAsync(free, Cancel)).Replace(Address("free"), "", StringComparison.Ordinal),
            (await RunningPortal.WordsAsync(answer, Cancel)).Replace(taken, "", StringComparison.Ordinal));
        await using var db = portal.OpenDatabase();
        var me = (await db.Users.SingleAsync(user => user.Email == mine, Cancel)).Id;
        var links = await db.StaffLinks.Where(link => link.UserId == me).Select(link => link.Id).ToListAsync(Cancel);
        string[] keys = [.. links.Select(id => $"link:{id:N}")];
        Assert.Equal(1, await db.Letters.CountAsync(letter => letter.Kind == LetterKind.EmailConfirm && keys.Contains(letter.Key), Cancel));
        Assert.Equal(2, links.Count);
    }

    [Fact]
    public async Task Email_WrongPassword_SendsNothing()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = await SignedInAsync(email);

        using var refused = await RunningPortal.SubmitAsync(browser, FrameUrls.ChangeEmail, "email", Cancel, ("Form.Email", Address()), ("Form.Password", "not the password"));

        Assert.Contains("введён неверно", await RunningPortal.WordsAsync(refused, Cancel), StringComparison.Ordinal);
        await using var db = portal.OpenDatabase();
        Assert.False(await db.StaffLinks.AnyAsync(link => db.Users.Any(user => user.Id == link.UserId && user.Email == email), Cancel));
    }

    [Fact]
    public async Task Email_NewPasswordMeanwhile_MakesTheRequestVoid()
    {
        var (old, fresh) = (await portal.HireAsync(Cancel), Address());
        using var browser = await SignedInAsync(old);
        using (await AskAsync(browser, fresh))
        {
        }

        var link = await portal.LinkAsync(fresh, Cancel);
        using (await RunningPortal.SubmitAsync(
            browser, FrameUrls.ChangePassword, "password", Cancel, ("Form.Present", RunningPortal.Password), ("Form.Password", "plum tractor singing"), ("Form.Again", "plum tractor singing")))
        {
        }

        using var page = await browser.GetAsync(link, Cancel);

        Assert.Contains("Ссылка недействительна", await RunningPortal.WordsAsync(page, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Device_NewOne_IsToldByLetterAndTheFirstAndTheKnownAreNot()
    {
        var email = await portal.HireAsync(Cancel);
        using var usual = portal.OpenBrowser();
        using var foreign = portal.OpenBrowser();
        foreign.DefaultRequestHeaders.Remove("User-Agent");
        foreign.DefaultRequestHeaders.Add("User-Agent", "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140 Safari/537.36");

        foreach (var browser in new[] { usual, usual, foreign, foreign, usual })
        {
            using var signedIn = await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel);
            Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
            using var page = await browser.GetAsync(FrameUrls.ChangePassword, Cancel);
            using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", RunningPortal.TokenOf(await page.Content.ReadAsStringAsync(Cancel)))]);
            using var signedOut = await browser.PostAsync(FrameUrls.SignOut, form, Cancel);
            Assert.Equal(HttpStatusCode.Redirect, signedOut.StatusCode);
        }

        var letter = await portal.Mail.NextAsync(email, Cancel);
        Assert.Equal("Вход в AssistPortal с нового устройства", letter.Subject);
        Assert.Contains("Chrome, Windows", letter.TextBody, StringComparison.Ordinal);
        await using var db = portal.OpenDatabase();
        var id = (await db.Users.SingleAsync(user => user.Email == email, Cancel)).Id;
        Assert.Equal(2, await db.StaffDevices.CountAsync(device => device.UserId == id, Cancel));
        Assert.Equal(1, await db.Audit.CountAsync(entry => entry.UserId == id && entry.Event == Core.Audit.AuditEvents.NewDevice, Cancel));
    }

    private static string Address(string? name = null) => $"{name ?? Guid.CreateVersion7().ToString("N")}@new.test";

    private async Task<HttpClient> SignedInAsync(string email)
    {
        var browser = portal.OpenBrowser();
        using var answer = await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient browser, string fresh) =>
        RunningPortal.SubmitAsync(browser, FrameUrls.ChangeEmail, "email", Cancel, ("Form.Email", fresh), ("Form.Password", RunningPortal.Password));
}
