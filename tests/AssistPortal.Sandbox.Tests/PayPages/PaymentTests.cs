using System.Net;

namespace AssistPortal.Sandbox.Tests.PayPages;

/// <summary>From the request to the result, over HTTP and without a script.</summary>
public sealed class PaymentTests
{
    private const string Good = "4111 1111 1111 1111";
    private const string Challenged = "4111111111111129";

    [Fact]
    public async Task Card_OneStage_IsPaidOnceAndShown()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(sandbox, RunningSandbox.OneStage, ("OrderAmount", "2490.50"));

        await buyer.PayAsync(Good, "01/2031");

        Assert.StartsWith("/pay/result.cfm?CFSID=", buyer.Address, StringComparison.Ordinal);
        Assert.Contains("<h1>Оплачено</h1>", buyer.Page, StringComparison.Ordinal);
        var truth = await sandbox.TruthAsync(buyer.Billnumber);
        Assert.Equal("Approved", truth.GetProperty("state").GetString());
        Assert.Equal(249_050, Assert.Single(truth.GetProperty("operations").EnumerateArray()).GetProperty("amountMinor").GetInt64());
        var result = await sandbox.AskAsync("orderresult", RunningSandbox.OneStage, ("Ordernumber", "A-1"));
        Assert.Contains("<meannumber>411111****1111</meannumber>", result, StringComparison.Ordinal);
        Assert.Contains("<cardholder>MARIA IVANOVA</cardholder>", result, StringComparison.Ordinal);
        Assert.Contains("<lastname>Иванова</lastname>", result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_TwoStage_HoldsTheMoneyAndOffersCardsOnly()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(sandbox, RunningSandbox.TwoStage);
        Assert.DoesNotContain("means=sbp", buyer.Page, StringComparison.Ordinal);

        await buyer.PayAsync(Good);

        Assert.Contains("<h1>Деньги заблокированы</h1>", buyer.Page, StringComparison.Ordinal);
        Assert.Equal("Delayed", await StateAsync(sandbox, buyer));
    }

    [Fact]
    public async Task Challenge_RightCode_Pays()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(sandbox, RunningSandbox.OneStage);

        await buyer.PayAsync(Challenged);
        Assert.Contains("Подтвердите оплату", buyer.Page, StringComparison.Ordinal);
        await buyer.SubmitAsync("challenge", ("code", "0000"), ("answer", "code"));
        Assert.Contains("Осталось попыток: 2", buyer.Page, StringComparison.Ordinal);
        await buyer.SubmitAsync("challenge", ("code", "1234"), ("answer", "code"));

        Assert.Contains("<h1>Оплачено</h1>", buyer.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Challenge_ThreeWrongCodes_FailsTheAttemptAndLetsTryAgain()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(sandbox, RunningSandbox.OneStage);

        await buyer.PayAsync(Challenged);
        for (var i = 0; i < 3; i++)
        {
            await buyer.SubmitAsync("challenge", ("code", "9999"), ("answer", "code"));
        }

        Assert.Contains("Банк не подтвердил, что платите вы", buyer.Page, StringComparison.Ordinal);
        await buyer.PayAsync(Challenged);
        Assert.DoesNotContain("Код не подошёл", buyer.Page, StringComparison.Ordinal);
        await buyer.SubmitAsync("challenge", ("answer", "leave"));
        await buyer.PayAsync(Good);
        Assert.Equal("Approved", await StateAsync(sandbox, buyer));
    }

    [Fact]
    public async Task Attempts_FiveFailed_DeclineTheOrder()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(sandbox, RunningSandbox.OneStage);

        await buyer.PayAsync("4000000000009995");
        Assert.Contains("На карте не хватает средств", buyer.Page, StringComparison.Ordinal);
        Assert.Contains("попыток осталось: 4", buyer.Page, StringComparison.Ordinal);
        for (var i = 0; i < 4; i++)
        {
            await buyer.PayAsync("4000000000000002");
        }

