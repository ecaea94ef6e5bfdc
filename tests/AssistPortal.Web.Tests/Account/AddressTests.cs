using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace AssistPortal.Web.Tests.Account;

public sealed partial class AddressTests(RunningPortal portal) : IClassFixture<RunningPortal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("orders", false)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("/orders\r\nSet-Cookie: a=b", false)]
    [InlineData("/", true)]
    [InlineData("/orders?number=1%252", true)]
    public void Address_ToBeSentTo_IsLocalOrRefused(string? url, bool isLocal) => Assert.Equal(isLocal, FrameUrls.IsLocal(url));

    [Fact]
    public async Task Pages_EveryScript_IsAFileOfThePortal()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        using (await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel))
        {
        }

        using var page = await browser.GetAsync("/orders", Cancel);
        var html = await page.Content.ReadAsStringAsync(Cancel);

        Assert.Matches(InlineScript(), "<script>x</script>");
        Assert.DoesNotMatch(InlineScript(), html);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Culture_Chosen_IsKeptAndSpoken()
    {
        using var browser = portal.OpenBrowser();

        using var answer = await browser.GetAsync(FrameUrls.SetCulture("en-US", "/account/signin"), Cancel);
        var page = await browser.GetStringAsync(FrameUrls.SignIn, Cancel);

        Assert.Equal("/account/signin", answer.Headers.Location?.OriginalString);
        Assert.Contains("""<html lang="en""", page, StringComparison.Ordinal);
        Assert.Contains("Sign in", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Culture_UnknownOrForeignReturn_ChangesNothingAndLeadsHome()
    {
        using var browser = portal.OpenBrowser();

        using var answer = await browser.GetAsync(FrameUrls.SetCulture("xx", "//evil.example"), Cancel);

        Assert.Equal("/", answer.Headers.Location?.OriginalString);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Page_UnknownAddress_SaysSo()
    {
        var email = await portal.HireAsync(Cancel);
        using var browser = portal.OpenBrowser();
        using (await RunningPortal.SignInAsync(browser, email, RunningPortal.Password, Cancel))
        {
        }

        using var answer = await browser.GetAsync("/no/such/page", Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Такой страницы нет", await RunningPortal.WordsAsync(answer, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_GatewaySilent_IsReadyButDegradedAndTellsNoSecret()
    {
        using var browser = portal.OpenBrowser();

        var live = await browser.GetStringAsync(FrameUrls.Live, Cancel);
        using var ready = await browser.GetAsync(FrameUrls.Ready, Cancel);
        var body = await ready.Content.ReadAsStringAsync(Cancel);

        Assert.Contains("Healthy", live, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Contains("Degraded", body, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Data Source", body, StringComparison.Ordinal);
    }

    [GeneratedRegex("<script(?![^>]*\\ssrc=)")]
    private static partial Regex InlineScript();
}
