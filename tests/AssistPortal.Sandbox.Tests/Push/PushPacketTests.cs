using System.Globalization;
using System.Net;
using System.Text.Json;

namespace AssistPortal.Sandbox.Tests.Push;

/// <summary>What is sent, character by character (protocol §13.2, §13.3).</summary>
public sealed class PushPacketTests
{
    [Fact]
    public async Task Push_OfAPaymentAsForm_HasTheDocumentedFieldsInOrder()
    {
        await using var receiver = await PushReceiver.StartAsync();
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SetPushAsync(RunningSandbox.OneStage, new { url = receiver.Url, reply = "xml" });

        var paid = await sandbox.PayAsync(new
        {
            merchant = RunningSandbox.OneStage, ordernumber = "N 1/й", amount = "100.00", comment = "a&b=c", card = "4111111111111129", ip = "198.51.100.9",
        });

        var request = await receiver.ReceivedAsync();
        var billnumber = paid.GetProperty("billnumber").GetString()!;
        var date = WebUtility.UrlEncode(await PaidAtAsync(sandbox, billnumber));
        Assert.Equal("application/x-www-form-urlencoded; charset=utf-8", request.ContentType);
        Assert.Equal("/result", request.Path);
        Assert.Equal(
            $"merchant_id=900001&ordernumber=N+1%2F%D0%B9&billnumber={billnumber}.1&testmode=1&ordercomment=a%26b%3Dc&orderamount=100.00&ordercurrency=RUB"
            + "&amount=100.00&currency=RUB&rate=1&firstname=%D0%A2%D0%B5%D1%81%D1%82&lastname=%D0%A2%D0%B5%D1%81%D1%82%D0%BE%D0%B2&middlename="
            + "&email=test%40example.com&clientip=198.51.100.9&ipaddress=198.51.100.9&meantype_id=1&meantypename=VISA&meansubtype=Classic"
            + "&meannumber=411111****1129&cardholder=TEST+TESTOV&cardexpirationdate=12%2F30&issuebank=New+Assist+Bank&bankcountry=Russia"
            + $"&orderdate={date}&orderstate=Approved&responsecode=AS000&message=Completed.&customermessage=Completed.&recommendation="
            + "&approvalcode=X18494&protocoltypename=NET&processingname=Fake&operationtype=100"
            + $"&operationdate={date}&authresult=Y&authrequired=1&slipno=000001&packetdate={date}&signature="
            + "&checkvalue=07FAB4D88D3A8B8A805BB8ABE731C4D5&token=&version=2.2.0&alphaauthresult=Y&challenge=C&eci=5",
            request.Body);
        await sandbox.DeliveredAsync($"{billnumber}.1");
    }

