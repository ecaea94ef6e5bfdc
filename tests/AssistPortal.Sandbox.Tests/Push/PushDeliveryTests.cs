using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AssistPortal.Sandbox.Tests.Push;

public sealed class PushDeliveryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delivery_RefusedAgainAndAgain_IsTriedAfterTheDocumentedPausesAndGivenUp()
    {
        await using var receiver = await PushReceiver.StartAsync();
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SetPushAsync(RunningSandbox.OneStage, new { url = receiver.Url });
        TimeSpan[] pauses = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), .. Enumerable.Repeat(TimeSpan.FromMinutes(10), 6)];
        for (var i = 0; i <= pauses.Length; i++)
        {
            receiver.Next(HttpStatusCode.InternalServerError, "down for repair");
        }

        var operation = await sandbox.PaidAsync(RunningSandbox.OneStage) + ".1";

        var bodies = new HashSet<string> { (await receiver.ReceivedAsync()).Body };
        for (var i = 0; i < pauses.Length; i++)
        {
            var tried = await sandbox.TriedAsync(operation, i + 1);
            var last = tried.GetProperty("attempts").EnumerateArray().Last();
            var ended = last.GetProperty("at").GetDateTimeOffset().AddMilliseconds(last.GetProperty("milliseconds").GetInt64());
            Assert.Equal("waiting", tried.GetProperty("state").GetString());
            Assert.Equal(pauses[i], tried.GetProperty("due").GetDateTimeOffset() - ended);
            sandbox.Clock.Advance(pauses[i]);
            bodies.Add((await receiver.ReceivedAsync()).Body);
        }

        var given = await sandbox.TriedAsync(operation, pauses.Length + 1);
        Assert.Equal("given-up", given.GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, given.GetProperty("due").ValueKind);
        Assert.Equal("The receiver answered HTTP 500.", given.Verdict());
        Assert.Equal("down for repair", given.GetProperty("attempts")[0].GetProperty("reply").GetString());
        Assert.Equal(500, given.GetProperty("attempts")[0].GetProperty("httpStatus").GetInt32());
        Assert.Single(bodies);
    }

    [Fact]
    public async Task Delivery_FailedBeforeARestart_ComesAfterItOnceAndNoMore()
    {
        await using var receiver = await PushReceiver.StartAsync();
        receiver.Next(HttpStatusCode.ServiceUnavailable);
        var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SetPushAsync(RunningSandbox.OneStage, new { url = receiver.Url, reply = "xml" });
        var operation = await sandbox.PaidAsync(RunningSandbox.OneStage) + ".1";
        var first = await receiver.ReceivedAsync();
        await sandbox.TriedAsync(operation, 1);
        await sandbox.StopAsync();
        SandboxClock.Open(sandbox.Folder).Advance(TimeSpan.FromSeconds(10));

        var again = await RunningSandbox.StartAgainAsync(sandbox.Folder);
        var second = await receiver.ReceivedAsync();
        await again.DeliveredAsync(operation);
        await again.StopAsync();
        await using var third = await RunningSandbox.StartAgainAsync(sandbox.Folder);
        third.Clock.Advance(TimeSpan.FromHours(1));
        await third.PaidAsync(RunningSandbox.OneStage);
        var next = await receiver.ReceivedAsync();

        Assert.Equal(first.Body, second.Body);
        Assert.NotEqual(first["billnumber"], next["billnumber"]);
        Assert.Equal(2, (await third.DeliveredAsync(operation)).GetProperty("attempts").GetArrayLength());
    }

    [Fact]
    public async Task Delivery_UnderWayAtAStop_ComesAgainAfterTheStart()
    {
        await using var receiver = await PushReceiver.StartAsync();
        receiver.Next(HangAsync);
        var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SetPushAsync(RunningSandbox.OneStage, new { url = receiver.Url });
        var operation = await sandbox.PaidAsync(RunningSandbox.OneStage) + ".1";
        var first = await receiver.ReceivedAsync();
        await sandbox.StopAsync();

        await using var again = await RunningSandbox.StartAgainAsync(sandbox.Folder);

        Assert.Equal(first.Body, (await receiver.ReceivedAsync()).Body);
        Assert.Equal(1, (await again.DeliveredAsync(operation)).GetProperty("attempts").GetArrayLength());
    }

    [Fact]
    public async Task Delivery_OfOneOrder_NeverOvertakesAnEarlierOne()
    {
        await using var receiver = await PushReceiver.StartAsync();
        receiver.Next(HttpStatusCode.BadGateway);
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SetPushAsync(RunningSandbox.TwoStage, new { url = receiver.Url });
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);
        await receiver.ReceivedAsync();
        await sandbox.TriedAsync($"{billnumber}.1", 1);
        await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber));
        var other = await sandbox.PaidAsync(RunningSandbox.TwoStage);
        Assert.Equal($"{other}.1", (await receiver.ReceivedAsync())["billnumber"]);

        sandbox.Clock.Advance(TimeSpan.FromSeconds(10));

        var (payment, confirmation) = (await receiver.ReceivedAsync(), await receiver.ReceivedAsync());
        Assert.Equal(($"{billnumber}.1", "Delayed"), (payment["billnumber"], payment["orderstate"]));
        Assert.Equal(($"{billnumber}.2", "Approved"), (confirmation["billnumber"], confirmation["orderstate"]));
    }

    [Fact]
    public async Task Delivery_ToAReceiverThatHangs_HoldsUpNeitherPaymentsNorOtherMerchants()
    {
        await using var hanging = await PushReceiver.StartAsync();
        await using var receiver = await PushReceiver.StartAsync();
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SetPushAsync(RunningSandbox.OneStage, new { url = hanging.Url });
        await sandbox.SetPushAsync(RunningSandbox.TwoStage, new { url = receiver.Url });
        for (var i = 0; i < 20; i++)
        {
            hanging.Next(HangAsync);
            await sandbox.PaidAsync(RunningSandbox.OneStage);
        }

        var other = await sandbox.PaidAsync(RunningSandbox.TwoStage);

        Assert.Equal($"{other}.1", (await receiver.ReceivedAsync())["billnumber"]);
        Assert.All(await sandbox.DeliveriesAsync("?merchant=900001"), delivery => Assert.Equal("waiting", delivery.GetProperty("state").GetString()));
        var late = await sandbox.TriedAsync((await hanging.ReceivedAsync())["billnumber"], 1);
        Assert.Equal("No whole answer within 5 seconds.", late.Verdict());
        Assert.InRange(late.GetProperty("attempts")[0].GetProperty("milliseconds").GetInt64(), 4_900, 20_000);
    }

    [Fact]
    public async Task Delivery_ToNobody_SaysSo()
    {
        // Bound, so that nobody else gets the port, but not listening.
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SetPushAsync(RunningSandbox.OneStage, new { url = $"http://{nobody.LocalEndPoint}/result" });

        var tried = await sandbox.TriedAsync(await sandbox.PaidAsync(RunningSandbox.OneStage) + ".1", 1);

        Assert.Equal("The receiver can't be reached: ConnectionError.", tried.Verdict());
        Assert.Equal(JsonValueKind.Null, tried.GetProperty("attempts")[0].GetProperty("httpStatus").ValueKind);
    }

    [Fact]
    public async Task Delivery_Redirected_DoesNotFollow()
    {
        await using var elsewhere = await PushReceiver.StartAsync();
        await using var receiver = await PushReceiver.StartAsync();
        receiver.Next((http, _) =>
        {
            http.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            http.Response.Headers.Location = elsewhere.Url;
            return Task.CompletedTask;
        });
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SetPushAsync(RunningSandbox.OneStage, new { url = receiver.Url });

        var tried = await sandbox.TriedAsync(await sandbox.PaidAsync(RunningSandbox.OneStage) + ".1", 1);

        Assert.Equal("The receiver redirects (HTTP 307); redirects aren't followed.", tried.Verdict());
        Assert.Equal(0, elsewhere.Unread);
    }

    [Fact]
    public async Task Resend_OfADeliveryAcceptedOrGivenUp_SendsTheSameAgain()
    {
        await using var receiver = await PushReceiver.StartAsync();
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SetPushAsync(RunningSandbox.OneStage, new { url = receiver.Url });
        var operation = await sandbox.PaidAsync(RunningSandbox.OneStage) + ".1";
        var first = await receiver.ReceivedAsync();
        var id = (await sandbox.DeliveredAsync(operation)).GetProperty("id").GetInt64();

        await sandbox.ControlAsync($"deliveries/{id}/resend", new { });

        Assert.Equal(first.Body, (await receiver.ReceivedAsync()).Body);
        var delivery = await sandbox.TriedAsync(operation, 2);
        Assert.Equal("delivered", delivery.GetProperty("state").GetString());
        Assert.Equal(first.Body, delivery.GetProperty("body").GetString());
        Assert.Empty(await sandbox.DeliveriesAsync($"?billnumber={operation}&state=waiting"));
        using var unknown = await sandbox.Http.PostAsync($"/control/deliveries/{id + 1}/resend", null, Token);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static Task HangAsync(HttpContext http, PushedRequest request) => new TaskCompletionSource().Task.WaitAsync(http.RequestAborted);
}
