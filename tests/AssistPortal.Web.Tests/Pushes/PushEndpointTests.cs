using System.Net;
using AssistPortal.Core.Push;
using AssistPortal.Gateway;
using AssistPortal.Web.Tests.Account;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Web.Tests.Pushes;

/// <summary>The address the gateway announces results to, over real HTTP.</summary>
public sealed class PushEndpointTests(RunningPortal portal) : IClassFixture<RunningPortal>
{
    private const string Address = "/push/assist/900001";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_RightOne_IsStoredAndEchoed()
    {
        using var gateway = portal.OpenBrowser();

        using var answer = await gateway.PostAsync(Address, PushSample.Content(PushSample.Form()), Cancel);

        Assert.Equal((HttpStatusCode.OK, "text/xml"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(
            $"<?xml version=\"1.0\" encoding=\"utf-8\"?><pushpaymentresult firstcode=\"0\" secondcode=\"0\"><order><billnumber>{PushSample.Bill}.1</billnumber>"
            + "<packetdate>24.11.2026 11:00:00</packetdate></order></pushpaymentresult>",
            await answer.Content.ReadAsStringAsync(Cancel));
        await using var db = portal.OpenDatabase();
        var push = await db.PushDeliveries.SingleAsync(push => push.OperationNumber == 1 && push.Protocol == PushProtocol.Post && push.Verdict == PushVerdict.Accepted, Cancel);
        Assert.StartsWith("10.0.0.", push.Sender, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_BySoap_IsAnsweredBySoap()
    {
        using var gateway = portal.OpenBrowser();

        using var answer = await gateway.PostAsync(Address, PushSample.Content(PushSample.Soap(), "text/xml"), Cancel);

        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("PushPaymentResultResponse", text, StringComparison.Ordinal);
        Assert.Contains("firstcode=\"0\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "<pushpaymentresult firstcode=\"5\" secondcode=\"100\"></pushpaymentresult>")]
    [InlineData("x=1", "<pushpaymentresult firstcode=\"5\" secondcode=\"100\"></pushpaymentresult>")]
    [InlineData(null, "<pushpaymentresult firstcode=\"9\" secondcode=\"0\"></pushpaymentresult>")]
    public async Task Push_WrongOne_IsAnsweredWithItsCodesAndRecordedAsRejected(string? body, string packet)
    {
        using var stranger = portal.OpenBrowser();

        using var answer = await stranger.PostAsync(Address, PushSample.Content(body ?? PushSample.Form(checkvalue: "forged")), Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.EndsWith(packet, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await using var db = portal.OpenDatabase();
        Assert.False(await db.PushDeliveries.AnyAsync(push => push.Verdict != PushVerdict.Accepted && push.State != PushState.Rejected, Cancel));
        Assert.True(await db.PushDeliveries.AnyAsync(push => push.State == PushState.Rejected, Cancel));
    }

    [Theory]
    [InlineData("/push/assist/1")]
    [InlineData("/push/assist/900002")]
    [InlineData("/push/assist/abc")]
    [InlineData("/push/assist/-900001")]
    [InlineData("/push/assist/99999999999999999999")]
    public async Task Push_MerchantThatTakesNone_IsNotFoundWithoutAWord(string address)
    {
        using var stranger = portal.OpenBrowser();

        using var answer = await stranger.PostAsync(address, PushSample.Content(PushSample.Form()), Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Push_LongerThan64Kilobytes_IsRefusedUnread(bool isChunked)
    {
        using var stranger = portal.OpenBrowser();
        using var content = PushSample.Content(PushSample.Form(PushSample.Bill + ".77", message: new string('x', 64 * 1024)));
        using var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = content, Headers = { TransferEncodingChunked = isChunked } };

        using var answer = await stranger.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync(Cancel));
        await using var db = portal.OpenDatabase();
        Assert.False(await db.PushDeliveries.AnyAsync(push => push.OperationNumber == 77, Cancel));
    }

    [Fact]
    public async Task Push_Flood_IsBrokenOffForItsSenderAlone()
    {
        using var stranger = portal.OpenBrowser();
        using var gateway = portal.OpenBrowser();
        var statuses = new List<HttpStatusCode>();
        var started = TimeProvider.System.GetTimestamp();

        // The bucket fills by ten a second, so a slow machine needs more than its size.
        while (!statuses.Contains(HttpStatusCode.TooManyRequests) && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
            {
                using var flood = await stranger.PostAsync(Address, PushSample.Content(new string('x', 70_000)), Cancel);
                lock (statuses)
                {
                    statuses.Add(flood.StatusCode);
                }
            }));
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.InRange(statuses.Count(status => status == HttpStatusCode.RequestEntityTooLarge), 300, int.MaxValue);
        using var answer = await gateway.PostAsync(Address, PushSample.Content(PushSample.Form(PushSample.Bill + ".78")), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Push_ThatCannotBeStored_AsksTheGatewayForAnotherTry()
    {
        using var gateway = portal.OpenBrowser();
        await using var db = portal.OpenDatabase();
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"PushDeliveries\" RENAME TO \"Away\"", Cancel);
        try
        {
            using var answer = await gateway.PostAsync(Address, PushSample.Content(PushSample.Form(PushSample.Bill + ".79")), Cancel);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("<pushpaymentresult firstcode=\"2\" secondcode=\"1\"></pushpaymentresult>", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
        finally
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"Away\" RENAME TO \"PushDeliveries\"", Cancel);
        }

        using var again = await gateway.PostAsync(Address, PushSample.Content(PushSample.Form(PushSample.Bill + ".79")), Cancel);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }
}
