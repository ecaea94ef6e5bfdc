using System.IO.Compression;
using System.Text;
using AssistPortal.Gateway.Tests.Gateways;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AssistPortal.Gateway.Tests.Transport;

public sealed class QueryTransportTests
{
    private static readonly string Answer = Fixture.Read("orderstate/one.xml");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    [InlineData(429)]
    public async Task Query_StatusThatMayPass_IsAskedThreeTimes(int status)
    {
        await using var gateway = await ScriptedGateway.StartAsync(context => StatusAsync(context, status));
        await using var portal = new GatewayUnderTest(gateway.Address);

        var failure = await FailureAsync(portal);

        Assert.Equal(new GatewayFailure.Transport(false, status, "HTTP status other than 200"), failure);
        Assert.Equal(3, gateway.Requests.Count);
        Assert.Equal([LogLevel.Information, LogLevel.Information, LogLevel.Warning], portal.Log.Lines.Select(line => line.Level).Where(level => level >= LogLevel.Information));
    }

    [Theory]
    [InlineData(204)]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Query_StatusThatStays_IsAskedOnceAndNeverFollowed(int status)
    {
        await using var gateway = await ScriptedGateway.StartAsync(context => StatusAsync(context, status));
        await using var portal = new GatewayUnderTest(gateway.Address);

        Assert.Equal(status, Assert.IsType<GatewayFailure.Transport>(await FailureAsync(portal)).HttpStatus);
        Assert.Equal("/orderstate/orderstate.cfm", Assert.Single(gateway.Requests).Path);
    }

    [Fact]
    public async Task Query_SecondTryAnswered_IsAnsweredAndSendsTheWholeRequestAgain()
    {
        var tries = 0;
        await using var gateway = await ScriptedGateway.StartAsync(context =>
            Interlocked.Increment(ref tries) == 1 ? StatusAsync(context, 500) : ScriptedGateway.WriteAsync(context, Answer));
        await using var portal = new GatewayUnderTest(gateway.Address);

        Assert.Single(Services.Ask.Answered(await AskAsync(portal, Token)));
        Assert.Equal(gateway.Requests[0].Body, gateway.Requests[1].Body);
    }

    [Fact]
    public async Task Query_AnswerBreaksOffOnce_IsAskedAgain()
    {
        await using var gateway = new RawGateway(async (server, stream, connection) =>
        {
            await server.ReadRequestAsync(stream);
            var whole = $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(Answer)}\r\n\r\n{Answer}";
            await server.WriteAsync(stream, connection == 1 ? whole[..^40] : whole);
        });
        await using var portal = new GatewayUnderTest(gateway.Address);

        Assert.Single(Services.Ask.Answered(await AskAsync(portal, Token)));
        Assert.Equal(2, gateway.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Query_NoAnswerOrAHalfOneInTime_TimesOutPerTry(bool withHalfAnAnswer)
    {
        await using var gateway = await ScriptedGateway.StartAsync(context => CommandTransportTests.HangAsync(context, withHalfAnAnswer));
        await using var portal = new GatewayUnderTest(gateway.Address, queryTimeoutSeconds: 1);

        Assert.Equal(new GatewayFailure.Transport(false, null, "time-out"), await FailureAsync(portal));
        Assert.Equal(3, gateway.Requests.Count);
    }

    [Fact]
    public async Task Query_ConnectionRefused_SaysThatNothingWasSent()
    {
        await using var portal = new GatewayUnderTest(CommandTransportTests.ClosedPort());

        Assert.Equal(new GatewayFailure.Transport(true, null, "ConnectionError, ConnectionRefused"), await FailureAsync(portal));
    }

    [Fact]
    public async Task Query_EndlessAnswer_IsUnreadableAndNotAskedAgain()
    {
        await using var gateway = await ScriptedGateway.StartAsync(async context =>
        {
            var piece = new byte[1 << 20];
            piece.AsSpan().Fill((byte)' ');
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
            }
        });
        await using var portal = new GatewayUnderTest(gateway.Address);

        Assert.Equal(new GatewayFailure.Unreadable("the answer is too large"), await FailureAsync(portal));
        Assert.Single(gateway.Requests);
    }

    [Fact]
    public async Task Query_CompressedAnswerNobodyAskedFor_IsUnreadable()
    {
        await using var gateway = await ScriptedGateway.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Answer), context.RequestAborted);
        });
        await using var portal = new GatewayUnderTest(gateway.Address);

        Assert.IsType<GatewayFailure.Unreadable>(await FailureAsync(portal));
        Assert.DoesNotContain("Accept-Encoding", Assert.Single(gateway.Requests).Headers.Keys);
    }

    [Fact]
    public async Task Query_GivenUpByTheCaller_ThrowsAndIsNoErrorInTheLog()
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var gateway = await ScriptedGateway.StartAsync(async context =>
        {
            await giveUp.CancelAsync();
            await CommandTransportTests.HangAsync(context, withHalfAnAnswer: false);
        });
        await using var portal = new GatewayUnderTest(gateway.Address);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AskAsync(portal, giveUp.Token));

        Assert.Single(gateway.Requests);
        Assert.DoesNotContain(portal.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Query_SetsNoCookies()
    {
        await using var gateway = await ScriptedGateway.StartAsync(context =>
        {
            context.Response.Cookies.Append("CFID", "1");
            return ScriptedGateway.WriteAsync(context, Answer);
        });
        await using var portal = new GatewayUnderTest(gateway.Address);

        await AskAsync(portal, Token);
        await AskAsync(portal, Token);

        Assert.All(gateway.Requests, request => Assert.DoesNotContain("Cookie", request.Headers.Keys));
    }

    [Fact]
    public async Task Query_ManyAtOnce_EachGetsItsAnswer()
    {
        await using var gateway = await ScriptedGateway.AnsweringAsync(Answer);
        await using var portal = new GatewayUnderTest(gateway.Address);

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => AskAsync(portal, Token)));

        Assert.All(results, result => Assert.Single(Services.Ask.Answered(result)));
    }

    private static Task StatusAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = "/elsewhere";
        // An hour, which nobody may wait.
        context.Response.Headers.RetryAfter = "3600";
        return Task.CompletedTask;
    }

    private static Task<GatewayResult<IReadOnlyList<OrderSnapshot>>> AskAsync(GatewayUnderTest portal, CancellationToken cancellationToken) =>
        portal.Client.OrderStateAsync(new(GatewayUnderTest.MerchantId, "ok", Services.Ask.From), cancellationToken);

    private static async Task<GatewayFailure> FailureAsync(GatewayUnderTest portal) => Services.Ask.Failed(await AskAsync(portal, Token).WaitAsync(TimeSpan.FromSeconds(30), Token));
}
