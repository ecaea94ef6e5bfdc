using System.Net;
using AssistPortal.Core.Sessions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Web.Tests.Account;

/// <summary>The cookie only names a session; the row in the database decides whether it still opens a door.</summary>
public sealed class SessionTests(RunningPortal portal) : IClassFixture<RunningPortal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_InABrowserThatHadASession_EndsThatOneAndMakesAnother()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        var planted = await SignInAsync(browser, email);

        using var answer = await portal.PostAsync(
            FrameUrls.SignIn, planted, email, Cancel, new("_handler", "signin"), new("Form.Email", email), new("Form.Password", RunningPortal.Password));
        var own = RunningPortal.SessionCookie(answer);

        Assert.NotEqual(planted, own);
        Assert.Equal(HttpStatusCode.Redirect, await OrdersAsync(planted));
        Assert.Equal(HttpStatusCode.OK, await OrdersAsync(own));
        var sessions = await SessionsAsync(email);
        Assert.Equal([SessionEnd.Replaced, null], sessions.Select(session => session.EndedWhy));
        Assert.Equal("tests", sessions[0].UserAgent);
        Assert.StartsWith("10.0.0.", sessions[0].Ip, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_CopiedCookie_OpensNothingAnyMore()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        var cookie = await SignInAsync(browser, email);
        Assert.Equal(HttpStatusCode.OK, await OrdersAsync(cookie));

        using (await portal.PostAsync(FrameUrls.SignOut, cookie, email, Cancel))
        {
        }

        Assert.Equal(HttpStatusCode.Redirect, await OrdersAsync(cookie));
        Assert.Equal(SessionEnd.SignedOut, Assert.Single(await SessionsAsync(email)).EndedWhy);
    }

    [Theory]
    [InlineData(7, 7.9, HttpStatusCode.OK)]
    [InlineData(10, 8.1, HttpStatusCode.Redirect)]
    [InlineData(23.9, 0.1, HttpStatusCode.OK)]
    [InlineData(24.1, 0.1, HttpStatusCode.Redirect)]
    public async Task Session_IdleOrOld_IsOver(double startedHoursAgo, double seenHoursAgo, HttpStatusCode expected)
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        var cookie = await SignInAsync(browser, email);
        var now = TimeProvider.System.GetUtcNow();
        await using (var db = portal.OpenDatabase())
        {
            var (started, seen) = (now.AddHours(-startedHoursAgo), now.AddHours(-seenHoursAgo));
            await Of(db, email).ExecuteUpdateAsync(set => set.SetProperty(session => session.StartedAt, started).SetProperty(session => session.LastSeenAt, seen), Cancel);
        }

        Assert.Equal(expected, await OrdersAsync(cookie));
        var after = Assert.Single(await SessionsAsync(email)).LastSeenAt;
        Assert.Equal(expected == HttpStatusCode.OK, after >= now);
    }

    [Fact]
    public async Task Session_PasswordChangedElsewhere_IsOver()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        var cookie = await SignInAsync(browser, email);
        await using (var db = portal.OpenDatabase())
        {
            await db.Users.Where(user => user.Email == email).ExecuteUpdateAsync(set => set.SetProperty(user => user.SecurityStamp, "another"), Cancel);
        }

        Assert.Equal(HttpStatusCode.Redirect, await OrdersAsync(cookie));
    }

    [Theory]
    [InlineData("/_blazor/disconnect", HttpStatusCode.BadRequest)]
    [InlineData("/_blazor/negotiate?negotiateVersion=1", HttpStatusCode.Unauthorized)]
    public async Task Circuit_OfNobody_MayOnlyEnd(string address, HttpStatusCode expected)
    {
        using var browser = portal.OpenBrowser();
        using var form = new MultipartFormDataContent { { new StringContent("no circuit"), "circuitId" } };

        using var answer = await browser.PostAsync(address, form, Cancel);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Session_OfSomebodyElse_IsNotTaken()
    {
        var (anna, boris) = (await portal.HireAsync(Cancel), await portal.HireAsync(Cancel));
        using var browser = portal.OpenBrowser();
        var cookie = await SignInAsync(browser, anna);
        await using (var db = portal.OpenDatabase())
        {
            // The row now is another person's, as if a number had been guessed into a cookie.
            var other = await db.Users.Where(user => user.Email == boris).Select(user => user.Id).SingleAsync(Cancel);
            await Of(db, anna).ExecuteUpdateAsync(set => set.SetProperty(session => session.UserId, other), Cancel);
        }

        Assert.Equal(HttpStatusCode.Redirect, await OrdersAsync(cookie));
    }

    private static async Task<string> SignInAsync(HttpClient browser, string email)
    {
        using var answer = await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel);
        if (answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.TryGetValues("Set-Cookie", out _))
        {
            return RunningPortal.SessionCookie(answer);
        }

        throw new InvalidOperationException("Not signed in.");
    }

    private async Task<HttpStatusCode> OrdersAsync(string cookie)
    {
        using var stranger = portal.OpenBrowser(cookie);
        using var answer = await stranger.GetAsync("/orders", Cancel);
        return answer.StatusCode;
    }

    private async Task<List<StaffSession>> SessionsAsync(string email)
    {
        await using var db = portal.OpenDatabase();
        return await Of(db, email).OrderBy(session => session.Id).ToListAsync(Cancel);
    }

    private static IQueryable<StaffSession> Of(Core.Data.PortalDbContext db, string email) =>
        db.Sessions.AsNoTracking().Where(session => db.Users.Any(user => user.Id == session.UserId && user.Email == email));
}
