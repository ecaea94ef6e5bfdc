namespace AssistPortal.Sandbox.Tests.Services;

public sealed class OrderStateTests
{
    [Fact]
    public async Task OrderState_AskedForXml_IsTheDocumentedDocument()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.OneStage, "4.00", "100");

        var answer = await sandbox.AskAsync("orderstate", RunningSandbox.OneStage, ("Ordernumber", "100"), ("Format", "3"));

        Assert.Equal(
            """
            <?xml version='1.0' encoding='utf-8' standalone='yes'?>
            <!DOCTYPE result [
            <!ATTLIST result
             firstcode CDATA #REQUIRED
             secondcode CDATA #REQUIRED
             count CDATA #REQUIRED>
            <!ELEMENT result (order*)>
            <!ELEMENT order (ordernumber?,billnumber?,orderamount?,ordercurrency?,orderstate?,packetdate?,checkvalue?)>
            <!ELEMENT ordernumber (#PCDATA)>
            <!ELEMENT billnumber (#PCDATA)>
            <!ELEMENT orderamount (#PCDATA)>
            <!ELEMENT ordercurrency (#PCDATA)>
            <!ELEMENT orderstate (#PCDATA)>
            <!ELEMENT packetdate (#PCDATA)>
            <!ELEMENT checkvalue (#PCDATA)>]>
            <result firstcode='0' secondcode='0' count='1'><order><ordernumber>100</ordernumber><billnumber>5900001595918494</billnumber><orderamount>4.00</orderamount><ordercurrency>RUB</ordercurrency><orderstate>Approved</orderstate><packetdate>[minute]</packetdate><signature></signature><checkvalue>DA34F1BAA82E063B48DEBACA7B140379</checkvalue></order></result>

            """,
            RunningSandbox.WithoutDates(answer));
    }

    [Fact]
    public async Task OrderState_AskedForJson_GivesOneOrderAsAnObjectWithCheckdata()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.OneStage, "4.00", "100");

        var answer = await sandbox.AskAsync("orderstate", RunningSandbox.OneStage, ("Ordernumber", "100"), ("Format", "5"));

        Assert.Equal(
            """{"orderstate":{"ordernumber":"100","billnumber":"5900001595918494","orderamount":4,"ordercurrency":"RUB","orderstate":"Approved","checkdata":{"packetdate":"[minute]","signature":"","checkvalue":"DA34F1BAA82E063B48DEBACA7B140379"}}}""",
            RunningSandbox.WithoutDates(answer));
    }

    [Fact]
    public async Task OrderState_AskedForCsv_GivesHeaderAndRows()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.OneStage, "4.00", "100");

        var answer = await sandbox.AskAsync("orderstate", RunningSandbox.OneStage, ("Ordernumber", "100"), ("Format", "1"));

        Assert.Equal(
            "ordernumber;billnumber;orderamount;ordercurrency;orderstate;packetdate;signature;checkvalue;\n"
            + "100;5900001595918494;4.00;RUB;Approved;[minute];;DA34F1BAA82E063B48DEBACA7B140379;\n",
            RunningSandbox.WithoutDates(answer));
    }

    [Fact]
    public async Task OrderState_WithoutFormat_AnswersSoap()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.OneStage, "4.00", "100");

        var answer = await sandbox.AskAsync("orderstate", RunningSandbox.OneStage, ("Ordernumber", "100"));

        Assert.Equal(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ws="http://www.paysecure.ru/ws/"><soapenv:Body><ws:orderstateResponse><orderstate><order><ordernumber>100</ordernumber><billnumber>5900001595918494</billnumber><orderamount>4.00</orderamount><ordercurrency>RUB</ordercurrency><orderstate>Approved</orderstate><packetdate>[minute]</packetdate><signature></signature><checkvalue>DA34F1BAA82E063B48DEBACA7B140379</checkvalue></order></orderstate></ws:orderstateResponse></soapenv:Body></soapenv:Envelope>

            """,
            RunningSandbox.WithoutDates(answer));
    }

    [Fact]
    public async Task OrderState_OfAnUnknownOrder_IsThePair10201InEachFormat()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        Task<string> Ask(string format) => sandbox.AskAsync("orderstate", RunningSandbox.OneStage, ("Ordernumber", "nobody"), ("Format", format));

        Assert.Equal("error;10;201;\n", await Ask("1"));
        Assert.EndsWith("<!ELEMENT checkvalue (#PCDATA)>]>\n<result firstcode='10' secondcode='201' count='0'> </result>\n", await Ask("3"), StringComparison.Ordinal);
        Assert.EndsWith(
            "<soapenv:Fault><faultcode>soapenv:Server</faultcode><faultstring>Object not found: order</faultstring><detail><WSException><firstcode>10</firstcode><secondcode>201</secondcode></WSException></detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>\n",
            await Ask("4"), StringComparison.Ordinal);
        Assert.Equal("""{"firstcode":10,"secondcode":201}""", await Ask("5"));
    }

    [Fact]
    public async Task OrderState_OfTwoOrdersWithOneNumber_GivesBothOldestFirst()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PayAsync(new { merchant = RunningSandbox.OneStage, amount = "5", ordernumber = "twice", card = "4000000000000002" });
        await sandbox.PaidAsync(RunningSandbox.OneStage, "5", "twice");

        var answer = await sandbox.AskJsonAsync("orderstate", RunningSandbox.OneStage, ("Ordernumber", "twice"));

        Assert.Equal(["Declined", "Approved"], answer.GetProperty("orderstate").EnumerateArray().Select(order => order.GetProperty("orderstate").GetString()));
    }
}
