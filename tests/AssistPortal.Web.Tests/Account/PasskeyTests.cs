using System.Net;
using System.Net.Http.Json;
using AssistPortal.Core.Sessions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Web.Tests.Account;

/// <summary>The doors that passkeys' scripts knock at. The right answers are the browser's to give: the journey in EndToEnd tells of them.</summary>
public sealed class PasskeyTests(RunningPortal portal) : IClassFixture<RunningPortal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/ask")]
    [InlineData("/prove")]
    [InlineData("/make")]
    [InlineData("/add")]
    public async Task Call_WithoutThePagesToken_IsRefused(string path)
    {
        var (_, cookie) = await SignInAsync();
        using var browser = portal.OpenBrowser(cookie);

        using var answer = await browser.PostAsJsonAsync(FrameUrls.Passkey + path, new { }, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/prove")]
    [InlineData("/make")]
    [InlineData("/add")]
    public async Task Call_OfNobody_IsRefused(string path)
    {
        using var browser = portal.OpenBrowser();

        using var answer = await browser.PostAsJsonAsync(FrameUrls.Passkey + path, new { }, Cancel);

        Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized, $"{answer.StatusCode}");
    }

    [Fact]
    public async Task Prove_WithAnAnswerThatIsNone_EndsTheSessionAtTheFifth()
    {
        var (email, cookie) = await SignInAsync();
        var words = new List<string?>();
        foreach (var credential in new[] { "", "{}", "no json", """{"id":"AA"}""", "{}" })
        {
            using var answer = await portal.AskAsync(FrameUrls.Passkey + "/prove", cookie, email, new { credential }, Cancel);
            words.Add(await answer.Content.ReadFromJsonAsync<string>(Cancel));
        }

        Assert.Equal(["Wrong", "Wrong", "Wrong", "Wrong", "SessionOver"], words);
        await using var db = portal.OpenDatabase();
        var session = await db.Sessions.SingleAsync(session => db.Users.Any(user => user.Id == session.UserId && user.Email == email), Cancel);
        Assert.Equal((SessionEnd.WrongProofs, null), (session.EndedWhy, session.ProvenAt));
    }

    [Fact]
    public async Task Add_WithAnAnswerThatIsNone_AddsNothing()
    {
        var (email, cookie) = await SignInAsync();

        using var answer = await portal.AskAsync(FrameUrls.Passkey + "/add", cookie, email, new { credential = "{}", name = "x" }, Cancel);

        Assert.Equal("Refused", await answer.Content.ReadFromJsonAsync<string>(Cancel));
        await using var db = portal.OpenDatabase();
        Assert.False(await db.UserPasskeys.AnyAsync(Cancel));
    }

    private async Task<(string Email, string Cookie)> SignInAsync()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        using var answer = await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel);
        return (email, RunningPortal.SessionCookie(answer));
    }
}
