using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AssistPortal.Sandbox.Tests.PayPages;

namespace AssistPortal.Sandbox.Tests.Shop;

/// <summary>The demo shop as a buyer and as the gateway meet it.</summary>
public sealed partial class ShopTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("900001", "0", "RUB", "", "Спасибо, заказ оплачен")]
    [InlineData("900002", "", "RUB", "", "Деньги заблокированы на карте")]
    [InlineData("900003", "0", "USD", "", "Спасибо, заказ оплачен")]
    [InlineData("900003", "0", "RUB", "100", "Спасибо, заказ оплачен")]
    public async Task Basket_Paid_IsThankedForOnTheGatewaysWord(string merchant, string delay, string currency, string points, string thanks)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var order = await PlaceAsync(sandbox, ("merchant", merchant), ("delay", delay), ("currency", currency), ("points", points), ("cheque", "1"), ("customer", "1"), ("kettle", "2"));
        var buyer = await GoToPayAsync(sandbox, order);

        await buyer.PayAsync("4111111111111111");
        await buyer.LoadAsync(WebUtility.HtmlDecode(BackToShop().Match(buyer.Page).Groups[1].Value));

        Assert.Contains(thanks, buyer.Page, StringComparison.Ordinal);
        var received = await sandbox.Http.GetStringAsync("/shop/received", Token);
        Assert.Contains("billnumber=5900", received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReturnAddress_Forged_IsNotBelieved()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var order = await PlaceAsync(sandbox, ("merchant", "900001"), ("currency", "RUB"), ("mug", "1"), ("customer", "1"));
        var number = Number().Match(order).Value;
        var other = await sandbox.PaidAsync(RunningSandbox.OneStage, "690.00");
        var buyer = await GoToPayAsync(sandbox, order);

        Assert.Contains("Оплата ещё идёт", await sandbox.Http.GetStringAsync($"/shop/paid?billnumber={buyer.Billnumber}&ordernumber={number}", Token), StringComparison.Ordinal);
        Assert.Contains("Шлюз не знает такой оплаты", await sandbox.Http.GetStringAsync($"/shop/paid?billnumber={other}&ordernumber={number}", Token), StringComparison.Ordinal);
        using var unknown = await sandbox.Http.GetAsync("/shop/paid?billnumber=1&ordernumber=nosuch", Token);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task ThankYouPage_GatewayDown_SaysItDoesNotKnow()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var order = await PlaceAsync(sandbox, ("merchant", "900001"), ("currency", "RUB"), ("mug", "1"), ("customer", "1"));
        await sandbox.FaultAsync("orderstate", "html");

        var page = await sandbox.Http.GetStringAsync($"/shop/paid?billnumber=5900001000000001&ordernumber={Number().Match(order).Value}", Token);

        Assert.Contains("Шлюз не ответил", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mug", "0", "RUB", "Корзина пуста")]
    [InlineData("mug", "10", "RUB", "от 0 до 9")]
    [InlineData("mug", "1", "USD", "только Гипермаркет")]
    public async Task Basket_Wrong_IsExplained(string good, string quantity, string currency, string words)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        Assert.Contains(words, await PlaceAsync(sandbox, ("merchant", "900001"), ("currency", currency), (good, quantity)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_Sealed_IsAcceptedAndAnotherRefused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var number = Number().Match(await PlaceAsync(sandbox, ("merchant", "900001"), ("currency", "RUB"), ("mug", "1"))).Value;
        (string, string)[] push =
        [
            ("merchant_id", "900001"), ("ordernumber", number), ("billnumber", "5900001000000001.1"), ("amount", "690.00"), ("currency", "RUB"),
            ("orderstate", "Approved"), ("packetdate", "24.11.2026 10:00:00"), ("checkvalue", PaymentTests.Seal($"900001{number}690.00RUBApproved")),
        ];

        Assert.Contains(
            "<pushpaymentresult firstcode=\"0\" secondcode=\"0\"><order><billnumber>5900001000000001.1</billnumber><packetdate>24.11.2026 10:00:00</packetdate></order></pushpaymentresult>",
            await PushAsync(sandbox, push), StringComparison.Ordinal);
        Assert.Contains("firstcode=\"5\" secondcode=\"158\"", await PushAsync(sandbox, [.. push.Where(field => field.Item1 != "amount"), ("amount", "1.00")]), StringComparison.Ordinal);
        Assert.Contains("firstcode=\"5\" secondcode=\"100\"", await PushAsync(sandbox, [("merchant_id", "1")]), StringComparison.Ordinal);
        var received = await sandbox.Http.GetStringAsync("/shop/received", Token);
        Assert.Contains("принято, подпись верна", received, StringComparison.Ordinal);
        Assert.Contains("(5/158)", received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_OfTheGateway_ReachesTheShopAndIsAccepted()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var setting = JsonContent.Create(new { url = new Uri(sandbox.Address, "/shop/push"), protocol = "POST", reply = "xml" });
        using var set = await sandbox.Http.PutAsync("/control/merchants/900001/push", setting, Token);
        set.EnsureSuccessStatusCode();
        var buyer = await GoToPayAsync(sandbox, await PlaceAsync(sandbox, ("merchant", "900001"), ("currency", "RUB"), ("mug", "1"), ("customer", "1")));

        await buyer.PayAsync("2200000000000004");

        await ReceivedAsync(sandbox, "принято, подпись верна").WaitAsync(TimeSpan.FromSeconds(20), Token);
    }

    [Fact]
    public async Task HostilePush_Shown_StaysText()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        await PushAsync(sandbox, [("merchant_id", "<script>"), ("ordernumber", "\"><img src=x>"), ("<svg onload=x>", "</pre><script>")]);

        var received = await sandbox.Http.GetStringAsync("/shop/received", Token);
        Assert.DoesNotContain("<script", received, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", received, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", received, StringComparison.Ordinal);
    }

    /// <summary>Asks until the shop's server has it.</summary>
    private static async Task ReceivedAsync(RunningSandbox sandbox, string words)
    {
        while (!(await sandbox.Http.GetStringAsync("/shop/received", Token)).Contains(words, StringComparison.Ordinal))
        {
            Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Sends a basket and answers the page it leads to.</summary>
    private static async Task<string> PlaceAsync(RunningSandbox sandbox, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await sandbox.Http.PostAsync("/shop/order", form, Token);
        return response.Headers.Location is { } next
            ? await sandbox.Http.GetStringAsync(next, Token)
            : await response.Content.ReadAsStringAsync(Token);
    }

    /// <summary>Sends the form the shop wrote, as the buyer's browser does.</summary>
    private static async Task<Buyer> GoToPayAsync(RunningSandbox sandbox, string page)
    {
        using var form = new FormUrlEncodedContent(Hidden().Matches(page).Select(field =>
            KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value))));
        using var response = await sandbox.Http.PostAsync("/pay/order.cfm", form, Token);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        var buyer = new Buyer(sandbox);
        await buyer.LoadAsync(response.Headers.Location!.OriginalString);
        return buyer;
    }

    private static async Task<string> PushAsync(RunningSandbox sandbox, (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await sandbox.Http.PostAsync("/shop/push", form, Token);
        Assert.Equal("text/xml", response.Content.Headers.ContentType!.MediaType);
        return await response.Content.ReadAsStringAsync(Token);
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">")]
    private static partial Regex Hidden();

    [GeneratedRegex("class=\"pay\" href=\"([^\"]+)\"")]
    private static partial Regex BackToShop();

    [GeneratedRegex(@"S-\d{6}-\d{4}")]
    private static partial Regex Number();
}
