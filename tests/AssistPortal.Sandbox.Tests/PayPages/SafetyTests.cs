using System.Net;

namespace AssistPortal.Sandbox.Tests.PayPages;

/// <summary>What the pages keep out, and what they keep to themselves.</summary>
public sealed class SafetyTests
{
    private const string RealCard = "4012888888881881";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RealCardNumber_Entered_IsRefusedInWordsAndNowhereLeft()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(sandbox, RunningSandbox.OneStage);

        await buyer.PayAsync(RealCard, cvc: "987");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, buyer.Status);
        Assert.Contains("Настоящие карты здесь не принимаются", buyer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(RealCard, buyer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("987", buyer.Page, StringComparison.Ordinal);
        Assert.Empty((await sandbox.TruthAsync(buyer.Billnumber)).GetProperty("operations").EnumerateArray());
        await AssertNotOnDiskAsync(sandbox, RealCard);
    }

    [Fact]
    public async Task TestCard_Paid_LeavesNeitherNumberNorCodeOnDisk()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(
            sandbox, RunningSandbox.Both, ("OrderMaxPoints", "50"), ("Checkvalue", PaymentTests.Seal("900003;A-1;100.00;RUB;50")));

        await buyer.PayAsync("4276000000000009", holder: "MARIA IVANOVA");
        Assert.Contains("427600****0009", buyer.Page, StringComparison.Ordinal);

        await AssertNotOnDiskAsync(sandbox, "4276000000000009");
    }

    [Theory]
    [InlineData("1111", "12/30", "123", "A B", "cardnumber")]
    [InlineData("4111111111111112", "12/30", "123", "A B", "cardnumber")]
    [InlineData("4111111111111111", "13/30", "123", "A B", "expiry")]
    [InlineData("4111111111111111", "01/20", "123", "A B", "expiry")]
    [InlineData("4111111111111111", "12/30", "12", "A B", "cvc2")]
    [InlineData("4111111111111111", "12/30", "123", "Мария", "cardholder")]
    public async Task CardForm_WrongField_IsNamedAndNothingIsTried(string number, string expiry, string cvc, string holder, string field)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(sandbox, RunningSandbox.OneStage);

        await buyer.PayAsync(number, expiry, cvc, holder);

        Assert.Contains($"<a href=\"#{field}\">", buyer.Page, StringComparison.Ordinal);
        Assert.Contains($"id=\"{field}-error\"", buyer.Page, StringComparison.Ordinal);
        Assert.Empty((await sandbox.TruthAsync(buyer.Billnumber)).GetProperty("operations").EnumerateArray());
    }

    [Fact]
    public async Task HostileText_InEveryFieldShown_StaysText()
    {
        const string hostile = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'&lt;b&gt;";
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = new Buyer(sandbox);
        await buyer.OpenAsync(
            RunningSandbox.OneStage, ("OrderNumber", hostile), ("OrderComment", hostile), ("Lastname", hostile[..60]), ("URL_RETURN", "https://shop.example/?a=\"><script>"));
        AssertHarmless(buyer.Page);

        await buyer.SubmitAsync("customer", ("lastname", hostile), ("firstname", hostile), ("email", hostile));
        AssertHarmless(buyer.Page);
        await buyer.SubmitAsync("customer", ("lastname", "Ким"), ("firstname", "Анна"), ("email", "kim@example.com"));
        await buyer.PayAsync(hostile, hostile, hostile, hostile);
        AssertHarmless(buyer.Page);
        await buyer.LoadAsync($"/pay/pay.cfm?CFSID={Uri.EscapeDataString(buyer.Cfsid)}&means={Uri.EscapeDataString(hostile)}&card={Uri.EscapeDataString(hostile)}");
        AssertHarmless(buyer.Page);
        await buyer.SubmitAsync("giveup");
        AssertHarmless(buyer.Page);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded; charset=nosuch", "a=b")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnever ends")]
    [InlineData("application/json", "{")]
    [InlineData("text/xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")]
    [InlineData("application/x-www-form-urlencoded", "CFSID=%FF%FE%00&step=99999999999999999999&CFSID=x")]
    public async Task BrokenForm_Anywhere_IsAnsweredWithoutA500(string type, string body)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        string[] pages = ["pay/order", "pay/payrequest", "pay/customer", "pay/card", "pay/points", "pay/challenge", "pay/other", "pay/giveup"];

        foreach (var path in pages.Select(page => $"/{page}.cfm").Concat(["/shop/order", "/shop/push"]))
        {
            using var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body));
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            using var response = await sandbox.Http.PostAsync(path, content, Token);

            Assert.True((int)response.StatusCode < 500, $"{path} answered {response.StatusCode}");
            Assert.DoesNotContain("   at ", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pages_Always_CarryStrictHeaders()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        using var response = await sandbox.Http.GetAsync("/pay/pay.cfm?CFSID=x", Token);

        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("same-origin", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("https://shop.example/ok?x=1#top", null, null, true, "https://shop.example/ok?x=1&amp;billnumber=BILL&amp;ordernumber=A-1#top")]
    [InlineData(null, "https://shop.example/no", "https://shop.example/any", true, "https://shop.example/any?billnumber=BILL&amp;ordernumber=A-1")]
    [InlineData("https://shop.example/ok", "http://shop.example/no", null, false, "http://shop.example/no?billnumber=BILL&amp;ordernumber=A-1")]
    [InlineData("https://shop.example/ok", null, null, false, null)]
    public async Task ReturnAddress_OfTheOutcome_CarriesBothNumbers(string? ok, string? no, string? any, bool pays, string? expected)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(
            sandbox, RunningSandbox.OneStage, ("URL_RETURN_OK", ok ?? ""), ("URL_RETURN_NO", no ?? ""), ("URL_RETURN", any ?? ""));

        await (pays ? buyer.PayAsync("5555555555554444") : buyer.SubmitAsync("giveup"));

        if (expected is null)
        {
            Assert.DoesNotContain("shop.example", buyer.Page, StringComparison.Ordinal);
            return;
        }

        var address = expected.Replace("BILL", buyer.Billnumber, StringComparison.Ordinal);
        Assert.Contains($"<a class=\"pay\" href=\"{address}\">", buyer.Page, StringComparison.Ordinal);
        Assert.Contains($"content=\"10;url={address}\"", buyer.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Language_Switched_StaysForTheVisit()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(sandbox, RunningSandbox.OneStage);

        await buyer.LoadAsync(buyer.Address + "&Language=EN");
        await buyer.SubmitAsync("giveup");

        Assert.Contains("<html lang=\"en\">", buyer.Page, StringComparison.Ordinal);
        Assert.Contains("<h1>Not paid</h1>", buyer.Page, StringComparison.Ordinal);
    }

    private static void AssertHarmless(string page)
    {
        Assert.Contains("</html>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\">'", page, StringComparison.Ordinal);
    }

    private static async Task AssertNotOnDiskAsync(RunningSandbox sandbox, string text)
    {
        foreach (var file in Directory.GetFiles(sandbox.Folder))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, Token);
            Assert.Equal(-1, bytes.ToArray().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)));
        }
    }
}
