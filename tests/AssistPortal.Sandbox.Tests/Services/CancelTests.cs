using System.Text.Json;

namespace AssistPortal.Sandbox.Tests.Services;

public sealed class CancelTests
{
    [Fact]
    public async Task WsCancel_WithoutFormat_IsTheDocumentedEnvelope()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage, "40.10", "14");

        var answer = await sandbox.AskAsync("wscancel", RunningSandbox.OneStage, ("Billnumber", billnumber));

        Assert.Equal(
            $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ws="http://www.paysecure.ru/ws/"><soapenv:Body><ws:WSCancelResponseParams><order><billnumber>{billnumber}</billnumber><ordernumber>14</ordernumber><testmode>1</testmode><ordercomment></ordercomment><orderamount>40.10</orderamount><ordercurrency>RUB</ordercurrency><rate>1</rate><orderdate>[second]</orderdate><orderstate>Canceled</orderstate><customer><firstname>Тест</firstname><lastname>Тестов</lastname><middlename></middlename><email>test@example.com</email></customer><operation><billnumber>{billnumber}.2</billnumber><operationtype>300</operationtype><operationstate>Завершено успешно.</operationstate><amount>40.10</amount><currency>RUB</currency><ipaddress>198.51.100.7</ipaddress><meantype_id>1</meantype_id><meantypename>VISA</meantypename><meansubtype>Classic</meansubtype><meannumber>411111****1111</meannumber><cardholder>TEST TESTOV</cardholder><cardexpirationdate>12/30</cardexpirationdate><issuebank>New Assist Bank</issuebank><bankcountry>Россия</bankcountry><responsecode>AS000</responsecode><message>Завершено успешно.</message><customermessage>Завершено успешно.</customermessage><recommendation></recommendation><approvalcode>X18494</approvalcode><protocoltypename></protocoltypename><processingname>Fake</processingname><operationdate>[second]</operationdate><slipno>000002</slipno></operation></order><packetdate>[second]</packetdate><signature></signature></ws:WSCancelResponseParams></soapenv:Body></soapenv:Envelope>

            """,
            RunningSandbox.WithoutDates(answer));
    }

    [Fact]
    public async Task WsCancel_AskedWithJson_GivesThePlainOrderAndTheExtendedOperation()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage, "40.10", "14");

        var answer = await sandbox.AskWithJsonAsync("wscancel", RunningSandbox.OneStage, new { billnumber, language = "EN", externalrefundid = "refund-000001" });

        Assert.Equal(
            $$$$"""{"wscancel":{"order":{"billnumber":"{{{{billnumber}}}}","ordernumber":"14","testmode":1,"ordercomment":"","orderamount":40.1,"ordercurrency":"RUB","rate":1,"orderdate":"[second]","orderstate":"Canceled","customer":{"firstname":"Тест","lastname":"Тестов","middlename":"","email":"test@example.com"},"operations":[{"billnumber":"{{{{billnumber}}}}.2","operationtype":300,"operationstate":"Success","amount":40.1,"currency":"RUB","ipaddress":"198.51.100.7","meantype_id":1,"meantypename":"VISA","meansubtype":"Classic","meannumber":"411111****1111","cardholder":"TEST TESTOV","cardexpirationdate":"12/30","issuebank":"New Assist Bank","bankcountry":"Russia","responsecode":"AS000","message":"Completed.","customermessage":"Completed.","recommendation":"","approvalcode":"X18494","protocoltypename":"","processingname":"Fake","operationdate":"[second]","slipno":"000002"}]},"checkdata":{"packetdate":"[second]","signature":""}}}""",
            RunningSandbox.WithoutDates(answer));
    }

    [Fact]
    public async Task WsCancel_InXmlAndCsv_HasOrderCustomerAndOperation()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var first = await sandbox.PaidAsync(RunningSandbox.OneStage, "40.10", "14");
        var second = await sandbox.PaidAsync(RunningSandbox.OneStage, "40.10", "15");

        var xml = await sandbox.AskAsync("wscancel", RunningSandbox.OneStage, ("Billnumber", first), ("Format", "3"));
        var csv = await sandbox.AskAsync("wscancel", RunningSandbox.OneStage, ("Billnumber", second), ("Format", "1"));

        Assert.Contains($"count='1'><order><billnumber>{first}</billnumber><ordernumber>14</ordernumber>", xml, StringComparison.Ordinal);
        Assert.Contains($"<operation><billnumber>{first}.2</billnumber>", xml, StringComparison.Ordinal);
        Assert.StartsWith("ordernumber: 15;testmode: 1;", csv, StringComparison.Ordinal);
        Assert.Contains($";billnumber: {second}.2;operationtype: 300;", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_Classic_AnswersThePlainBillnumberInTheFormatOfTheInput()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var form = await sandbox.PaidAsync(RunningSandbox.OneStage);
        var json = await sandbox.PaidAsync(RunningSandbox.OneStage);

        var csv = await sandbox.AskAsync("cancel", RunningSandbox.OneStage, ("Billnumber", form));
        var answer = JsonElement.Parse(await sandbox.AskWithJsonAsync("cancel", RunningSandbox.OneStage, new { billnumber = json })).GetProperty("cancel");

        Assert.Contains($";operationtype: 300;billnumber: {form};orderamount: 100.00;", csv, StringComparison.Ordinal);
        Assert.Equal(json, answer.GetProperty("billnumber").GetString());
        Assert.Equal("Canceled", answer.GetProperty("orderstate").GetString());
    }

    [Fact]
    public async Task Cancel_InFullBeforeTheBatch_VoidsAndNothingIsCapturedLater()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.Both);

        await sandbox.AskAsync("cancel", RunningSandbox.Both, ("Billnumber", billnumber));
        await sandbox.CloseDayAsync();

        var truth = await sandbox.TruthAsync(billnumber);
        ChargeTests.MoneyIs(truth, voided: 10000);
        Assert.Equal("authorization done,financial withdrawn,void done", Transactions(truth));
    }

    [Fact]
    public async Task Cancel_InFullAfterTheBatch_Refunds()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage);
        await sandbox.CloseDayAsync();

        await sandbox.AskAsync("cancel", RunningSandbox.OneStage, ("Billnumber", billnumber));

        var truth = await sandbox.TruthAsync(billnumber);
        Assert.Equal("Canceled", truth.GetProperty("state").GetString());
        ChargeTests.MoneyIs(truth, captured: 10000, refunded: 10000);
        Assert.Equal("authorization done,financial done,refund done", Transactions(truth));
    }

    [Fact]
    public async Task Cancel_InPartBeforeTheBatch_VoidsWhereTheProcessingCan()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage);

        await CancelAsync(sandbox, RunningSandbox.OneStage, billnumber, "30.00");

        var truth = await sandbox.TruthAsync(billnumber);
        Assert.Equal("PartialCanceled", truth.GetProperty("state").GetString());
        ChargeTests.MoneyIs(truth, held: 7000, presented: 7000, voided: 3000);
        await sandbox.CloseDayAsync();
        ChargeTests.MoneyIs(await sandbox.TruthAsync(billnumber), captured: 7000, voided: 3000);
    }

    [Fact]
    public async Task Cancel_InPartBeforeTheBatch_ElsewhereSendsTheFinancialTransactionAheadAndRefunds()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);
        await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber), ("Amount", "80"), ("Currency", "RUB"));

        await CancelAsync(sandbox, RunningSandbox.TwoStage, billnumber, "30.00");

        var truth = await sandbox.TruthAsync(billnumber);
        ChargeTests.MoneyIs(truth, captured: 8000, refunded: 3000, released: 2000);
        Assert.Equal("authorization done,financial done,refund done", Transactions(truth));
    }

    [Fact]
    public async Task Cancel_InSeveralParts_GoesOnUntilNothingIsLeft()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage);

        Assert.Equal("PartialCanceled", await CancelAsync(sandbox, RunningSandbox.OneStage, billnumber, "30.00"));
        await sandbox.CloseDayAsync();
        Assert.Equal("PartialCanceled", await CancelAsync(sandbox, RunningSandbox.OneStage, billnumber, "69.99"));
        Assert.Equal("15/308", await CancelAsync(sandbox, RunningSandbox.OneStage, billnumber, "0.02"));
        Assert.Equal("Canceled", await CancelAsync(sandbox, RunningSandbox.OneStage, billnumber, null));
        Assert.Equal("15/308", await CancelAsync(sandbox, RunningSandbox.OneStage, billnumber, null));
        ChargeTests.MoneyIs(await sandbox.TruthAsync(billnumber), captured: 7000, refunded: 7000, voided: 3000);
    }

    [Fact]
    public async Task Cancel_OfADelayedOrder_TakesAllOrNothing()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);

        Assert.Equal("15/308", await CancelAsync(sandbox, RunningSandbox.TwoStage, billnumber, "30.00"));
        Assert.Equal("Canceled", await CancelAsync(sandbox, RunningSandbox.TwoStage, billnumber, null));
        ChargeTests.MoneyIs(await sandbox.TruthAsync(billnumber), voided: 10000);
    }

    [Fact]
    public async Task Cancel_OfAPartConfirmedOrder_GivesBackTheConfirmedPartOnly()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);
        await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber), ("Amount", "60"), ("Currency", "RUB"));

        Assert.Equal("15/308", await CancelAsync(sandbox, RunningSandbox.TwoStage, billnumber, "60.01"));
        Assert.Equal("Canceled", await CancelAsync(sandbox, RunningSandbox.TwoStage, billnumber, null));
        var truth = await sandbox.TruthAsync(billnumber);
        Assert.Equal(6000, truth.GetProperty("operations")[2].GetProperty("amountMinor").GetInt64());
        ChargeTests.MoneyIs(truth, voided: 6000, released: 4000);
    }

    [Fact]
    public async Task Cancel_OfAnUnpaidOrder_IsRefused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var declined = (await sandbox.PayAsync(new { merchant = RunningSandbox.OneStage, amount = "5", card = "4000000000000002" })).GetProperty("billnumber").GetString()!;

        Assert.Equal("15/308", await CancelAsync(sandbox, RunningSandbox.OneStage, declined, null));
    }

    [Fact]
    public async Task WsCancel_WithAKnownRefundId_IsRefusedAndMovesNothing()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage);
        Task<string> Refund(string id, string? demo = null) => CancelAsync(sandbox, RunningSandbox.OneStage, billnumber, "10", id, demo);

        Assert.Equal("AS100", await Refund("refund-000001", "AS100"));
        Assert.Equal("PartialCanceled", await Refund("refund-000001"));
        Assert.Equal("11/308", await Refund("refund-000001"));
        Assert.Equal("PartialCanceled", await Refund("refund-000002"));
        Assert.Equal("4/308", await Refund("short"));
        Assert.Equal("4/308", await Refund("refund 000003"));
        ChargeTests.MoneyIs(await sandbox.TruthAsync(billnumber), held: 8000, presented: 8000, voided: 2000);
    }

    [Fact]
    public async Task WsCancel_WithChequeItemsAndTheExtendedBillnumber_IsRefused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage);
        (string, string)[] cheque =
            [("ChequeItems", """{"items":[{"id":1,"name":"Чай","price":100,"quantity":1,"amount":100}]}"""), ("Format", "1")];

        Assert.Equal("error;5;143;\n", await sandbox.AskAsync("wscancel", RunningSandbox.OneStage, [("Billnumber", billnumber + ".1"), .. cheque]));
        Assert.Contains("AS000", await sandbox.AskAsync("wscancel", RunningSandbox.OneStage, [("Billnumber", billnumber), .. cheque]), StringComparison.Ordinal);
    }

    private static string Transactions(JsonElement truth) => string.Join(',', truth.GetProperty("transactions").EnumerateArray().Select(
        transaction => $"{transaction.GetProperty("kind").GetString()} {transaction.GetProperty("state").GetString()}"));

    /// <summary>The state afterwards, the code of a decline or the pair of a refusal.</summary>
    private static async Task<string> CancelAsync(
        RunningSandbox sandbox, int merchant, string billnumber, string? amount, string? externalrefundid = null, string? demoresult = null)
    {
        var answer = JsonElement.Parse(await sandbox.AskWithJsonAsync(
            "wscancel", merchant, new { billnumber, amount, currency = amount is null ? null : "RUB", externalrefundid, demoresult }));
        if (!answer.TryGetProperty("wscancel", out var cancelled))
        {
            return $"{answer.GetProperty("firstcode").GetInt32()}/{answer.GetProperty("secondcode").GetInt32()}";
        }

        var order = cancelled.GetProperty("order");
        var code = order.GetProperty("operations")[0].GetProperty("responsecode").GetString()!;
        return code == "AS000" ? order.GetProperty("orderstate").GetString()! : code;
    }
}
