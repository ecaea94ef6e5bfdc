using System.Net;
using System.Net.Sockets;
using AssistPortal.Gateway.Tests.Gateways;
using AssistPortal.Protocol;
using Microsoft.AspNetCore.Http;

namespace AssistPortal.Gateway.Tests.Transport;

/// <summary>A command leaves once, whatever happens to it, and only what certainly never left may be called so.</summary>
public sealed class CommandTransportTests
{
    private static readonly Billnumber Bill = new("511111100000001");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Commands => ["charge", "cancel", "wscancel"];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_GatewayHangsUpAfterReading_IsSentOnceAndUnknown(string command)
    {
        await using var gateway = new RawGateway(async (server, stream, _) => await server.ReadRequestAsync(stream));
        await using var portal = new GatewayUnderTest(gateway.Address);

        var outcome = await SendAsync(portal, command, Token);

        Assert.Equal(CommandVerdict.Unknown, outcome.Verdict);
        Assert.Equal((1, 1), (gateway.Requests, gateway.Connections));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_AfterOneOnAConnectionTheGatewayThenDrops_IsSentOnceOnAConnectionOfItsOwn(string command)
    {
        // A pooled connection that dies under the second command is where a handler would try again by itself.
        await using var gateway = new RawGateway(async (server, stream, connection) =>
        {
            await server.ReadRequestAsync(stream);
            if (connection == 1)
            {
                await server.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nno");
                await server.ReadRequestAsync(stream);
            }
        });
        await using var portal = new GatewayUnderTest(gateway.Address);

        var first = await SendAsync(portal, command, Token);
        var second = await SendAsync(portal, command, Token);

        Assert.IsType<GatewayFailure.Unreadable>(first.Failure);
        Assert.Equal(CommandVerdict.Unknown, second.Verdict);
        Assert.Equal((2, 2), (gateway.Requests, gateway.Connections));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<result firstcode='0'")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<resu\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n")]
    public async Task Command_AnswerBreaksOff_IsSentOnceAndUnknown(string answer)
    {
        await using var gateway = new RawGateway(async (server, stream, _) =>
        {
            await server.ReadRequestAsync(stream);
            await server.WriteAsync(stream, answer);
        });
        await using var portal = new GatewayUnderTest(gateway.Address);

        var outcome = await SendAsync(portal, "charge", Token);

        Assert.Equal(CommandVerdict.Unknown, outcome.Verdict);
        Assert.False(Assert.IsType<GatewayFailure.Transport>(outcome.Failure).NothingSent);
        Assert.Equal((1, 1), (gateway.Requests, gateway.Connections));
    }

