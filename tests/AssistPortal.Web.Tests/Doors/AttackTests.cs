using System.Net;
using System.Text;
using AssistPortal.Core.Staff;
using AssistPortal.Web.Tests.Account;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Web.Tests.Doors;

/// <summary>What people try at a web application's doors, over real HTTP.</summary>
public sealed class AttackTests(RunningPortal portal) : IClassFixture<RunningPortal>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("account/signin")]
    [InlineData("orders")]
    [InlineData("no-such-page")]
    [InlineData("orders/export?format=exe")]
    [InlineData("health/live")]
    [InlineData("assets/logo.svg")]
    public async Task Headers_OfEveryAnswer_AreStrict(string address)
    {
        using var browser = await EnterAsync(StaffRole.Owner);

        using var answer = await browser.GetAsync(address, Token);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task SessionFixation_CookieFromBefore_IsNotTheSessionAfterwards()
    {
        var email = await portal.HireAsync(StaffRole.Operator, Token);
        using var planted = portal.OpenBrowser("portal.session=planted-by-an-attacker");

        using var answer = await RunningPortal.SignInAsync(portal.OpenBrowser(), email, RunningPortal.Password, Token);

        Assert.NotEqual("portal.session=planted-by-an-attacker", RunningPortal.SessionCookie(answer));
        using var refused = await planted.GetAsync("orders", Token);
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
        var cookie = answer.Headers.GetValues("Set-Cookie").Last(cookie => cookie.StartsWith("portal.session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("account/signin")]
    [InlineData("account/signout")]
    public async Task Csrf_PostFromAForeignPage_IsRefused(string address)
    {
        using var browser = await EnterAsync(StaffRole.Operator);
        using var form = new FormUrlEncodedContent([new("_handler", "signin"), new("Form.Email", "a@example.test"), new("Form.Password", "b")]);

        using var answer = await browser.PostAsync(address, form, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var still = await browser.GetAsync("orders", Token);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task MassAssignment_FieldsOfThePersonInTheForm_ChangeNothing()
    {
        var email = await portal.HireAsync(StaffRole.Support, Token);
        using var browser = portal.OpenBrowser();
        var page = await browser.GetStringAsync(FrameUrls.SignIn, Token);
        using var form = new FormUrlEncodedContent(
        [
            new("_handler", "signin"), new("__RequestVerificationToken", RunningPortal.TokenOf(page)), new("Form.Email", email), new("Form.Password", RunningPortal.Password),
            new("Form.Role", "3"), new("Form.IsDismissed", "false"), new("Form.Assignments[0].Role", "3"), new("Posted.Role", "Owner"), new("Form.DisplayName", "Владелец"),
        ]);

        using var answer = await browser.PostAsync(FrameUrls.SignIn, form, Token);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await using var db = portal.OpenDatabase();
        var person = await db.Users.Include(user => user.Assignments).SingleAsync(user => user.Email == email, Token);
        Assert.Equal(("Анна Петрова", StaffRole.Support), (person.DisplayName, Assert.Single(person.Assignments).Role));
    }

    [Theory]
    [InlineData("assets/..%2f..%2fappsettings.json")]
    [InlineData("assets/%2e%2e/%2e%2e/appsettings.json")]
    [InlineData("assets/....//....//appsettings.json")]
    [InlineData("assets/..%5c..%5cappsettings.json")]
    [InlineData("_content/MudBlazor/..%2f..%2f..%2fAssistPortal.Web.dll")]
    [InlineData("assets/css/app.css%00.json")]
    public async Task PathTraversal_OutOfTheFiles_FindsNothing(string address)
    {
        using var browser = await EnterAsync(StaffRole.Owner);

        using var answer = await browser.GetAsync(new Uri($"{portal.Url}{address}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }), Token);

        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{address}: {answer.StatusCode}");
        Assert.DoesNotContain("ConnectionString", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("account/signin?returnUrl=%2Forders%0D%0ASet-Cookie%3A%20planted%3D1")]
    [InlineData("culture?culture=en-US&returnUrl=%2Forders%0D%0ASet-Cookie%3A%20planted%3D1")]
    [InlineData("culture?culture=en-US%0D%0ASet-Cookie%3A%20planted%3D1&returnUrl=%2F")]
    [InlineData("orders/export?format=csv&number=%0D%0ASet-Cookie%3A%20planted%3D1")]
    public async Task HeaderInjection_LineBreaksInParameters_MakeNoHeader(string address)
    {
        using var browser = await EnterAsync(StaffRole.Owner);

        using var answer = await browser.GetAsync(address, Token);

        Assert.True((int)answer.StatusCode < 500);
        Assert.DoesNotContain(answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], cookie => cookie.StartsWith("planted", StringComparison.Ordinal));
        Assert.DoesNotContain("planted", answer.Headers.Location?.ToString() ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("' OR '1'='1")]
    [InlineData("%' OR 1=1 --")]
    [InlineData("1; DROP TABLE \"Orders\"; --")]
    [InlineData("\\")]
    public async Task SqlInjection_ThroughEveryFilter_FindsNothingAndBreaksNothing(string text)
    {
        using var browser = await EnterAsync(StaffRole.Owner);
        var typed = Uri.EscapeDataString(text);
        foreach (var name in (string[])["number", "customer", "card", "bill", "state", "merchant", "sort", "min", "from", "page"])
        {
            using var answer = await browser.GetAsync($"orders/export?format=csv&{name}={typed}", Token);

            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{name}={text}: {answer.StatusCode}");
        }

        await using var db = portal.OpenDatabase();
        Assert.True(await db.Orders.CountAsync(Token) >= 0);
    }

    [Fact]
    public async Task Request_TooBig_IsRefusedBeforeItIsRead()
    {
        using var browser = portal.OpenBrowser();
        using var body = new StringContent(new string('a', 2 * 1024 * 1024), Encoding.UTF8, "application/x-www-form-urlencoded");

        using var answer = await browser.PostAsync(FrameUrls.SignIn, body, Token);

        Assert.True(answer.StatusCode is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest, answer.StatusCode.ToString());
    }

    [Fact]
    public async Task BruteForce_ManyPasswordsForOneAccount_CloseItForTheRightOneToo()
    {
        var email = await portal.HireAsync(StaffRole.Operator, Token);
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await RunningPortal.SignInAsync(portal.OpenBrowser(), email, $"wrong-password-{i}", Token);
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        }

        using var right = await RunningPortal.SignInAsync(portal.OpenBrowser(), email, RunningPortal.Password, Token);

        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.False(right.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("portal.session=", StringComparison.Ordinal)));
    }

    private async Task<HttpClient> EnterAsync(StaffRole role)
    {
        var browser = portal.OpenBrowser();
        using var answer = await RunningPortal.SignInAsync(browser, await portal.HireAsync(role, Token), RunningPortal.Password, Token);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }
}
