using System.Text.Json;
using System.Xml.Linq;

namespace AssistPortal.Sandbox.Tests.Clients;

/// <summary>A Bitrix shop that asks in JSON with numbers as text and wants XML back ("format":3), but confirms in JSON throughout.</summary>
public sealed class BitrixJsonTests
{
    private const string Merchant = "\"merchant\":{\"merchant_id\":\"900002\",\"login\":\"sandbox_ws\",\"password\":\"Sandbox2026\"}";

    [Fact]
    public async Task OrderState_AskedInJsonForXml_IsReadAsElements()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.TwoStage, "150.00", "15850");
        var start = sandbox.Clock.GetUtcNow().AddDays(-2);

        var result = XDocument.Parse(await AskAsync(
            sandbox, "orderstate",
            $$"""{{{Merchant}},"ordernumber":"15850","startyear":"{{start.Year}}","startmonth":"{{start.Month}}","startday":"{{start.Day}}","starthour":"0","startmin":"0","format":3}""")).Root!;

        Assert.Contains(result.Elements("order"), order => order.Element("orderstate")!.Value is "Delayed" or "Approved");
    }

    [Fact]
    public async Task Charge_WithAChequeAsTheShopSendsIt_AnswersAsRecorded()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage, "150.00", "15850");

        var charge = JsonElement.Parse(await AskAsync(
            sandbox, "charge",
            $$"""
            {{{Merchant}},"billnumber":"{{billnumber}}","amount":"150.00","currency":"RUB","language":"RU","clientip":"194.58.115.195","chequeitem":[
            {"id":"1","product":"77","name":"Пальто","price":"150.00","quantity":"1","amount":"150.00","tax":"vat20","fpmode":"4","subjtype":"1","gs1code":"MDEwNDYwMDQzOTkzMTI1Ng==","marking_code_group":"17"}]}
            """)).GetProperty("charge");

        Assert.Equal(
            ["customermessage", "message", "testmode", "operationtype", "orderdate", "packetdate", "orderamount", "ordercomment", "cardexpirationdate", "ordercurrency",
                "recommendation", "processingname", "meannumber", "orderstate", "rate", "amount", "responsecode", "meantypename", "protocoltypename", "bankcountry", "customer",
                "cardholder", "approvalcode", "signature", "billnumber", "issuebank", "currency", "ordernumber", "meansubtype", "slipno"],
            charge.EnumerateObject().Select(field => field.Name));
        Assert.Equal(
            ("AS000", "Approved", "150.00", "150.00", billnumber + ".2"),
            (charge.GetProperty("responsecode").GetString(), charge.GetProperty("orderstate").GetString(), charge.GetProperty("amount").GetString(),
                charge.GetProperty("orderamount").GetString(), charge.GetProperty("billnumber").GetString()));
    }

    [Fact]
    public async Task ResultByDate_ForADayLessAMinuteBack_IsAPaymentElementAnOperation()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.TwoStage, "150.00", "15850");
        await sandbox.PaidAsync(RunningSandbox.TwoStage, "151.00", "15851");
        var start = sandbox.Clock.GetUtcNow().AddHours(-24).AddMinutes(2);

        var result = XDocument.Parse(await AskAsync(
            sandbox, "resultbydate",
            $$"""{{{Merchant}},"testmode":"1","startyear":"{{start.Year}}","startmonth":"{{start.Month}}","startday":"{{start.Day}}","starthour":"{{start.Hour:00}}","startmin":"{{start.Minute:00}}","format":3}""")).Root!;

        var payments = result.Elements("payment").ToList();
        Assert.Equal(["15850", "15851"], payments.Select(payment => payment.Element("ordernumber")!.Value));
        string[] columns = ["billnumber", "ordernumber", "orderamount", "orderdate", "orderstate", "firstname", "lastname", "email", "clientip", "message", "meannumber", "meantypename", "cardholder", "issuebank", "slipno"];
        Assert.All(columns, column => Assert.NotNull(payments[0].Element(column)));
    }

    private static async Task<string> AskAsync(RunningSandbox sandbox, string service, string json)
    {
        using var response = await sandbox.PostAsync(service, json, "application/json");
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
