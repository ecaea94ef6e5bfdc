using System.Globalization;
using System.Xml.Linq;

namespace AssistPortal.Sandbox.Tests.Services;

public sealed class OrderResultTests
{
    private static readonly string[] TwoFailedThenGood = ["4000000000000002", "4000000000009995", "5555 5555 5555 4444"];

    [Fact]
    public async Task OrderResult_AskedWithJson_IsTheDocumentedObject()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await PaidWithChallengeAsync(sandbox);

        var answer = await sandbox.AskWithJsonAsync("orderresult", RunningSandbox.OneStage, new { billnumber, language = "RU" });

        Assert.Equal(
            """{"orderresult":{"orders":[{"operations":[{"customermessage":"Завершено успешно.","message":"Завершено успешно.","operationdate":"[second]","operationtype":100,"authrequired":"1","cardexpirationdate":"12/30","operationstate":"Success","threedsdata":{"version":"2.2.0","eci":"5","alphaauthresult":"Y","challenge":"C"},"recommendation":"","processingname":"Fake","meannumber":"411111****1129","meantype_id":1,"authresult":"Y","clientip":"198.51.100.7","ipaddress":"198.51.100.7","amount":90.5,"responsecode":"AS000","meantypename":"VISA","protocoltypename":"NET","bankcountry":"Россия","cardholder":"TEST TESTOV","approvalcode":"X18494","slipno":"000001","issuebank":"New Assist Bank","currency":"RUB","billnumber":"5900001595918494.1","meansubtype":"Classic","rrn":"[rrn]","extrrn":""}],"testmode":1,"customer":{"lastname":"Тестов","firstname":"Тест","middlename":"","email":"test@example.com"},"orderdate":"[second]","packetdate":"[minute]","orderamount":90.5,"ordercomment":"Ёлка; \"<b>\" & =1+1","ordercurrency":"RUB","orderstate":"Approved","signature":"","checkvalue":"9B76943E15A9CCD332DDDD27700348F7","billnumber":"5900001595918494","ordernumber":"A-1"}]}}""",
            RunningSandbox.WithoutDates(answer));
    }

    [Fact]
    public async Task OrderResult_WithoutFormat_IsXmlWithOperationsInsideTheOrder()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await PaidWithChallengeAsync(sandbox);

        var answer = await sandbox.AskAsync("orderresult", RunningSandbox.OneStage, ("OrderNumber", "A-1"));

        Assert.Contains("<!ELEMENT order (ordernumber?,billnumber?,testmode?,ordercomment?,orderamount?,ordercurrency?,firstname?,lastname?,middlename?,email?,orderdate?,orderstate?,packetdate?,signature?,checkvalue?,operation*)>\n", answer, StringComparison.Ordinal);
        Assert.Contains("<!ELEMENT operation (billnumber?,operationtype?,operationstate?,amount?,currency?,clientip?,ipaddress?,meantype_id?,meantypename?,meansubtype?,meannumber?,cardholder?,issuebank?,bankcountry?,responsecode?,message?,customermessage?,recommendation?,approvalcode?,protocoltypename?,processingname?,operationdate?,authresult?,authrequired?,rrn?,extrrn?)>\n", answer, StringComparison.Ordinal);
        Assert.Contains("<ordercomment>Ёлка; \"&lt;b&gt;\" &amp; =1+1</ordercomment><orderamount>90.50</orderamount>", answer, StringComparison.Ordinal);
        Assert.Contains("<bankcountry>Russia</bankcountry><responsecode>AS000</responsecode><message>Completed.</message>", answer, StringComparison.Ordinal);
        var order = Root(answer).Elements("order").Single();
        Assert.Equal("5900001595918494", order.Element("billnumber")!.Value);
        Assert.Equal("5900001595918494.1", order.Elements("operation").Single().Element("billnumber")!.Value);
        Assert.Equal("12/30", order.Element("operation")!.Element("cardexpirationdate")!.Value);
    }

    [Fact]
    public async Task OrderResult_AskedForSoap_PutsTheOrderIntoTheDocumentedEnvelope()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await PaidWithChallengeAsync(sandbox);

        var answer = await sandbox.AskAsync("orderresult", RunningSandbox.OneStage, ("OrderNumber", "A-1"), ("Format", "4"));

        Assert.Contains("<soapenv:Body><ws:orderresultResponse><orderresult><order><ordernumber>A-1</ordernumber>", answer, StringComparison.Ordinal);
        Assert.EndsWith("</operation></order></orderresult></ws:orderresultResponse></soapenv:Body></soapenv:Envelope>\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OrderResult_AskedForCsv_IsRefusedInXml()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var answer = await sandbox.AskAsync("orderresult", RunningSandbox.OneStage, ("OrderNumber", "A-1"), ("Format", "1"));

        Assert.Equal("5", Root(answer).Attribute("firstcode")!.Value);
        Assert.Equal("103", Root(answer).Attribute("secondcode")!.Value);
    }

    [Fact]
    public async Task OrderResult_WithFailedAttemptsBefore_NumbersAllOperations()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var paid = await sandbox.PayAsync(new
        {
            merchant = RunningSandbox.OneStage,
            amount = "10",
            ordernumber = "third",
            cards = TwoFailedThenGood,
        });

        var answer = await sandbox.AskJsonAsync("orderresult", RunningSandbox.OneStage, ("Ordernumber", "third"));

        var order = answer.GetProperty("orderresult").GetProperty("orders")[0];
        Assert.Equal("Approved", order.GetProperty("orderstate").GetString());
        Assert.Equal(
            [(".1", "AS100", "Failed"), (".2", "AS102", "Failed"), (".3", "AS000", "Success")],
            order.GetProperty("operations").EnumerateArray().Select(operation => (
                operation.GetProperty("billnumber").GetString()![16..],
                operation.GetProperty("responsecode").GetString()!,
                operation.GetProperty("operationstate").GetString()!)));
        Assert.Equal("AS000", paid.GetProperty("responsecode").GetString());
    }

    [Fact]
    public async Task OrderResult_OfAnOrderThatTimedOut_ListsNoOperation()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PayAsync(new { merchant = RunningSandbox.OneStage, amount = "10", ordernumber = "gone", abandon = true });
        sandbox.Clock.Advance(TimeSpan.FromMinutes(31));

        var answer = await sandbox.AskJsonAsync("orderresult", RunningSandbox.OneStage, ("Ordernumber", "gone"));

        var order = answer.GetProperty("orderresult").GetProperty("orders")[0];
        Assert.Equal("Timeout", order.GetProperty("orderstate").GetString());
        Assert.Equal(0, order.GetProperty("operations").GetArrayLength());
    }

    [Fact]
    public async Task OrderResult_OfAnOrderOlderThanThreeDays_NeedsAPeriod()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var made = sandbox.Clock.GetUtcNow();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage);
        sandbox.Clock.Advance(TimeSpan.FromDays(4));

        var hidden = await sandbox.AskJsonAsync("orderresult", RunningSandbox.OneStage, ("Billnumber", billnumber));
        var shown = await sandbox.AskJsonAsync(
            "orderresult", RunningSandbox.OneStage, ("Billnumber", billnumber + ".1"), ("StartYear", made.Year.ToString(CultureInfo.InvariantCulture)),
            ("StartMonth", made.Month.ToString(CultureInfo.InvariantCulture)), ("StartDay", made.Day.ToString(CultureInfo.InvariantCulture)));

        Assert.Equal(10, hidden.GetProperty("firstcode").GetInt32());
        Assert.Equal(201, hidden.GetProperty("secondcode").GetInt32());
        Assert.Equal(billnumber, shown.GetProperty("orderresult").GetProperty("orders")[0].GetProperty("billnumber").GetString());
    }

    [Fact]
    public async Task OrderResult_OfAForeignCurrencyOrder_ChargesRoublesAtTheRate()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.Both, "10.01", currency: "USD");

        var answer = await sandbox.AskJsonAsync("orderresult", RunningSandbox.Both, ("Billnumber", billnumber));

        var order = answer.GetProperty("orderresult").GetProperty("orders")[0];
        Assert.Equal(10.01m, order.GetProperty("orderamount").GetDecimal());
        Assert.Equal("USD", order.GetProperty("ordercurrency").GetString());
        Assert.Equal(785.79m, order.GetProperty("operations")[0].GetProperty("amount").GetDecimal());
        Assert.Equal("RUB", order.GetProperty("operations")[0].GetProperty("currency").GetString());
    }

    private static async Task<string> PaidWithChallengeAsync(RunningSandbox sandbox) =>
        (await sandbox.PayAsync(new
        {
            merchant = RunningSandbox.OneStage,
            amount = "90.50",
            ordernumber = "A-1",
            card = "4111111111111129",
            comment = "Ёлка; \"<b>\" & =1+1",
        })).GetProperty("billnumber").GetString()!;

    private static XElement Root(string xml)
    {
        using var reader = System.Xml.XmlReader.Create(
            new StringReader(xml), new System.Xml.XmlReaderSettings { DtdProcessing = System.Xml.DtdProcessing.Ignore });
        return XDocument.Load(reader).Root!;
    }
}
