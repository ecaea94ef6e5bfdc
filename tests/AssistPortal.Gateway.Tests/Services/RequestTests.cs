using System.Text.Json.Nodes;
using AssistPortal.Gateway.Tests.Gateways;
using AssistPortal.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace AssistPortal.Gateway.Tests.Services;

public sealed class RequestTests
{
    private const int Merchant = GatewayUnderTest.MerchantId;
    private static readonly DateTimeOffset From = new(2026, 3, 2, 2, 5, 40, TimeSpan.FromHours(3));
    private static readonly Billnumber Bill = new("511111100000001", 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OrderState_Request_NamesThePeriodInGmtAndAsksForXml()
    {
        var request = await SendAsync(client => client.OrderStateAsync(new(Merchant, "заказ 7&8", From, From.AddHours(1)), Token));

        Assert.Equal("/orderstate/orderstate.cfm", request.Path);
        Assert.Equal("application/x-www-form-urlencoded", request.ContentType);
        Assert.Equal(
            WithCredentials(new()
            {
                ["Format"] = "3", ["Language"] = "RU", ["Ordernumber"] = "заказ 7&8",
                ["StartYear"] = "2026", ["StartMonth"] = "3", ["StartDay"] = "1", ["StartHour"] = "23", ["StartMin"] = "5",
                ["EndYear"] = "2026", ["EndMonth"] = "3", ["EndDay"] = "2", ["EndHour"] = "0", ["EndMin"] = "6",
            }),
            request.Form);
    }

    [Fact]
    public async Task OrderResult_ByBillnumber_SendsThePlainNumberAndNoEndWhenOpen()
    {
        var request = await SendAsync(client => client.OrderResultAsync(new(Merchant, Bill, null, From), Token));

        Assert.Equal("/orderresult/orderresult.cfm", request.Path);
        Assert.Equal(
            WithCredentials(new()
            {
                ["Format"] = "5", ["Language"] = "RU", ["Billnumber"] = "511111100000001",
                ["StartYear"] = "2026", ["StartMonth"] = "3", ["StartDay"] = "1", ["StartHour"] = "23", ["StartMin"] = "5",
            }),
            request.Form);
    }

    [Fact]
    public async Task OrderResult_ByOrderNumber_SendsIt() =>
        Assert.Equal("A-1", (await SendAsync(client => client.OrderResultAsync(new(Merchant, null, "A-1", From), Token))).Form["Ordernumber"]);

    [Theory]
    [InlineData(ResultByDateFormat.Csv, "1", true, "1")]
    [InlineData(ResultByDateFormat.Xml, "3", false, "0")]
    [InlineData(ResultByDateFormat.Json, "5", false, "0")]
    public async Task ResultByDate_Request_CarriesModeAndFormat(ResultByDateFormat format, string wireFormat, bool testMode, string wireMode)
    {
        var request = await SendAsync(client => client.ResultByDateAsync(new(Merchant, From, From.AddMinutes(5), WindowDate.OperationEnd, format), Token), testMode: testMode);

        Assert.Equal("/resultbydate/resultbydate.cfm", request.Path);
        Assert.Equal((wireFormat, wireMode, "2"), (request.Form["Format"], request.Form["TestMode"], request.Form["DateTimeMode"]));
        Assert.Equal(("23", "5", "23", "11"), (request.Form["StartHour"], request.Form["StartMin"], request.Form["EndHour"], request.Form["EndMin"]));
    }

    [Fact]
    public async Task ResultByDate_WindowOfExactlyADay_NeverGrowsByRounding()
    {
        var request = await SendAsync(client => client.ResultByDateAsync(new(Merchant, From, From.AddHours(24), WindowDate.OperationEnd), Token));

        Assert.Equal(("1", "23", "5"), (request.Form["StartDay"], request.Form["StartHour"], request.Form["StartMin"]));
        Assert.Equal(("2", "23", "5"), (request.Form["EndDay"], request.Form["EndHour"], request.Form["EndMin"]));
    }

    [Fact]
    public async Task ResultByDate_WindowTheGatewayWouldSilentlyIgnore_IsAnArgumentException()
    {
        var clock = new FakeTimeProvider(From.AddHours(25));
        await using var portal = new GatewayUnderTest(new Uri("http://127.0.0.1:1"), clock: clock);

        Task Ask(DateTimeOffset? until) => portal.Client.ResultByDateAsync(new(Merchant, From, until, WindowDate.OperationEnd), Token);

        await Assert.ThrowsAsync<ArgumentException>(() => Ask(From.AddHours(24).AddTicks(1)));
        await Assert.ThrowsAsync<ArgumentException>(() => Ask(From.AddTicks(-1)));
        await Assert.ThrowsAsync<ArgumentException>(() => Ask(null));
    }

    [Fact]
    public async Task Charge_WithAmount_SendsAmountAndCurrency()
    {
        var request = await SendAsync(client => client.ChargeAsync(new(Merchant, Bill, new Money(4005, "RUB"), "10.0.0.7"), Token));

        Assert.Equal("/charge/charge.cfm", request.Path);
        Assert.Equal(
            WithCredentials(new() { ["Format"] = "3", ["Language"] = "RU", ["Billnumber"] = "511111100000001.1", ["Amount"] = "40.05", ["Currency"] = "RUB", ["ClientIP"] = "10.0.0.7" }),
            request.Form);
        Assert.Equal("close", request.Headers.Connection);
    }

    [Fact]
    public async Task Charge_OfEverything_SendsNeitherAmountNorCurrency()
    {
        var request = await SendAsync(client => client.ChargeAsync(new(Merchant, Bill, null), Token));

        Assert.Equal(WithCredentials(new() { ["Format"] = "3", ["Language"] = "RU", ["Billnumber"] = "511111100000001.1" }), request.Form);
    }

    [Fact]
    public async Task Cancel_Request_HasReasonButNoRefundId()
    {
        var command = new CancelCommand(Merchant, Bill.Plain, new Money(100, "RUB"), CancelReason.Fraud, "refund-0001");
        var request = await SendAsync(client => client.CancelAsync(command, Token));

        Assert.Equal("/cancel/cancel.cfm", request.Path);
        Assert.Equal(
            WithCredentials(new() { ["Format"] = "3", ["Language"] = "RU", ["Billnumber"] = "511111100000001", ["Amount"] = "1.00", ["Currency"] = "RUB", ["CancelReason"] = "3" }),
            request.Form);
    }

    [Fact]
    public async Task WsCancel_Request_IsJsonWithTheRefundIdAndATwoDecimalNumber()
    {
        var command = new CancelCommand(Merchant, Bill.Plain, new Money(10000, "RUB"), CancelReason.Customer, "refund-0001", "10.0.0.7");
        var request = await SendAsync(client => client.WsCancelAsync(command, Token));

        Assert.Equal("/cancel/wscancel.cfm", request.Path);
        Assert.Equal("application/json; charset=utf-8", request.ContentType);
        Assert.Contains("\"amount\":100.00,", request.Body, StringComparison.Ordinal);
        var expected = new JsonObject
        {
            ["merchant"] = new JsonObject { ["merchant_id"] = Merchant, ["login"] = GatewayUnderTest.Login, ["password"] = GatewayUnderTest.Password },
            ["billnumber"] = "511111100000001",
            ["cancelreason"] = 2,
            ["language"] = "RU",
            ["format"] = 5,
            ["amount"] = 100.00m,
            ["currency"] = "RUB",
            ["externalrefundid"] = "refund-0001",
            ["clientip"] = "10.0.0.7",
        };
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(request.Body)), request.Body);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("with a blank")]
    [InlineData("refund-0001\n")]
    public async Task WsCancel_RefundIdTheGatewayWouldNotTake_IsAnArgumentException(string id)
    {
        await using var portal = new GatewayUnderTest(new Uri("http://127.0.0.1:1"));

        await Assert.ThrowsAsync<ArgumentException>(() => portal.Client.WsCancelAsync(new(Merchant, Bill, null, CancelReason.Shop, id), Token));
    }

    [Fact]
    public async Task AnyService_UnknownMerchant_IsAnArgumentExceptionAndSendsNothing()
    {
        await using var portal = new GatewayUnderTest(new Uri("http://127.0.0.1:1"));

        await Assert.ThrowsAsync<ArgumentException>(() => portal.Client.OrderStateAsync(new(7, "1", From), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => portal.Client.ChargeAsync(new(7, Bill, null), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => portal.Client.WsCancelAsync(new(7, Bill, null, CancelReason.Shop), Token));
    }

    [Fact]
    public async Task OrderResult_NeitherOrBothNumbers_IsAnArgumentException()
    {
        await using var portal = new GatewayUnderTest(new Uri("http://127.0.0.1:1"));

        await Assert.ThrowsAsync<ArgumentException>(() => portal.Client.OrderResultAsync(new(Merchant, null, " ", From), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => portal.Client.OrderResultAsync(new(Merchant, Bill, "1", From), Token));
    }

    [Fact]
    public async Task Address_WithAPath_IsKept()
    {
        var request = await SendAsync(client => client.OrderStateAsync(new(Merchant, "1", From), Token), path: "test/gateway");

        Assert.Equal("/test/gateway/orderstate/orderstate.cfm", request.Path);
    }

    private static Dictionary<string, string> WithCredentials(Dictionary<string, string> fields)
    {
        fields["Merchant_ID"] = "111111";
        fields["Login"] = GatewayUnderTest.Login;
        fields["Password"] = GatewayUnderTest.Password;
        return fields;
    }

    private static async Task<ReceivedRequest> SendAsync(Func<AssistClient, Task> send, bool testMode = true, string path = "")
    {
        await using var gateway = await ScriptedGateway.AnsweringAsync("<result firstcode='10' secondcode='201' count='0'/>");
        await using var portal = new GatewayUnderTest(new Uri(gateway.Address, path), testMode: testMode);
        await send(portal.Client);
        return Assert.Single(gateway.Requests);
    }
}
