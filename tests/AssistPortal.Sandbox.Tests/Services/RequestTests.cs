using System.Net;
using System.Text;
using System.Text.Json;

namespace AssistPortal.Sandbox.Tests.Services;

public sealed class RequestTests
{
    [Fact]
    public async Task Request_WithNamesInAnyCaseAndUnknownOnes_IsUnderstood()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.OneStage, "1", "A-1");

        using var response = await sandbox.SendFormAsync(
            "orderstate", ("MERCHANT_id", "900001"), ("LOGIN", "sandbox_ws"), ("password", "Sandbox2026"), ("OrderNUMBER", "A-1"), ("FORMAT", "5"), ("whatever", "1"));

        Assert.Contains("\"orderstate\":\"Approved\"", await TextAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WithForbiddenCharacters_IsCleanedWithoutAWord()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.OneStage, "1", "A-1");

        var answer = await sandbox.AskAsync("orderstate", RunningSandbox.OneStage, ("Ordernumber", " <A>- ';\"1"), ("Format", "=5;"));

        Assert.Contains("\"ordernumber\":\"A-1\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Password", "error;4;102;\n")]
    [InlineData("cardnumber", "error;4;106;\n")]
    [InlineData("CVC2", "error;4;115;\n")]
    public async Task Request_WithACriticalParameterInTheQuery_IsRefused(string parameter, string expected)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.OneStage);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Merchant_ID"] = "900001",
            ["Login"] = "sandbox_ws",
            ["Password"] = "Sandbox2026",
            ["TestMode"] = "1",
        });

        using var response = await sandbox.Http.PostAsync($"/resultbydate/resultbydate.cfm?{parameter}=x", form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, await TextAsync(response));
    }

    [Theory]
    [InlineData("", "sandbox_ws", "Sandbox2026", "error;3;100;\n")]
    [InlineData("900001", "", "Sandbox2026", "error;3;101;\n")]
    [InlineData("900001", "sandbox_ws", "", "error;3;102;\n")]
    [InlineData("9000010000000000", "sandbox_ws", "Sandbox2026", "error;4;100;\n")]
    [InlineData("900001", "sandbox_ws", "sandbox2026", "error;7;141;\n")]
    [InlineData("900001", "nobody", "Sandbox2026", "error;7;141;\n")]
    [InlineData("900009", "sandbox_ws", "Sandbox2026", "error;14;200;\n")]
    [InlineData("900001", "other_ws", "Other2026", "error;14;200;\n")]
    [InlineData("123456", "sandbox_ws", "Sandbox2026", "error;14;200;\n")]
    public async Task Request_WithWrongCredentials_IsRefusedWithItsPair(string merchant, string login, string password, string expected)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        using var response = await sandbox.SendFormAsync("charge", ("Merchant_ID", merchant), ("Login", login), ("Password", password), ("Billnumber", "5900001595918494"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, await TextAsync(response));
    }

    [Fact]
    public async Task Request_OfTheNeighboursOrder_FindsNothing()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(900009);

        Assert.Equal("""{"firstcode":10,"secondcode":201}""", await sandbox.AskWithJsonAsync("orderresult", RunningSandbox.OneStage, new { billnumber }));
        Assert.Equal("""{"firstcode":10,"secondcode":201}""", await sandbox.AskWithJsonAsync("wscancel", RunningSandbox.OneStage, new { billnumber }));
        Assert.Equal("""{"firstcode":10,"secondcode":201}""", await sandbox.AskWithJsonAsync("charge", RunningSandbox.OneStage, new { billnumber }));
    }

    [Theory]
    [InlineData("abc", "error;4;103;\n")]
    [InlineData("2", "error;5;103;\n")]
    [InlineData("9", "error;5;103;\n")]
    public async Task Request_WithAFormatTheServiceHasNot_IsToldInTheDefaultOne(string format, string expected)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        Assert.Equal(expected, await sandbox.AskAsync("charge", RunningSandbox.OneStage, ("Format", format)));
    }

    [Fact]
    public async Task Request_InAnUnknownLanguage_IsRefused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        Assert.Equal("error;5;127;\n", await sandbox.AskAsync("resultbydate", RunningSandbox.OneStage, ("Language", "1")));
    }

    [Theory]
    [InlineData("{\"merchant\":")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task Request_WithUnreadableJson_IsRefusedInJson(string body)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await sandbox.Http.PostAsync("/orderresult/orderresult.cfm", content, TestContext.Current.CancellationToken);

        Assert.Equal("""{"firstcode":4,"secondcode":0}""", await TextAsync(response));
    }

    [Fact]
    public async Task Request_InJsonWithNumbersAsText_IsUnderstood()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage, "12.30");

        var answer = JsonElement.Parse(await sandbox.AskWithJsonAsync("wscancel", RunningSandbox.OneStage, new { billnumber, amount = "12.30", currency = "RUB", language = "EN" }));

        Assert.Equal("Canceled", answer.GetProperty("wscancel").GetProperty("order").GetProperty("orderstate").GetString());
    }

    private static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