        Assert.Contains("<h1>Оплата не прошла</h1>", buyer.Page, StringComparison.Ordinal);
        Assert.Equal("Declined", await StateAsync(sandbox, buyer));
    }

    [Fact]
    public async Task PendingAnswer_Waits_ThenIsPaid()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(sandbox, RunningSandbox.OneStage);

        await buyer.PayAsync("4000000000000341");
        Assert.Contains("Ждём ответа банка", buyer.Page, StringComparison.Ordinal);
        Assert.Contains("http-equiv=\"refresh\" content=\"3;url=/pay/pay.cfm?CFSID=", buyer.Page, StringComparison.Ordinal);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(21));
        await buyer.LoadAsync();

        Assert.Contains("<h1>Оплачено</h1>", buyer.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TimeOver_FormSentLate_PaysNothing()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(sandbox, RunningSandbox.OneStage);

        sandbox.Clock.Advance(TimeSpan.FromMinutes(31));
        await buyer.PayAsync(Good);

        Assert.Contains("<h1>Время на оплату вышло</h1>", buyer.Page, StringComparison.Ordinal);
        Assert.Empty((await sandbox.TruthAsync(buyer.Billnumber)).GetProperty("operations").EnumerateArray());
    }

    [Fact]
    public async Task DoubleSubmit_AtTheSameTime_MakesOneOperation()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(sandbox, RunningSandbox.OneStage);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["CFSID"] = buyer.Cfsid, ["step"] = buyer.Step, ["cardnumber"] = "4000000000000002", ["expiry"] = "1230", ["cvc2"] = "123", ["cardholder"] = "A B",
        });
        var body = await form.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/x-www-form-urlencoded");
            using var response = await sandbox.Http.PostAsync("/pay/card.cfm", content, TestContext.Current.CancellationToken);
        }));

        Assert.Single((await sandbox.TruthAsync(buyer.Billnumber)).GetProperty("operations").EnumerateArray());
    }

    [Fact]
    public async Task BackButton_FormOfAnEarlierStep_DoesNothing()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(sandbox, RunningSandbox.OneStage);
        var (cfsid, step) = (buyer.Cfsid, buyer.Step);
        await buyer.PayAsync("4000000000000002");

        await buyer.SubmitAsync("giveup", ("CFSID", cfsid), ("step", step));
        var again = new Buyer(sandbox);
        await again.LoadAsync(buyer.Address);

        Assert.Equal("In Process", await StateAsync(sandbox, again));
    }

    [Fact]
    public async Task CustomerData_Missing_IsAskedForAndKept()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = new Buyer(sandbox);
        await buyer.OpenAsync(RunningSandbox.OneStage);

        Assert.Contains("<h1>Кто платит</h1>", buyer.Page, StringComparison.Ordinal);
        await buyer.SubmitAsync("customer", ("lastname", "Ким"), ("firstname", ""), ("email", "nowhere"));
        Assert.Contains("aria-invalid=\"true\" aria-describedby=\"firstname-error\"", buyer.Page, StringComparison.Ordinal);
        Assert.Contains("name@example.com", buyer.Page, StringComparison.Ordinal);
        await buyer.SubmitAsync("customer", ("lastname", "Ким"), ("firstname", "Анна"), ("email", "kim@example.com"));
        await buyer.PayAsync(Good);

        Assert.Contains(
            "<email>kim@example.com</email>", await sandbox.AskAsync("orderresult", RunningSandbox.OneStage, ("Ordernumber", "A-1")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sbp", "yes", "Approved")]
    [InlineData("sbp", "no", "In Process")]
    [InlineData("wallet", "yes", "Approved")]
    public async Task OtherMeans_AnswerOfTheBank_Decides(string means, string answer, string state)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(sandbox, RunningSandbox.OneStage);

        await buyer.LoadAsync($"{buyer.Address}&means={means}");
        Assert.Equal(means == "sbp", buyer.Page.Contains("aria-label=\"QR\"", StringComparison.Ordinal));
        await buyer.SubmitAsync("other", ("means", means), ("answer", answer));

        Assert.Equal(state, await StateAsync(sandbox, buyer));
    }

    [Fact]
    public async Task Points_OfferedAfterTheCard_PayAPart()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(
            sandbox, RunningSandbox.Both, ("OrderAmount", "5000.00"), ("OrderMaxPoints", "1000"), ("Checkvalue", Seal("900003;A-1;5000.00;RUB;1000")));

        await buyer.PayAsync("4276 0000 0000 0009");
        Assert.Contains("можно списать до <b>1\u202F000</b>", WebUtility.HtmlDecode(buyer.Page), StringComparison.Ordinal);
        await buyer.SubmitAsync("points", ("answer", "use"), ("points", "1000.01"));
        Assert.Contains("не больше 1\u202F000", WebUtility.HtmlDecode(buyer.Page), StringComparison.Ordinal);
        await buyer.SubmitAsync("points", ("answer", "use"), ("points", "250.50"));

        Assert.Contains("<dd><b>250,5</b></dd>", buyer.Page, StringComparison.Ordinal);
        Assert.Equal("474950 25050", await PaymentsAsync(sandbox, buyer));
    }

    [Fact]
    public async Task Points_Declined_ChargeTheCardAlone()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(
            sandbox, RunningSandbox.Both, ("OrderMaxPoints", "50"), ("Checkvalue", Seal("900003;A-1;100.00;RUB;50")));

        await buyer.PayAsync("4276000000000009");
        await buyer.SubmitAsync("points", ("answer", "none"));

        Assert.Equal("10000", await PaymentsAsync(sandbox, buyer));
    }

    [Fact]
    public async Task Currency_OtherThanRoubles_ShowsBothSums()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var buyer = await Buyer.ComesAsync(
            sandbox, RunningSandbox.Both, ("OrderCurrency", "USD"), ("Checkvalue", Seal("900003;A-1;100.00;USD")), ("Language", "EN"));

        Assert.Contains("$100.00", buyer.Page, StringComparison.Ordinal);
        Assert.Contains("₽7,850.00", buyer.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_InTheMiddle_GoesOn()
    {
        var first = await RunningSandbox.StartAsync();
        var buyer = await Buyer.ComesAsync(first, RunningSandbox.OneStage);
        await buyer.PayAsync(Challenged);
        var address = buyer.Address;
        await first.StopAsync();

        await using var second = await RunningSandbox.StartAgainAsync(first.Folder);
        var again = new Buyer(second);
        await again.LoadAsync(address);
        await again.SubmitAsync("challenge", ("code", "1234"), ("answer", "code"));

        Assert.Contains("<h1>Оплачено</h1>", again.Page, StringComparison.Ordinal);
    }

    /// <summary>Minor units of the payment operations.</summary>
    private static async Task<string> PaymentsAsync(RunningSandbox sandbox, Buyer buyer) =>
        string.Join(' ', (await sandbox.TruthAsync(buyer.Billnumber)).GetProperty("operations").EnumerateArray()
            .Where(operation => operation.GetProperty("type").GetInt32() == 100).Select(operation => operation.GetProperty("amountMinor").GetRawText()));

    internal static string Seal(string text) => Protocol.Checkvalue.Of("secret", text);

    private static async Task<string?> StateAsync(RunningSandbox sandbox, Buyer buyer) =>
        (await sandbox.TruthAsync(buyer.Billnumber)).GetProperty("state").GetString();
}
