using System.Text.Json;

namespace AssistPortal.Sandbox.Tests.Services;

public sealed class ChargeTests
{
    [Fact]
    public async Task Charge_InFull_ApprovesAndWaitsForTheBatch()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage, "150.00", "15850");

        var answer = await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber), ("ClientIP", "192.0.2.9"));

        Assert.Equal(
            $"ordernumber: 15850;responsecode: AS000;recommendation: ;message: Завершено успешно.;ordercomment: ;orderdate: [second];amount: 150.00;currency: RUB;meantypename: VISA;meannumber: 411111****1111;lastname: Тестов;firstname: Тест;middlename: ;issuebank: New Assist Bank;email: test@example.com;bankcountry: Россия;rate: 1;approvalcode: X18494;meansubtype: Classic;cardholder: TEST TESTOV;cardexpirationdate: 12/30;ipaddress: 198.51.100.7;protocoltypename: ;testmode: 1;customermessage: Завершено успешно.;orderstate: Approved;processingname: Fake;operationtype: 200;billnumber: {billnumber}.2;orderamount: 150.00;ordercurrency: RUB;slipno: 000002;packetdate: [second];signature: ;\n",
            RunningSandbox.WithoutDates(answer));
        var truth = await sandbox.TruthAsync(billnumber);
        Assert.Equal("Approved", truth.GetProperty("state").GetString());
        Assert.Equal("192.0.2.9", truth.GetProperty("operations")[1].GetProperty("clientIp").GetString());
        MoneyIs(truth, held: 15000, presented: 15000);
        await sandbox.CloseDayAsync();
        MoneyIs(await sandbox.TruthAsync(billnumber), captured: 15000);
    }

    [Fact]
    public async Task Charge_AskedWithJson_IsTheRecordedObjectWithAmountsAsText()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage, "150.00", "15850");

        var answer = await sandbox.AskWithJsonAsync("charge", RunningSandbox.TwoStage, new { billnumber = billnumber + ".1", amount = "90.5", currency = "RUB", language = "EN" });

        Assert.Equal(
            $$$"""{"charge":{"customermessage":"Completed.","message":"Completed.","testmode":1,"operationtype":200,"orderdate":"[second]","packetdate":"[second]","orderamount":"150.00","ordercomment":"","cardexpirationdate":"12/30","ordercurrency":"RUB","recommendation":"","processingname":"Fake","meannumber":"411111****1111","orderstate":"PartialDelayed","rate":1,"amount":"90.50","responsecode":"AS000","meantypename":"VISA","protocoltypename":"","bankcountry":"Russia","customer":{"lastname":"Тестов","firstname":"Тест","middlename":"","ipaddress":"198.51.100.7","email":"test@example.com"},"cardholder":"TEST TESTOV","approvalcode":"X18494","signature":"","billnumber":"{{{billnumber}}}.2","issuebank":"New Assist Bank","currency":"RUB","ordernumber":"15850","meansubtype":"Classic","slipno":"000002"}}""",
            RunningSandbox.WithoutDates(answer));
    }

    [Fact]
    public async Task Charge_InXmlAndSoap_HasTheDocumentedShape()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var first = await sandbox.PaidAsync(RunningSandbox.TwoStage, "150.00", "15850");
        var second = await sandbox.PaidAsync(RunningSandbox.TwoStage, "150.00", "15851");

        var xml = await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", first), ("Format", "3"));
        var soap = await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", second), ("Format", "4"));

        Assert.Contains("<!ELEMENT result (orders?)>\n<!ELEMENT orders (order)>\n<!ELEMENT order (ordernumber?,responsecode?,", xml, StringComparison.Ordinal);
        Assert.Contains("slipno?,packetdate?,signature?,pareq?,acsurl?)>\n", xml, StringComparison.Ordinal);
        Assert.Contains("<result firstcode='0' secondcode='0' count='1'><orders><order><ordernumber>15850</ordernumber><responsecode>AS000</responsecode>", xml, StringComparison.Ordinal);
        Assert.Contains("<ws:ChargeResponse><return><ordernumber>15851</ordernumber>", soap, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", 6000, 0, 4000)]
    [InlineData("0", 10000, 0, 0)]
    public async Task Charge_InPart_ReleasesTheRestAtOnceWithAutoDepositElseWithTheBatch(string autoDeposit, long held, long captured, long released)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);

        await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber), ("Amount", "60.00"), ("Currency", "RUB"), ("AutoDeposit", autoDeposit));

        var truth = await sandbox.TruthAsync(billnumber);
        Assert.Equal("PartialDelayed", truth.GetProperty("state").GetString());
        MoneyIs(truth, held: held, presented: 6000, captured: captured, released: released);
        await sandbox.CloseDayAsync();
        MoneyIs(await sandbox.TruthAsync(billnumber), captured: 6000, released: 4000);
    }

    [Fact]
    public async Task Charge_ASecondTime_IsRefusedAndMovesNothing()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);
        await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber), ("Amount", "60"), ("Currency", "RUB"));
        var before = (await sandbox.TruthAsync(billnumber)).GetRawText();

        Assert.Equal("error;15;307;\n", await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber), ("Amount", "40"), ("Currency", "RUB")));
        Assert.Equal(before, (await sandbox.TruthAsync(billnumber)).GetRawText());
    }

    [Theory]
    [InlineData("100.01", "RUB", "", "error;5;108;\n")]
    [InlineData("0", "RUB", "", "error;5;108;\n")]
    [InlineData("1.005", "RUB", "", "error;4;108;\n")]
    [InlineData("-1", "RUB", "", "error;4;108;\n")]
    [InlineData("50", "USD", "", "error;5;105;\n")]
    [InlineData("50", "", "", "error;3;105;\n")]
    [InlineData("", "RUB", "", "error;3;108;\n")]
    [InlineData("", "", ".2", "error;5;143;\n")]
    [InlineData("", "", ".x", "error;4;143;\n")]
    [InlineData("", "", "0", "error;4;143;\n")]
    public async Task Charge_WithAWrongParameter_IsRefusedWithItsPair(string amount, string currency, string suffix, string expected)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);

        var answer = await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber + suffix), ("Amount", amount), ("Currency", currency));

        Assert.Equal(expected, answer);
        Assert.Equal("Delayed", (await sandbox.TruthAsync(billnumber)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Charge_OfAOneStageOrderOrAnUnknownOne_IsRefused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage);

        Assert.Equal("error;15;307;\n", await sandbox.AskAsync("charge", RunningSandbox.OneStage, ("Billnumber", billnumber)));
        Assert.Equal("error;10;201;\n", await sandbox.AskAsync("charge", RunningSandbox.OneStage, ("Billnumber", "5900001000000000")));
        Assert.Equal("error;3;143;\n", await sandbox.AskAsync("charge", RunningSandbox.OneStage));
    }

    [Fact]
    public async Task Charge_ForcedToFail_IsAFailedOperationAndMovesNothing()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);

        var answer = await sandbox.AskJsonAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber), ("DemoResult", "AS105"));

        Assert.Equal("AS105", answer.GetProperty("charge").GetProperty("responsecode").GetString());
        Assert.Equal("Delayed", answer.GetProperty("charge").GetProperty("orderstate").GetString());
        MoneyIs(await sandbox.TruthAsync(billnumber), held: 10000);
        Assert.Contains("AS000", await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber)), StringComparison.Ordinal);
    }

    internal static void MoneyIs(
        JsonElement truth, long held = 0, long presented = 0, long captured = 0, long refunded = 0, long voided = 0, long released = 0)
    {
        var money = truth.GetProperty("money");
        Assert.Equal(
            (held, presented, captured, refunded, voided, released),
            (money.GetProperty("held").GetInt64(), money.GetProperty("presented").GetInt64(), money.GetProperty("captured").GetInt64(),
                money.GetProperty("refunded").GetInt64(), money.GetProperty("voided").GetInt64(), money.GetProperty("released").GetInt64()));
    }
}