    [Theory]
    [InlineData(201)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(401)]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Command_OtherStatus_IsSentOnceAndUnknown(int status)
    {
        await using var gateway = await ScriptedGateway.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            context.Response.Headers.RetryAfter = "0";
            return Task.CompletedTask;
        });
        await using var portal = new GatewayUnderTest(gateway.Address);

        var outcome = await SendAsync(portal, "wscancel", Token);

        Assert.Equal(CommandVerdict.Unknown, outcome.Verdict);
        Assert.Equal(status, Assert.IsType<GatewayFailure.Transport>(outcome.Failure).HttpStatus);
        Assert.Equal("/cancel/wscancel.cfm", Assert.Single(gateway.Requests).Path);
    }

    [Fact]
    public async Task Command_Html_IsSentOnceAndUnknown()
    {
        await using var gateway = await ScriptedGateway.AnsweringAsync("<html><body>Maintenance</body></html>", "text/html");
        await using var portal = new GatewayUnderTest(gateway.Address);

        var outcome = await SendAsync(portal, "charge", Token);

        Assert.Equal(CommandVerdict.Unknown, outcome.Verdict);
        Assert.IsType<GatewayFailure.Unreadable>(outcome.Failure);
        Assert.Single(gateway.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Command_NoAnswerOrAHalfOneInTime_IsSentOnceAndUnknown(bool withHalfAnAnswer)
    {
        await using var gateway = await ScriptedGateway.StartAsync(context => HangAsync(context, withHalfAnAnswer));
        await using var portal = new GatewayUnderTest(gateway.Address, commandTimeoutSeconds: 1);

        var outcome = await SendAsync(portal, "charge", Token);

        Assert.Equal(CommandVerdict.Unknown, outcome.Verdict);
        Assert.Equal(new GatewayFailure.Transport(false, null, "time-out"), outcome.Failure);
        Assert.Single(gateway.Requests);
    }

    [Fact]
    public async Task Command_GivenUpAfterItLeft_IsUnknownNotAnException()
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var gateway = await ScriptedGateway.StartAsync(async context =>
        {
            await giveUp.CancelAsync();
            await HangAsync(context, withHalfAnAnswer: false);
        });
        await using var portal = new GatewayUnderTest(gateway.Address);

        var outcome = await SendAsync(portal, "charge", giveUp.Token);

        Assert.Equal(CommandVerdict.Unknown, outcome.Verdict);
        Assert.Single(gateway.Requests);
        Assert.DoesNotContain(portal.Log.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    [Fact]
    public async Task Command_GivenUpBeforeItLeft_NothingSent()
    {
        await using var gateway = await ScriptedGateway.AnsweringAsync("");
        await using var portal = new GatewayUnderTest(gateway.Address);

        var outcome = await SendAsync(portal, "charge", new CancellationToken(canceled: true));

        Assert.Equal(CommandVerdict.NothingSent, outcome.Verdict);
        Assert.Empty(gateway.Requests);
    }

    [Fact]
    public async Task Command_ConnectionRefused_NothingSent()
    {
        await using var portal = new GatewayUnderTest(ClosedPort());

        var outcome = await SendAsync(portal, "charge", Token);

        Assert.Equal(CommandVerdict.NothingSent, outcome.Verdict);
        Assert.Equal(new GatewayFailure.Transport(true, null, "ConnectionError, ConnectionRefused"), outcome.Failure);
    }

    [Fact]
    public async Task Command_UnknownName_NothingSent()
    {
        // A label of more than 63 characters is no name: the resolver says so without asking anyone.
        await using var portal = new GatewayUnderTest(new Uri($"https://{new string('a', 70)}.invalid"));

        Assert.Equal(CommandVerdict.NothingSent, (await SendAsync(portal, "charge", Token)).Verdict);
    }

    [Fact]
    public async Task Command_TlsFails_NothingSent()
    {
        await using var gateway = new RawGateway(async (server, stream, _) => await server.WriteAsync(stream, "HTTP/1.1 400 Bad Request\r\n\r\n"));
        await using var portal = new GatewayUnderTest(new UriBuilder(gateway.Address) { Scheme = "https" }.Uri);

        var outcome = await SendAsync(portal, "charge", Token);

        Assert.Equal(CommandVerdict.NothingSent, outcome.Verdict);
        Assert.Equal(0, gateway.Requests);
    }

    [Fact]
    public async Task CommandContent_AskedForTwice_LeavesOnce()
    {
        using var content = new CommandContent(new StringContent("body"));
        using var wire = new MemoryStream();
        Assert.False(content.HasLeft);

        await content.CopyToAsync(wire, Token);

        Assert.True(content.HasLeft);
        await Assert.ThrowsAnyAsync<Exception>(() => content.CopyToAsync(wire, Token));
        Assert.Equal("body"u8.ToArray(), wire.ToArray());
    }

    internal static Uri ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    internal static async Task HangAsync(HttpContext context, bool withHalfAnAnswer)
    {
        if (withHalfAnAnswer)
        {
            await context.Response.WriteAsync("<result ", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        // Until the client hangs up; an endless wait would hold up the server's end.
        var gone = new TaskCompletionSource();
        await using var _ = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    private static Task<CommandOutcome> SendAsync(GatewayUnderTest portal, string command, CancellationToken cancellationToken) => command switch
    {
        "charge" => portal.Client.ChargeAsync(new(GatewayUnderTest.MerchantId, Bill, new Money(15000, "RUB")), cancellationToken),
        "cancel" => portal.Client.CancelAsync(new(GatewayUnderTest.MerchantId, Bill, null, CancelReason.Shop), cancellationToken),
        _ => portal.Client.WsCancelAsync(new(GatewayUnderTest.MerchantId, Bill, null, CancelReason.Shop), cancellationToken),
    };
}
