using System.Net;

namespace AssistPortal.Sandbox.Tests.Push;

/// <summary>Which results are announced, to whom, and how that is set.</summary>
public sealed class PushSettingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly string[] FailedThenGood = ["4000000000000002", "4111111111111111"];

    [Theory]
    [InlineData(true, true, true, false, "1:AS100 2:AS000 3:AS101 4:AS000 5:AS000")]
    [InlineData(true, true, true, true, "2:AS000 4:AS000 5:AS000")]
    [InlineData(false, true, true, false, "3:AS101 4:AS000 5:AS000")]
    [InlineData(true, false, true, false, "1:AS100 2:AS000 5:AS000")]
    [InlineData(true, true, false, false, "1:AS100 2:AS000 3:AS101 4:AS000")]
    [InlineData(false, false, false, false, "")]
    public async Task Switches_OfTheMerchant_SayWhichOperationsAreAnnounced(bool approve, bool charge, bool cancel, bool onlySuccessful, string expected)
    {
        await using var receiver = await PushReceiver.StartAsync();
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SetPushAsync(RunningSandbox.TwoStage, new { url = receiver.Url, approve, charge, cancel, onlySuccessful });
        var paid = await sandbox.PayAsync(new
        {
            merchant = RunningSandbox.TwoStage, amount = "100.00", cards = FailedThenGood,
        });
        var billnumber = paid.GetProperty("billnumber").GetString()!;
        await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber), ("DemoResult", "AS101"));
        await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber));
        await sandbox.AskAsync("cancel", RunningSandbox.TwoStage, ("Billnumber", billnumber));

        var announced = await sandbox.DeliveriesAsync();

        announced.Reverse();
        Assert.Equal(expected, string.Join(' ', announced.Select(delivery =>
        {
            var fields = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(delivery.GetProperty("body").GetString());
            return $"{fields["billnumber"].ToString()[^1]}:{fields["responsecode"]}";
        })));
    }

    [Fact]
    public async Task History_SeededOrMadeUpInBulkOrOlderThanTheSetting_IsNotAnnounced()
    {
        await using var receiver = await PushReceiver.StartAsync();
        await using var sandbox = await RunningSandbox.StartAsync(options => options with { Seed = SandboxSeed.Demo, PushUrl = receiver.Url });
        await sandbox.ControlAsync("bulk", new { merchant = RunningSandbox.OneStage, orders = 300, days = 3 });
        sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        await sandbox.ControlAsync("bulk", new { merchant = RunningSandbox.OneStage, orders = 300, days = 1 });
        var seeded = await sandbox.DeliveriesAsync("?merchant=900001");
        await sandbox.SetPushAsync(RunningSandbox.TwoStage, new { url = (string?)null });
        var old = await sandbox.PaidAsync(RunningSandbox.TwoStage);
        await sandbox.SetPushAsync(RunningSandbox.TwoStage, new { url = receiver.Url });

        await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", old));

        Assert.Empty(seeded);
        var announced = Assert.Single(await sandbox.DeliveriesAsync($"?billnumber={old}"));
        Assert.Equal($"{old}.2", announced.GetProperty("billnumber").GetString());
    }

    [Fact]
    public async Task Terms_OfThePayment_AnnounceTheLateAnswerAndTheAutomaticCancellationButNoTimeOut()
    {
        await using var receiver = await PushReceiver.StartAsync();
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SetPushAsync(RunningSandbox.TwoStage, new { url = receiver.Url });
        await sandbox.PayAsync(new { merchant = RunningSandbox.TwoStage, amount = "100.00", abandon = true });
        await sandbox.PayAsync(new { merchant = RunningSandbox.TwoStage, amount = "100.00", card = "4000000000000341" });
        Assert.Empty(await sandbox.DeliveriesAsync());

        sandbox.Clock.Advance(TimeSpan.FromDays(8));

        var (payment, cancellation) = (await receiver.ReceivedAsync(), await receiver.ReceivedAsync());
        Assert.Equal(("100", "Delayed", "AS000"), (payment["operationtype"], payment["orderstate"], payment["responsecode"]));
        Assert.Equal(("300", "Canceled", "AS000"), (cancellation["operationtype"], cancellation["orderstate"], cancellation["responsecode"]));
        Assert.Equal(2, (await sandbox.DeliveriesAsync()).Count);
    }

    [Fact]
    public async Task PushUrl_OfTheHost_IsSetForTheDemoEnterpriseWhereNothingElseWasSet()
    {
        var sandbox = await RunningSandbox.StartAsync(options => options with { PushUrl = "http://localhost:5000/{merchant}" });
        await sandbox.SetPushAsync(RunningSandbox.TwoStage, new { url = (string?)null });
        await sandbox.SetPushAsync(RunningSandbox.Both, new { url = "https://shop.example/own", protocol = "SOAP", reply = "xml", cancel = false });
        var since = (await sandbox.GetAsync("/control/merchants/900001/push")).GetProperty("since").GetDateTimeOffset();
        await sandbox.StopAsync();

        await using var again = await RunningSandbox.StartAgainAsync(
            sandbox.Folder, options => options with { PushUrl = "http://localhost:5080/push/assist/{merchant}" });

        async Task<string?> UrlAsync(int merchant) => (await again.GetAsync($"/control/merchants/{merchant}/push")).GetProperty("url").GetString();
        Assert.Equal("http://localhost:5080/push/assist/900001", await UrlAsync(RunningSandbox.OneStage));
        Assert.Equal(since, (await again.GetAsync("/control/merchants/900001/push")).GetProperty("since").GetDateTimeOffset());
        Assert.Null(await UrlAsync(RunningSandbox.TwoStage));
        Assert.Equal("https://shop.example/own", await UrlAsync(RunningSandbox.Both));
        Assert.Null(await UrlAsync(900009));
        var kept = await again.GetAsync("/control/merchants/900003/push");
        Assert.Equal(("SOAP", "xml", false, true), (kept.GetProperty("protocol").GetString(), kept.GetProperty("reply").GetString(), kept.GetProperty("cancel").GetBoolean(), kept.GetProperty("charge").GetBoolean()));
    }

    [Fact]
    public async Task SwitchingOff_WithResultsWaiting_GivesThemUp()
    {
        await using var receiver = await PushReceiver.StartAsync();
        receiver.Next(HttpStatusCode.InternalServerError);
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SetPushAsync(RunningSandbox.OneStage, new { url = receiver.Url });
        var operation = await sandbox.PaidAsync(RunningSandbox.OneStage) + ".1";
        var id = (await sandbox.TriedAsync(operation, 1)).GetProperty("id").GetInt64();
        await sandbox.SetPushAsync(RunningSandbox.OneStage, new { url = (string?)null });

        sandbox.Clock.Advance(TimeSpan.FromSeconds(10));

        var given = await sandbox.TriedAsync(operation, 2);
        Assert.Equal(("given-up", "The push is switched off for this merchant."), (given.GetProperty("state").GetString(), given.Verdict()));
        using var resent = await sandbox.Http.PostAsync($"/control/deliveries/{id}/resend", null, Token);
        Assert.Equal(HttpStatusCode.BadRequest, resent.StatusCode);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"url":""}""")]
    [InlineData("""{"url":"shop.example/push"}""")]
    [InlineData("""{"url":"ftp://shop.example/push"}""")]
    [InlineData("""{"url":"file:///etc/passwd"}""")]
    [InlineData("""{"url":"https://user:word@shop.example/push"}""")]
    [InlineData("""{"url":"https://shop.example","protocol":"GET"}""")]
    [InlineData("""{"url":"https://shop.example","reply":"204"}""")]
    [InlineData("""{"url":"https://shop.example","cancel":"perhaps"}""")]
    public async Task Setting_WithAMistake_SaysWhatIsWrongAndChangesNothing(string body)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var (status, text) = await sandbox.TrySetPushAsync(RunningSandbox.OneStage, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("\"error\":\"", text, StringComparison.Ordinal);
        Assert.Equal(
            System.Text.Json.JsonValueKind.Null, (await sandbox.GetAsync("/control/merchants/900001/push")).GetProperty("since").ValueKind);
        Assert.Equal(HttpStatusCode.NotFound, (await sandbox.TrySetPushAsync(900004, """{"url":"https://shop.example"}""")).Status);
    }

    [Theory]
    [InlineData("?merchant=x")]
    [InlineData("?billnumber=12")]
    [InlineData("?state=lost")]
    public async Task Deliveries_FilteredByNonsense_SayWhatIsWrong(string query)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        using var response = await sandbox.Http.GetAsync($"/control/deliveries{query}", Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("\"error\":\"", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }
}
