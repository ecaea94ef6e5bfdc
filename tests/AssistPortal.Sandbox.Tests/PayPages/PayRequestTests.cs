using System.Net;
using System.Text.Json;

namespace AssistPortal.Sandbox.Tests.PayPages;

/// <summary>What a request for payment is checked for.</summary>
public sealed class PayRequestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Merchant_ID", "", 3, 100)]
    [InlineData("Merchant_ID", "12345", 14, 200)]
    [InlineData("OrderNumber", "", 3, 107)]
    [InlineData("OrderAmount", "", 3, 108)]
    [InlineData("OrderAmount", "1,001", 4, 108)]
    [InlineData("OrderAmount", "0", 5, 108)]
    [InlineData("OrderCurrency", "USD", 5, 105)]
    [InlineData("Delay", "7", 5, 109)]
    [InlineData("Language", "DE", 5, 127)]
    [InlineData("Email", "nobody", 4, 120)]
    [InlineData("CardPayment", "0", 5, 111)]
    [InlineData("QIWIPayment", "yes", 4, 111)]
    [InlineData("RecurringIndicator", "1", 15, 320)]
    [InlineData("DemoResult", "AS999", 5, 170)]
    [InlineData("Checkvalue", "0123456789ABCDEF0123456789ABCDEF", 9, 158)]
    [InlineData("URL_RETURN", "javascript:alert(1)", 5, 154)]
    [InlineData("URL_RETURN_OK", "//evil.example/", 5, 154)]
    [InlineData("URL_RETURN_NO", "https://shop.example@evil.example/", 5, 154)]
    [InlineData("URL_RETURN", "/relative", 5, 154)]
    [InlineData("ChequeItems", "{\"items\":[{\"id\":1,\"name\":\"A\",\"price\":1,\"quantity\":1,\"amount\":1,\"tax\":\"novat\"}]}", 5, 179)]
    public async Task PayRequest_WrongParameter_AnswersThePair(string name, string value, int first, int second)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var answer = await PayRequestAsync(sandbox, Buyer.Request(RunningSandbox.OneStage, (name, value)));

        Assert.Equal((first, second), (answer.GetProperty("firstcode").GetInt32(), answer.GetProperty("secondcode").GetInt32()));
        Assert.Equal("", answer.GetProperty("URL").GetString());
        Assert.Equal("Decline", answer.GetProperty("orderstate").GetString());
        Assert.Equal(0, (await sandbox.GetAsync("/control/state")).GetProperty("orders").GetInt32());
    }

    [Fact]
    public async Task PayRequest_Right_GivesAnAddressThatWorks()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var answer = await PayRequestAsync(sandbox, Buyer.Request(RunningSandbox.OneStage, Buyer.Known));
        var buyer = new Buyer(sandbox);
        await buyer.LoadAsync(new Uri(answer.GetProperty("URL").GetString()!).PathAndQuery);

        Assert.Equal("In Process", answer.GetProperty("orderstate").GetString());
        Assert.Equal(
            Protocol.WireTime.Format(sandbox.Clock.GetUtcNow().AddMinutes(30))[..16], answer.GetProperty("expirationtime").GetString()![..16]);
        await buyer.PayAsync("4111111111111111");
        Assert.Contains("<h1>Оплачено</h1>", buyer.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_WrongParameter_IsExplainedOnAPage()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = new Buyer(sandbox);

        await buyer.OpenAsync(RunningSandbox.OneStage, ("OrderAmount", "x"), ("Language", "EN"));

        Assert.Contains("The payment can&#x27;t start", buyer.Page, StringComparison.Ordinal);
        Assert.Contains("4/108", buyer.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_ByLink_WorksWithoutCriticalDataOnly()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = new Buyer(sandbox);

        await buyer.LoadAsync("/pay/order.cfm?Merchant_ID=900001&OrderNumber=L-1&OrderAmount=10");
        Assert.Contains("<h1>Кто платит</h1>", buyer.Page, StringComparison.Ordinal);
        await buyer.LoadAsync("/pay/order.cfm?Merchant_ID=900001&OrderNumber=L-1&OrderAmount=10&CardNumber=4111111111111111");
        Assert.Contains("4/106", buyer.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("900003;A-1;100.00;RUB", null, null)]
    [InlineData("900003A-1100.00RUB", null, null)]
    [InlineData("900003;A-1;100.00;RUB;50;C7", "50", "C7")]
    public async Task Checkvalue_Demanded_FitsOverEverythingSent(string text, string? points, string? customer)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        (string, string)[] more = [("Checkvalue", PaymentTests.Seal(text)), ("OrderMaxPoints", points ?? ""), ("CustomerNumber", customer ?? "")];

        var right = await PayRequestAsync(sandbox, Buyer.Request(RunningSandbox.Both, more));
        var otherSum = await PayRequestAsync(sandbox, Buyer.Request(RunningSandbox.Both, [.. more, ("OrderAmount", "1.00")]));
        var morePoints = await PayRequestAsync(sandbox, Buyer.Request(RunningSandbox.Both, [.. more, ("OrderMaxPoints", "9999")]));
        var none = await PayRequestAsync(sandbox, Buyer.Request(RunningSandbox.Both));

        Assert.NotEqual("", right.GetProperty("URL").GetString());
        Assert.Equal(9, otherSum.GetProperty("firstcode").GetInt32());
        Assert.Equal(9, morePoints.GetProperty("firstcode").GetInt32());
        Assert.Equal((3, 158), (none.GetProperty("firstcode").GetInt32(), none.GetProperty("secondcode").GetInt32()));
    }

    [Fact]
    public async Task Orders_OfOneNumber_AreSeveral()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var (one, two) = (await Buyer.ComesAsync(sandbox, RunningSandbox.OneStage), await Buyer.ComesAsync(sandbox, RunningSandbox.OneStage));

        Assert.NotEqual(one.Billnumber, two.Billnumber);
    }

    [Theory]
    [InlineData("1", "0", true, false)]
    [InlineData("0", "1", false, true)]
    [InlineData("1", "1", true, true)]
    public async Task MeansFlags_Sent_LimitWhatIsOffered(string card, string fast, bool offersCard, bool offersFast)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(sandbox, RunningSandbox.OneStage, ("CardPayment", card), ("FastPayPayment", fast), ("QIWIPayment", "0"));
        var first = buyer.Page;
        await buyer.LoadAsync(buyer.Address + "&means=sbp");

        Assert.Equal(offersCard, first.Contains("name=\"cardnumber\"", StringComparison.Ordinal));
        Assert.Equal(offersFast, buyer.Page.Contains("aria-label=\"QR\"", StringComparison.Ordinal));
        Assert.DoesNotContain("means=wallet", buyer.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_UnknownOrBrokenVisit_AreNotFound()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = new Buyer(sandbox);

        await buyer.LoadAsync("/pay/pay.cfm?CFSID=nosuch");
        Assert.Equal(HttpStatusCode.NotFound, buyer.Status);
        await buyer.SubmitAsync("card", ("CFSID", "nosuch"));
        Assert.Equal(HttpStatusCode.NotFound, buyer.Status);
    }

    private static async Task<JsonElement> PayRequestAsync(RunningSandbox sandbox, (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await sandbox.Http.PostAsync("/pay/payrequest.cfm", form, Token);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(Token));
    }
}
