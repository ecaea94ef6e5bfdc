using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace AssistPortal.Sandbox.Tests.Control;

public sealed class ControlTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Host", "shop.example", HttpStatusCode.Forbidden)]
    [InlineData("Host", "127.0.0.1.example", HttpStatusCode.Forbidden)]
    [InlineData("X-Forwarded-For", "127.0.0.1", HttpStatusCode.Forbidden)]
    [InlineData("Forwarded", "for=127.0.0.1", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Host", "localhost:5180", HttpStatusCode.OK)]
    [InlineData("Host", "[::1]:5180", HttpStatusCode.OK)]
    public async Task Control_ForwardedOrFromElsewhere_IsForbidden(string header, string value, HttpStatusCode expected)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        foreach (var path in new[] { "/control/state", "/console" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation(header, value);

            using var response = await sandbox.Http.SendAsync(request, Token);

            Assert.Equal(expected, response.StatusCode);
        }
    }

    [Fact]
    public async Task Control_AskedWithAForm_TakesJsonOnly()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var form = new FormUrlEncodedContent([]);

        using var response = await sandbox.Http.PostAsync("/control/day/close", form, Token);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("payments", """{"merchant":1,"amount":"1"}""")]
    [InlineData("payments", """{"merchant":900001}""")]
    [InlineData("payments", """{"merchant":900001,"amount":"0"}""")]
    [InlineData("payments", """{"merchant":900001,"amount":"1.001"}""")]
    [InlineData("payments", """{"merchant":900001,"amount":"1","currency":"USD"}""")]
    [InlineData("payments", """{"merchant":900001,"amount":"1","delay":2}""")]
    [InlineData("payments", """{"merchant":900001,"amount":"1","points":5}""")]
    [InlineData("payments", """{"merchant":900001,"amount":"1","card":"4012888888881881"}""")]
    [InlineData("bulk", """{"merchant":900001,"orders":0,"days":1}""")]
    [InlineData("faults", """{"service":"nosuch","mode":"html"}""")]
    [InlineData("faults", """{"service":"charge","mode":"nosuch"}""")]
    [InlineData("faults", """{"service":"charge","mode":"late:x"}""")]
    [InlineData("faults", """{"service":"charge","mode":"html","times":0}""")]
    [InlineData("faults", """{"service":"*","mode":"refuse-connection"}""")]
    [InlineData("clock/advance", """{"hours":-1}""")]
    [InlineData("clock/advance", "{")]
    public async Task Control_WithAMistake_SaysWhatIsWrong(string call, string body)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await sandbox.Http.PostAsync($"/control/{call}", content, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("\"error\":\"", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(0, (await sandbox.GetAsync("/control/state")).GetProperty("orders").GetInt32());
    }

    [Theory]
    [InlineData("4000000000000002", "AS100")]
    [InlineData("4000000000000010", "AS101")]
    [InlineData("4000000000009995", "AS102")]
    [InlineData("4000000000000069", "AS104")]
    [InlineData("4000000000000119", "AS107")]
    [InlineData("4000000000000259", "AS108")]
    public async Task Payment_WithADecliningTestCard_EndsDeclined(string card, string code)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var paid = await sandbox.PayAsync(new { merchant = RunningSandbox.OneStage, amount = 100, card });

        Assert.Equal("Declined", paid.GetProperty("state").GetString());
        Assert.Equal(code, paid.GetProperty("responsecode").GetString());
    }

    [Theory]
    [InlineData("4111111111111111")]
    [InlineData("4111 1111 1111 1129")]
    [InlineData("2200000000000004")]
    [InlineData("4276000000000009")]
    public async Task Payment_WithAGoodTestCard_IsApproved(string card)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        Assert.Equal("Approved", (await sandbox.PayAsync(new { merchant = RunningSandbox.OneStage, amount = "0.01", card })).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Payment_WithADemoResult_GetsThatCode()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        Assert.Equal("AS109", (await sandbox.PayAsync(new { merchant = RunningSandbox.OneStage, amount = "1", demoResult = "AS109" })).GetProperty("responsecode").GetString());
    }

    [Fact]
    public async Task Truth_OfAnUnknownOrder_IsNotFound()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        using var response = await sandbox.Http.GetAsync("/control/orders/5900001000000000", Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Bulk_OfManyOrders_MakesThemAllOverTheDaysAsked()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        await sandbox.ControlAsync("bulk", new { merchant = RunningSandbox.TwoStage, orders = 5_000, days = 100 });

        var state = await sandbox.GetAsync("/control/state");
        Assert.Equal(5_000, state.GetProperty("orders").GetInt32());
        Assert.Equal(5_000, state.GetProperty("states").EnumerateObject().Sum(row => row.Value.GetInt32()));
        Assert.InRange(state.GetProperty("operations").GetInt32(), 6_000, 15_000);
        Assert.True(state.GetProperty("states").GetProperty("PartialDelayed").GetInt32() > 100);
    }

    [Fact]
    public async Task DemoSeed_OfAnEmptyDatabase_HasEveryStateAndIsKeptAtTheNextStart()
    {
        await using var sandbox = await RunningSandbox.StartAsync(options => options with { Seed = SandboxSeed.Demo });
        var state = await sandbox.GetAsync("/control/state");

        Assert.InRange(state.GetProperty("orders").GetInt32(), 300, 600);
        Assert.Equal(
            ["Approved", "Canceled", "Declined", "Delayed", "In Process", "PartialCanceled", "PartialDelayed", "Timeout"],
            state.GetProperty("states").EnumerateObject().Select(row => row.Name).Order(StringComparer.Ordinal));
        var twice = await sandbox.AskJsonAsync("orderstate", RunningSandbox.OneStage, ("Ordernumber", "L-TWICE"));
        Assert.Equal(["Timeout", "Approved"], twice.GetProperty("orderstate").EnumerateArray().Select(order => order.GetProperty("orderstate").GetString()));
    }

    [Fact]
    public async Task LiveTraffic_WhenSwitchedOn_BringsBuyers()
    {
        await using var sandbox = await RunningSandbox.StartAsync(options => options with { TrafficPerMinute = 6_000 });
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(30));

        while ((await sandbox.Http.GetFromJsonAsync<System.Text.Json.JsonElement>("/control/state", limit.Token)).GetProperty("orders").GetInt32() < 5)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
