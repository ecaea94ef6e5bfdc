using System.Net;
using System.Text.RegularExpressions;
using AssistPortal.Core.Audit;
using AssistPortal.Core.Sessions;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using Xunit;

namespace AssistPortal.Web.Tests.Account;

/// <summary>A portal whose operators must have a second factor.</summary>
public sealed class StrictPortal : RunningPortal
{
    protected override bool SecondFactorRequired => true;
}

/// <summary>Authenticator and recovery codes over HTTP; the authenticator is another library's.</summary>
public sealed partial class SecondFactorTests(StrictPortal portal) : IClassFixture<StrictPortal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_FactorDemandedAndMissing_LeadsToEnrolmentAndNowhereElse()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();

        using var answer = await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel, "/actions");

        Assert.Equal(FrameUrls.Step(FrameUrls.Authenticator, "/actions"), Local(answer));
        foreach (var address in new[] { "/orders", "/actions", "/orders/export?format=csv", FrameUrls.Security, FrameUrls.Here })
        {
            using var page = await browser.GetAsync(address, Cancel);
            Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        }

        Assert.Empty(await SessionsAsync(email));
    }

    [Fact]
    public async Task Enrolment_RightCode_ShowsTenRecoveryCodesAndSignsIn()
    {
        var person = await EnrolAsync();

        Assert.Equal(10, person.Recovery.Count);
        Assert.All(person.Recovery, code => Assert.Matches("^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$", code));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(person.Browser, "/orders"));
        Assert.NotNull(Assert.Single(await SessionsAsync(person.Email)).ProvenAt);
        await using var db = portal.OpenDatabase();
        var stored = await db.Authenticators.SingleAsync(authenticator => db.Users.Any(user => user.Id == authenticator.UserId && user.Email == person.Email), Cancel);
        Assert.DoesNotContain(Convert.ToHexString(person.Key), stored.SealedKey, StringComparison.OrdinalIgnoreCase);
        var plain = person.Recovery.Select(code => code.Replace("-", "", StringComparison.Ordinal)).ToList();
        Assert.False(await db.RecoveryCodes.AnyAsync(code => plain.Contains(code.Hash), Cancel));
    }

    [Fact]
    public async Task Enrolment_WrongCode_KeepsTheSameKeyAndAddsNothing()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        using (await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel))
        {
        }

        var page = await browser.GetStringAsync(FrameUrls.Authenticator, Cancel);
        var again = await PostAsync(browser, FrameUrls.Authenticator, "authenticator", page, ("Seal", Seal(page)), ("Code", "000000"));

        Assert.Contains("Код не подошёл", await RunningPortal.WordsAsync(again, Cancel), StringComparison.Ordinal);
        Assert.Equal(Key(page), Key(await again.Content.ReadAsStringAsync(Cancel)));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(browser, "/orders"));
        await using var db = portal.OpenDatabase();
        Assert.False(await db.Authenticators.AnyAsync(authenticator => db.Users.Any(user => user.Id == authenticator.UserId && user.Email == email), Cancel));
    }

    [Fact]
    public async Task Enrolment_SealOfSomebodyElse_IsNotTaken()
    {
        var (anna, boris) = (await portal.HireAsync(Cancel), await portal.HireAsync(Cancel));
        using var hers = portal.OpenBrowser();
        using var his = portal.OpenBrowser();
        using (await RunningPortal.SignInAsync(hers, anna, RunningPortal.Password, Cancel))
        using (await RunningPortal.SignInAsync(his, boris, RunningPortal.Password, Cancel))
        {
        }

        var known = await hers.GetStringAsync(FrameUrls.Authenticator, Cancel);
        var page = await his.GetStringAsync(FrameUrls.Authenticator, Cancel);
        using var answer = await PostAsync(his, FrameUrls.Authenticator, "authenticator", page, ("Seal", Seal(known)), ("Code", Code(Key(known))));

        Assert.Contains("Прошло слишком много времени", await RunningPortal.WordsAsync(answer, Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(his, "/orders"));
    }

    [Fact]
    public async Task SecondStep_RightCode_OpensTheDoorOnceAndNeverAgain()
    {
        var person = await EnrolAsync();
        var code = Code(person.Key, 0);

        using var browser = portal.OpenBrowser();
        using var first = await SecondAsync(browser, person.Email, code, "/orders?state=Delayed");
        using var elsewhere = portal.OpenBrowser();
        using var second = await SecondAsync(elsewhere, person.Email, code);
        using var before = await SecondAsync(elsewhere, person.Email, Code(person.Key, -1));

        Assert.Equal("/orders?state=Delayed", Local(first));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/orders"));
        foreach (var refused in new[] { second, before })
        {
            Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
            Assert.Contains("Код не подошёл", await RunningPortal.WordsAsync(refused, Cancel), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(elsewhere, "/orders"));
    }

    [Fact]
    public async Task SecondStep_RecoveryCode_OpensTheDoorOnce()
    {
        var person = await EnrolAsync();

        using var browser = portal.OpenBrowser();
        using var first = await SecondAsync(browser, person.Email, person.Recovery[3].ToLowerInvariant().Replace('-', ' '));
        using var elsewhere = portal.OpenBrowser();
        using var second = await SecondAsync(elsewhere, person.Email, person.Recovery[3]);
        using var another = await SecondAsync(elsewhere, person.Email, person.Recovery[4]);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/orders"));
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, another.StatusCode);
    }

    [Fact]
    public async Task SecondStep_FiveWrongCodes_CloseTheAccountEvenWithThePasswordTypedInBetween()
    {
        var person = await EnrolAsync();
        for (var time = 0; time < 5; time++)
        {
            // The password is typed anew each time: that must not forgive the wrong codes before.
            using var attacker = portal.OpenBrowser();
            using var answer = await SecondAsync(attacker, person.Email, "000000");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var browser = portal.OpenBrowser();
        using var refused = await RunningPortal.SignInAsync(browser, person.Email, RunningPortal.Password, Cancel);

        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Contains("Войти не получилось", await RunningPortal.WordsAsync(refused, Cancel), StringComparison.Ordinal);
        await using var db = portal.OpenDatabase();
        Assert.Equal(
            ["wrong code", "wrong code", "wrong code", "wrong code", "wrong code, locked out now"],
            await db.Audit.Where(entry => entry.Event == AuditEvents.SignIn && entry.Details!.StartsWith("wrong code") && db.Users.Any(user => user.Id == entry.UserId && user.Email == person.Email))
                .OrderBy(entry => entry.Seq).Select(entry => entry.Details!).ToListAsync(Cancel));
    }

    [Fact]
    public async Task SecondStep_ManyTriesFromOneAddress_HaveToWait()
    {
        var people = new[] { await EnrolAsync(), await EnrolAsync(), await EnrolAsync() };
        using var browser = portal.OpenBrowser();
        var answers = new List<HttpStatusCode>();
        for (var time = 0; time < 6; time++)
        {
            using var answer = await SecondAsync(browser, people[time % 3].Email, "000000");
            answers.Add(answer.StatusCode);
        }

        // Password and code each count as a try: the tenth is the last.
        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.OK, 5), HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task SecondStep_WithoutAPasswordBefore_LeadsToTheBeginning()
    {
        using var browser = portal.OpenBrowser();

        using var answer = await browser.GetAsync(FrameUrls.SecondFactor, Cancel);

        Assert.Equal(FrameUrls.SignIn, Local(answer));
    }

    [Fact]
    public async Task Authenticator_OfAPersonWhoHasOne_IsNotReplacedByPasswordAlone()
    {
        var person = await EnrolAsync();
        using var browser = portal.OpenBrowser();
        using (await RunningPortal.SignInAsync(browser, person.Email, RunningPortal.Password, Cancel))
        {
        }

        using var pending = await browser.GetAsync(FrameUrls.Authenticator, Cancel);
        await using (var db = portal.OpenDatabase())
        {
            // An open session whose proof is older than five minutes.
            var old = TimeProvider.System.GetUtcNow().AddMinutes(-6);
            await db.Sessions.Where(session => db.Users.Any(user => user.Id == session.UserId && user.Email == person.Email))
                .ExecuteUpdateAsync(set => set.SetProperty(session => session.ProvenAt, old), Cancel);
        }

        using var unproven = await person.Browser.GetAsync(FrameUrls.Authenticator, Cancel);

        Assert.Equal(FrameUrls.SignIn, Local(pending));
        Assert.Equal(FrameUrls.Security, Local(unproven));
    }

    private sealed record Person(string Email, HttpClient Browser, byte[] Key, IReadOnlyList<string> Recovery);

    // With the code of the step before, so that two more are left.
    private async Task<Person> EnrolAsync()
    {
        var email = await portal.HireAsync(Cancel);
        var browser = portal.OpenBrowser();
        using (await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel))
        {
        }

        var page = await browser.GetStringAsync(FrameUrls.Authenticator, Cancel);
        using var answer = await PostAsync(browser, FrameUrls.Authenticator, "authenticator", page, ("Seal", Seal(page)), ("Code", Code(Key(page), -1)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var codes = Recovery().Matches(await answer.Content.ReadAsStringAsync(Cancel)).Select(match => match.Groups[1].Value).ToList();
        return new Person(email, browser, Key(page), codes);
    }

    private static async Task<HttpResponseMessage> SecondAsync(HttpClient browser, string email, string code, string? returnUrl = null)
    {
        using var password = await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel, returnUrl);
        if (password.StatusCode != HttpStatusCode.Redirect)
        {
            return new HttpResponseMessage(password.StatusCode);
        }

        var address = FrameUrls.Step(FrameUrls.SecondFactor, returnUrl);
        return await PostAsync(browser, address, "second", await browser.GetStringAsync(address, Cancel), ("Code", code));
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string address, string handler, string page, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("_handler", handler),
            new("__RequestVerificationToken", RunningPortal.TokenOf(page)),
            .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
        ]);
        return await browser.PostAsync(address, form, Cancel);
    }

    private static string Code(byte[] key, int steps = 0) => new Totp(key).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30 * steps));

    private static byte[] Key(string page) => Base32Encoding.ToBytes(KeyText().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal));

    private static string Seal(string page) => SealText().Match(page).Groups[1].Value;

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, string address)
    {
        using var answer = await browser.GetAsync(address, Cancel);
        return answer.StatusCode;
    }

    private async Task<List<StaffSession>> SessionsAsync(string email)
    {
        await using var db = portal.OpenDatabase();
        return await db.Sessions.Where(session => db.Users.Any(user => user.Id == session.UserId && user.Email == email)).ToListAsync(Cancel);
    }

    private string Local(HttpResponseMessage answer) => new Uri(portal.Url, answer.Headers.Location!).PathAndQuery;

    [GeneratedRegex("""<code id="authenticator-key"[^>]*>([^<]+)""")]
    private static partial Regex KeyText();

    [GeneratedRegex("""name="Seal" value="([^"]+)""")]
    private static partial Regex SealText();

    [GeneratedRegex("""<li[^>]*>([A-Z2-7]{4}-[A-Z2-7-]+)</li>""")]
    private static partial Regex Recovery();
}