    [Fact]
    public async Task Push_OfAConvertedPaymentAsSoap_HasTheOrderWithItsOperation()
    {
        await using var receiver = await PushReceiver.StartAsync();
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SetPushAsync(RunningSandbox.Both, new { url = receiver.Url, protocol = "SOAP", reply = "xml" });

        var billnumber = await sandbox.PaidAsync(RunningSandbox.Both, "100.00", "USD-1", delay: 1, currency: "USD");

        var request = await receiver.ReceivedAsync();
        var date = await PaidAtAsync(sandbox, billnumber);
        Assert.Equal("text/xml; charset=utf-8", request.ContentType);
        Assert.Equal("\"http://www.paysecure.ru/ws/PushPaymentResult\"", request.SoapAction);
        Assert.Equal(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:ws=\"http://www.paysecure.ru/ws/\"><soapenv:Body>"
            + "<ws:PushPaymentResult><order><merchant_id>900003</merchant_id><ordernumber>USD-1</ordernumber>"
            + $"<billnumber>{billnumber}</billnumber><testmode>1</testmode><ordercomment></ordercomment><orderamount>100.00</orderamount>"
            + "<ordercurrency>USD</ordercurrency><firstname>Тест</firstname><lastname>Тестов</lastname><middlename></middlename>"
            + $"<email>test@example.com</email><orderdate>{date}</orderdate><orderstate>Delayed</orderstate>"
            + $"<operation><billnumber>{billnumber}.1</billnumber><operationtype>100</operationtype><operationstate>Success</operationstate>"
            + "<amount>7850.00</amount><currency>RUB</currency><clientip>198.51.100.7</clientip><ipaddress>198.51.100.7</ipaddress>"
            + "<meantype_id>1</meantype_id><meantypename>VISA</meantypename><meansubtype>Classic</meansubtype>"
            + "<meannumber>411111****1111</meannumber><cardholder>TEST TESTOV</cardholder><cardexpirationdate>12/30</cardexpirationdate>"
            + "<issuebank>New Assist Bank</issuebank><bankcountry>Russia</bankcountry><responsecode>AS000</responsecode>"
            + "<message>Completed.</message><customermessage>Completed.</customermessage><recommendation></recommendation>"
            + "<approvalcode>X18494</approvalcode><protocoltypename>NET</protocoltypename><processingname>Fake</processingname>"
            + $"<operationdate>{date}</operationdate><authresult></authresult><authrequired></authrequired><slipno>000001</slipno>"
            + $"<rrn>{await RrnAsync(sandbox, billnumber)}</rrn><extrrn></extrrn></operation>"
            + $"<packetdate>{date}</packetdate><signature></signature><checkvalue>B6F0485C77C8AC7D73E23934338A733E</checkvalue>"
            + "</order></ws:PushPaymentResult></soapenv:Body></soapenv:Envelope>\n",
            request.Body);
        await sandbox.DeliveredAsync($"{billnumber}.1");
    }

    [Fact]
    public async Task Push_WithOrderPositions_EndsWithTheCheque()
    {
        const string Cheque = """{"items":[{"id":1,"name":"Чай","price":100.00,"quantity":1,"amount":100.00,"tax":"novat"}]}""";
        await using var receiver = await PushReceiver.StartAsync();
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SetPushAsync(RunningSandbox.TwoStage, new { url = receiver.Url, orderPositions = true });
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);

        await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber), ("ChequeItems", Cheque));

        var (payment, confirmation) = (await receiver.ReceivedAsync(), await receiver.ReceivedAsync());
        Assert.EndsWith("&eci=7&chequeitems=", payment.Body, StringComparison.Ordinal);
        Assert.Equal(Cheque, confirmation["chequeitems"]);
    }

    [Fact]
    public async Task Push_OfAnOrderPaidWithPoints_TellsOfEachOperationWithItsOwnAmount()
    {
        await using var receiver = await PushReceiver.StartAsync();
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SetPushAsync(RunningSandbox.Both, new { url = receiver.Url });

        await sandbox.PayAsync(new { merchant = RunningSandbox.Both, amount = "5000.00", card = "4276000000000009", points = "1259.15" });

        var operations = new[] { await receiver.ReceivedAsync(), await receiver.ReceivedAsync(), await receiver.ReceivedAsync() };
        Assert.Equal(
            [("100", "3740.85", "VISA"), ("100", "1259.15", "Спасибо"), ("500", "37.40", "Спасибо")],
            operations.Select(operation => (operation["operationtype"], operation["amount"], operation["meantypename"])));
        Assert.Equal([".1", ".2", ".3"], operations.Select(operation => operation["billnumber"][^2..]));
    }

    private static async Task<string> PaidAtAsync(RunningSandbox sandbox, string billnumber) =>
        (await sandbox.TruthAsync(billnumber)).GetProperty("created").GetDateTimeOffset().ToString("dd.MM.yyyy HH:mm:ss", CultureInfo.InvariantCulture);

    private static async Task<string?> RrnAsync(RunningSandbox sandbox, string billnumber)
    {
        var result = await sandbox.AskJsonAsync("orderresult", RunningSandbox.Both, ("Billnumber", billnumber));
        return FindRrn(result);
    }

    private static string? FindRrn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Select(field => field.Name == "rrn" ? field.Value.GetString() : FindRrn(field.Value)).FirstOrDefault(rrn => rrn is not null),
        JsonValueKind.Array => element.EnumerateArray().Select(FindRrn).FirstOrDefault(rrn => rrn is not null),
        _ => null,
    };
}
