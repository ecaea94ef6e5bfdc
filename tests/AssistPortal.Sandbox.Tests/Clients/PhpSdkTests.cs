using System.Globalization;
using System.Net;
using System.Text.Json;

namespace AssistPortal.Sandbox.Tests.Clients;

/// <summary>The official PHP SDK: forms in capitals with Format=5 at the end, any status but 200 a failure, amounts as numbers or text.</summary>
public sealed class PhpSdkTests
{
    private const string Credentials = "Merchant_ID=900002&Login=sandbox_ws&Password=Sandbox2026";

    [Fact]
    public async Task OrderState_AsTheSdkAsks_IsOneObjectWithARightCheckvalue()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.TwoStage, "4.50", "Order+1");

        var order = (await AskAsync(sandbox, "orderstate", $"Ordernumber=Order%2B1&{Credentials}&Format=5")).GetProperty("orderstate");

        Assert.Equal("Delayed", order.GetProperty("orderstate").GetString());
        var sealedText = "900002" + order.GetProperty("ordernumber").GetString()
            + order.GetProperty("orderamount").GetDecimal().ToString("0.00", CultureInfo.InvariantCulture)
            + order.GetProperty("ordercurrency").GetString() + order.GetProperty("orderstate").GetString();
        Assert.Equal(Seal.Of("secret", sealedText), order.GetProperty("checkdata").GetProperty("checkvalue").GetString());
    }

    [Fact]
    public async Task OrderResult_AsTheSdkAsks_IsFoundByBillnumberAlone()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage, "100.00");

        var order = (await AskAsync(sandbox, "orderresult", $"Billnumber={billnumber}&{Credentials}&Format=5")).GetProperty("orderresult").GetProperty("orders")[0];

        Assert.Equal(100, order.GetProperty("orderamount").GetDecimal());
        Assert.Equal("Тестов", order.GetProperty("customer").GetProperty("lastname").GetString());
        var operation = order.GetProperty("operations")[0];
        Assert.Equal((100, billnumber + ".1"), (operation.GetProperty("operationtype").GetInt32(), operation.GetProperty("billnumber").GetString()));
    }

    [Fact]
    public async Task ChargeAndCancel_AsTheSdkAsks_WalkTheOrderToItsEnd()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage, "100.00");

        var charge = (await AskAsync(sandbox, "charge", $"Billnumber={billnumber}&{Credentials}&Amount=60&Currency=RUB&AutoDeposit=1&Format=5")).GetProperty("charge");
        var cancel = (await AskAsync(sandbox, "wscancel", $"Billnumber={billnumber}&{Credentials}&CancelReason=1&Format=5")).GetProperty("wscancel");

        Assert.Equal(("AS000", "PartialDelayed", 200), (charge.GetProperty("responsecode").GetString(), charge.GetProperty("orderstate").GetString(), charge.GetProperty("operationtype").GetInt32()));
        Assert.True(charge.TryGetProperty("slipno", out _));
        Assert.Equal("Canceled", cancel.GetProperty("order").GetProperty("orderstate").GetString());
        Assert.Equal("AS000", cancel.GetProperty("order").GetProperty("operations")[0].GetProperty("responsecode").GetString());
        Assert.True(cancel.GetProperty("checkdata").TryGetProperty("packetdate", out _));
    }

    [Fact]
    public async Task Refusal_AsTheSdkReadsIt_HasItsTwoCodesAtTheTopAndStatus200()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var refusal = await AskAsync(sandbox, "wscancel", "Billnumber=5900002000000000&Merchant_ID=900002&Login=sandbox_ws&Password=wrong0000&Format=5");

        Assert.Equal((7, 141), (refusal.GetProperty("firstcode").GetInt32(), refusal.GetProperty("secondcode").GetInt32()));
    }

    private static async Task<JsonElement> AskAsync(RunningSandbox sandbox, string service, string form)
    {
        using var response = await sandbox.PostAsync(service, form, "application/x-www-form-urlencoded");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
