using System.Net;
using System.Text.RegularExpressions;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Faults;
using AssistPortal.Sandbox.Services;
using AssistPortal.Sandbox.Tests.Push;

namespace AssistPortal.Sandbox.Tests.Control;

public sealed class ConsolePagesTests
{
    private const string Hostile = "\"'><script>alert(1)</script>";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OrderPage_ShowsOperationsTransactionsMoneyAndPoints()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var paid = await sandbox.PayAsync(new { merchant = RunningSandbox.Both, amount = "1500.00", card = "4276000000000009", points = "300" });
        var billnumber = paid.GetProperty("billnumber").GetString()!;
        await sandbox.CloseDayAsync();
        await sandbox.AskAsync("wscancel", RunningSandbox.Both, ("Billnumber", billnumber), ("Amount", "200.00"), ("Currency", "RUB"));

        var page = await PageAsync(sandbox, $"/console/orders/{billnumber}");

        Assert.All(
            ["authorization", "points-write-off", "financial", "refund", "accrual-reversal", "Отмена", "Начисление отозвано"],
            text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.Equal("1200.00 RUB", Entry(page, "Списано"));
        Assert.Equal("200.00 RUB", Entry(page, "Возвращено"));
        Assert.Equal("0.00 RUB", Entry(page, "Заблокировано"));
        Assert.Equal("300", Entry(page, "Оплачено баллами"));
        Assert.Equal("10", Entry(page, "Начислено"));
        Assert.Contains($"href=\"/control/orders/{billnumber}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OrderPage_OfNoOrder_IsNotFound()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        foreach (var number in (string[])["5900001000000000", "nonsense"])
        {
            using var response = await sandbox.Http.GetAsync($"/console/orders/{number}", Token);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task Orders_SearchedAndLeafedThrough_ShowWhatFits()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.ControlAsync("bulk", new { merchant = RunningSandbox.OneStage, orders = 60, days = 1 });
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage, ordernumber: "needle-1");

        Assert.Equal(50, Rows(await PageAsync(sandbox, "/console/orders")));
        Assert.Equal(11, Rows(await PageAsync(sandbox, "/console/orders?page=2")));
        Assert.Equal(11, Rows(await PageAsync(sandbox, "/console/orders?page=999999999")));
        Assert.Equal(1, Rows(await PageAsync(sandbox, "/console/orders?q=needle")));
        Assert.Equal(1, Rows(await PageAsync(sandbox, $"/console/orders?q={billnumber}.1")));
        Assert.Equal(1, Rows(await PageAsync(sandbox, $"/console/orders?merchant={RunningSandbox.TwoStage}")));
        Assert.Equal(0, Rows(await PageAsync(sandbox, $"/console/orders?q=needle&merchant={RunningSandbox.OneStage}")));
    }

    [Fact]
    public async Task Deliveries_PushSetByFormAndSentAgain_ReachTheReceiverTwice()
    {
        await using var receiver = await PushReceiver.StartAsync();
        await using var sandbox = await RunningSandbox.StartAsync();
        Assert.StartsWith(
            "/console/deliveries?done=",
            await PostAsync(
                sandbox, "push", ("merchant", "900001"), ("url", receiver.Url), ("protocol", "POST"), ("reply", "200"), ("approve", "1")),
            StringComparison.Ordinal);
        var operation = await sandbox.PaidAsync(RunningSandbox.OneStage) + ".1";
        Assert.Equal(operation, (await receiver.ReceivedAsync())["billnumber"]);
        await sandbox.DeliveredAsync(operation);
        var id = Regex.Match(await PageAsync(sandbox, "/console/deliveries"), "name=\"id\" value=\"(\\d+)\"").Groups[1].Value;

        Assert.StartsWith("/console/deliveries?done=", await PostAsync(sandbox, "resend", ("id", id)), StringComparison.Ordinal);
        Assert.Equal(operation, (await receiver.ReceivedAsync())["billnumber"]);
        await sandbox.TriedAsync(operation, 2);

        var page = await PageAsync(sandbox, "/console/deliveries?merchant=900001&state=delivered");
        Assert.Equal(2, Regex.Count(page, "<td>200</td>"));
        Assert.Contains($"value=\"{receiver.Url}\"", page, StringComparison.Ordinal);
        Assert.Contains("Доставок нет", await PageAsync(sandbox, "/console/deliveries?state=given-up"), StringComparison.Ordinal);
        Assert.StartsWith("/console/deliveries?mistake=", await PostAsync(sandbox, "resend", ("id", "12345")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traffic_SetWhileRunning_BringsBuyersAndStops()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        Assert.StartsWith("/console/traffic?done=", await PostAsync(sandbox, "traffic", ("perMinute", "6000")), StringComparison.Ordinal);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while ((await sandbox.GetAsync("/control/state")).GetProperty("orders").GetInt32() < 3)
        {
            limit.Token.ThrowIfCancellationRequested();
        }

        await sandbox.ControlAsync("traffic", new { perMinute = 0 });

        Assert.Equal(0, (await sandbox.GetAsync("/control/state")).GetProperty("trafficPerMinute").GetDouble());
        foreach (var wrong in (string[])["-1", "6001", "many", ""])
        {
            Assert.StartsWith("/console/traffic?mistake=", await PostAsync(sandbox, "traffic", ("perMinute", wrong)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Traffic_AfterRequests_ShowsThemWithoutSecrets()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.FaultAsync("charge", "http-500");
        await sandbox.AskAsync("orderstate", RunningSandbox.OneStage, ("Ordernumber", "nobody"), ("Format", "5"));
        using (await sandbox.SendFormAsync("cancel", ("Merchant_ID", "Sandbox2026"), ("Login", "sandbox_ws"), ("Password", "Sandbox2026")))
        {
        }

        using (await sandbox.SendAsync("charge", RunningSandbox.TwoStage))
        {
        }

        var page = await PageAsync(sandbox, "/console/traffic");

        Assert.Contains("<td>orderstate</td><td>900001</td><td>Form</td><td>Json</td><td><span class=\"badge off\">10 / 201</span>", page, StringComparison.Ordinal);
        Assert.Contains("<td>cancel</td><td>—</td><td>Form</td><td>Csv</td><td><span class=\"badge off\">4 / 100</span>", page, StringComparison.Ordinal);
        Assert.Contains("HTTP 500</span></td><td>http-500</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Sandbox2026", page, StringComparison.Ordinal);
        Assert.DoesNotContain("sandbox_ws", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_OfHostileText_ShowItAsText()
    {
        await using var receiver = await PushReceiver.StartAsync();
        receiver.Next(HttpStatusCode.BadRequest, Hostile);
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SetPushAsync(RunningSandbox.OneStage, new { url = receiver.Url + "?a=" + Hostile });
        var paid = await sandbox.PayAsync(new
        {
            merchant = RunningSandbox.OneStage, amount = "1.00", card = "4111111111111111", ordernumber = Hostile, comment = Hostile, lastname = Hostile, email = Hostile,
        });
        var billnumber = paid.GetProperty("billnumber").GetString()!;
        await sandbox.TriedAsync(billnumber + ".1", 1);
        var asked = Uri.EscapeDataString(Hostile);

        string[] pages =
        [
            "/console", $"/console?done={asked}", $"/console/orders?q={asked}&merchant={asked}&page={asked}", $"/console/orders/{billnumber}",
            $"/console/deliveries?state={asked}&mistake={asked}", $"/console/traffic?mistake={asked}",
        ];

        foreach (var path in pages)
        {
            var page = await PageAsync(sandbox, path);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pages_CarriedByAnotherHostName_AreForbidden()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        foreach (var path in (string[])["/console", "/console/orders", "/console/deliveries", "/console/traffic"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = "rebound.example";
            using var response = await sandbox.Http.SendAsync(request, Token);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    [Fact]
    public async Task Guide_LinkedFromTheConsole_NamesEveryServiceCardAndFault()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        Assert.Contains("href=\"/docs/sandbox.md\"", await PageAsync(sandbox, "/console"), StringComparison.Ordinal);

        var guide = await sandbox.Http.GetStringAsync("/docs/sandbox.md", Token);

        Assert.All(WebService.All, service => Assert.Contains($"curl -s $S{service.Path}", guide, StringComparison.Ordinal));
        Assert.Contains("$S/pay/payrequest.cfm", guide, StringComparison.Ordinal);
        Assert.All(TestCard.All, card => Assert.Matches($"\\| {card.Number} \\|.*({card.Answer.Wire}|paid)", guide));
        Assert.All(
            Regex.Matches(guide, "\"mode\":\"([^\"]+)\"").Select(mode => mode.Groups[1].Value), mode => Assert.NotNull(Fault.Parse(mode)));
    }

    private static Task<string> PageAsync(RunningSandbox sandbox, string path) => sandbox.Http.GetStringAsync(path, Token);

    private static int Rows(string page) => Regex.Count(page, "<td><a href=\"/console/orders/");

    /// <summary>The value that stands under a name.</summary>
    private static string Entry(string page, string name) => Regex.Match(page, $"<dt>{name}</dt><dd>([^<]*)</dd>").Groups[1].Value;

    private static async Task<string> PostAsync(RunningSandbox sandbox, string form, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await sandbox.Http.PostAsync($"/console/{form}", content, Token);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return response.Headers.Location!.OriginalString;
    }
}
