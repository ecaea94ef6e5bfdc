using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace AssistPortal.Sandbox.Tests.Faults;

public sealed class FaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("drop-before", "Approved")]
    [InlineData("drop-after", "Canceled")]
    [InlineData("truncated", "Canceled")]
    public async Task Fault_ThatBreaksTheConnection_DoesOrDoesNotDoTheCancellation(string mode, string state)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage);
        await sandbox.FaultAsync("wscancel", mode);

        await Assert.ThrowsAnyAsync<Exception>(() => sandbox.AskAsync("wscancel", RunningSandbox.OneStage, ("Billnumber", billnumber)));

        Assert.Equal(state, await StateAsync(sandbox, billnumber));
    }

    [Theory]
    [InlineData("http-500", HttpStatusCode.InternalServerError, "")]
    [InlineData("redirect", HttpStatusCode.Redirect, "")]
    [InlineData("html", HttpStatusCode.OK, "<!DOCTYPE html>")]
    [InlineData("rate-limit", HttpStatusCode.OK, "error;17;3;\n")]
    public async Task Fault_ThatAnswersSomethingElse_DoesNotDoTheConfirmation(string mode, HttpStatusCode status, string start)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);
        await sandbox.FaultAsync("charge", mode);

        using var response = await sandbox.SendAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber));

        Assert.Equal(status, response.StatusCode);
        Assert.StartsWith(start, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(mode == "redirect" ? "/maintenance/moved.cfm" : null, response.Headers.Location?.ToString());
        Assert.Equal("Delayed", await StateAsync(sandbox, billnumber));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("3")]
    [InlineData("4")]
    [InlineData("5")]
    public async Task Malformed_InAnyFormat_DoesItButSpoilsTheAnswer(string format)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);
        await sandbox.FaultAsync("charge", "malformed");

        var answer = await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber), ("Format", format));

        Assert.DoesNotContain("responsecode: AS000", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<responsecode>", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"responsecode\":", answer, StringComparison.Ordinal);
        Assert.Equal("Approved", await StateAsync(sandbox, billnumber));
    }

    [Fact]
    public async Task Late_WhenTheClockComesThere_IsDoneOnce()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage);
        await sandbox.FaultAsync("wscancel", "late:3600");

        await Assert.ThrowsAnyAsync<HttpRequestException>(() =>
            sandbox.AskAsync("wscancel", RunningSandbox.OneStage, ("Billnumber", billnumber), ("Amount", "10"), ("Currency", "RUB")));

        Assert.Equal("Approved", await StateAsync(sandbox, billnumber));
        sandbox.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("PartialCanceled", await StateAsync(sandbox, billnumber));
        sandbox.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, (await sandbox.TruthAsync(billnumber)).GetProperty("operations").GetArrayLength());
    }

    [Fact]
    public async Task Late_WhenTheSandboxStopsBefore_IsDoneAtTheStop()
    {
        var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage);
        await sandbox.FaultAsync("wscancel", "late:3600");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => sandbox.AskAsync("wscancel", RunningSandbox.OneStage, ("Billnumber", billnumber)));
        await sandbox.StopAsync();

        await using var again = await RunningSandbox.StartAgainAsync(sandbox.Folder);

        Assert.Equal("Canceled", await StateAsync(again, billnumber));
        again.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(2, (await again.TruthAsync(billnumber)).GetProperty("operations").GetArrayLength());
    }

    [Fact]
    public async Task Delay_WhileTheCallerWaits_HasItDoneAlready()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage);
        await sandbox.FaultAsync("wscancel", "delay:600");
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Token);
        impatient.CancelAfter(TimeSpan.FromSeconds(60));

        var waiting = sandbox.Http.PostAsync(RunningSandbox.PathOf("wscancel"), Form(billnumber), impatient.Token);
        while (await StateAsync(sandbox, billnumber) != "Canceled")
        {
            Assert.False(waiting.IsCompleted);
        }

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Delay_WhenTheTimeIsOver_Answers()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage);
        await sandbox.FaultAsync("wscancel", "delay:0.2");
        var started = sandbox.Clock.GetTimestamp();

        var answer = await sandbox.AskAsync("wscancel", RunningSandbox.OneStage, ("Billnumber", billnumber));

        Assert.Contains("AS000", answer, StringComparison.Ordinal);
        Assert.InRange(sandbox.Clock.GetElapsedTime(started).TotalSeconds, 0.2, 60);
    }

    [Fact]
    public async Task Decline_OfACommand_IsAFailedOperation()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);
        await sandbox.FaultAsync("charge", "decline:AS100");

        var answer = await sandbox.AskJsonAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber));

        Assert.Equal("AS100", answer.GetProperty("charge").GetProperty("responsecode").GetString());
        Assert.Equal("Delayed", await StateAsync(sandbox, billnumber));
    }

    [Fact]
    public async Task Faults_OfOneService_ComeInOrderAndOnlyToIt()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.FaultAsync("resultbydate", "rate-limit", times: 2);
        await sandbox.FaultAsync("*", "html");
        Task<string> Ask(string service) => sandbox.AskAsync(service, RunningSandbox.OneStage, ("TestMode", "1"), ("Ordernumber", "x"), ("Format", "3"));

        Assert.Contains("'17' secondcode='3'", await Ask("resultbydate"), StringComparison.Ordinal);
        Assert.Contains("<html>", await Ask("orderstate"), StringComparison.Ordinal);
        Assert.Contains("'17' secondcode='3'", await Ask("resultbydate"), StringComparison.Ordinal);
        Assert.Contains("'10' secondcode='201'", await Ask("resultbydate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_Deleted_NoLongerCome()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.FaultAsync("orderstate", "http-500", times: 5);
        Assert.Equal(5, (await sandbox.GetAsync("/control/state")).GetProperty("faults")[0].GetProperty("times").GetInt32());

        (await sandbox.Http.DeleteAsync("/control/faults", Token)).Dispose();

        Assert.Contains("10", await sandbox.AskAsync("orderstate", RunningSandbox.OneStage, ("Ordernumber", "x"), ("Format", "1")), StringComparison.Ordinal);
        Assert.Equal(0, (await sandbox.GetAsync("/control/state")).GetProperty("faults").GetArrayLength());
    }

    [Fact]
    public async Task RefuseConnection_ForItsSeconds_ClosesThePortAndOpensItAgain()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var other = new HttpClient { BaseAddress = sandbox.Address };
        await other.GetStringAsync("/control/state", Token);

        await sandbox.ControlAsync("faults", new { service = "*", mode = "refuse-connection", seconds = 4 });

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.Http.GetStringAsync("/control/state", Token));
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(refused.InnerException).SocketErrorCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => other.GetStringAsync("/control/state", Token));

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        JsonElement? state = null;
        while (state is null)
        {
            state = await TryStateAsync(other, limit.Token);
        }

        Assert.Equal(0, state.Value.GetProperty("orders").GetInt32());
    }

    [Fact]
    public async Task Stop_WhileConnectionsAreRefused_DoesNotWaitForTheEnd()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        await sandbox.ControlAsync("faults", new { service = "*", mode = "refuse-connection", seconds = 600 });

        await sandbox.StopAsync().WaitAsync(TimeSpan.FromSeconds(20), Token);
    }

    private static async Task<JsonElement?> TryStateAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            return JsonElement.Parse(await http.GetStringAsync("/control/state", cancellationToken));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static FormUrlEncodedContent Form(string billnumber) => new(new Dictionary<string, string>
    {
        ["Merchant_ID"] = "900001",
        ["Login"] = "sandbox_ws",
        ["Password"] = "Sandbox2026",
        ["Billnumber"] = billnumber,
    });

    private static async Task<string> StateAsync(RunningSandbox sandbox, string billnumber) =>
        (await sandbox.TruthAsync(billnumber)).GetProperty("state").GetString()!;
}
