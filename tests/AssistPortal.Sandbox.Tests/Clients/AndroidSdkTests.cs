using System.Text;
using System.Xml.Linq;

namespace AssistPortal.Sandbox.Tests.Clients;

/// <summary>The official Android SDK cancels in SOAP and looks elements up by their names wherever they stand.</summary>
public sealed class AndroidSdkTests
{
    [Fact]
    public async Task WsCancel_AsTheSdkAsks_GivesEveryCancelledOperation()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage, "4010.00", "14092012-002");

        var envelope = await CancelAsync(sandbox, billnumber);

        XNamespace soap = "http://schemas.xmlsoap.org/soap/envelope/", ws = "http://www.paysecure.ru/ws/";
        var answer = envelope.Element(soap + "Body")!.Element(ws + "WSCancelResponseParams")!;
        var operation = answer.Element("order")!.Element("operation")!;
        Assert.Equal(
            (billnumber, "Canceled", billnumber + ".2", "300", "AS000", "4010.00"),
            (answer.Element("order")!.Element("billnumber")!.Value, answer.Element("order")!.Element("orderstate")!.Value, operation.Element("billnumber")!.Value,
                operation.Element("operationtype")!.Value, operation.Element("responsecode")!.Value, operation.Element("amount")!.Value));
        Assert.Equal(["order", "packetdate", "signature"], answer.Elements().Select(element => element.Name.LocalName));
    }

    [Fact]
    public async Task WsCancel_Refused_IsAFaultWithItsTwoCodes()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var fault = (await CancelAsync(sandbox, "5900001000000000")).Descendants().Single(element => element.Name.LocalName == "Fault");

        Assert.Equal(["faultcode", "faultstring", "detail"], fault.Elements().Select(element => element.Name.LocalName));
        var exception = fault.Element("detail")!.Element("WSException")!;
        Assert.Equal(("10", "201"), (exception.Element("firstcode")!.Value, exception.Element("secondcode")!.Value));
    }

    private static async Task<XElement> CancelAsync(RunningSandbox sandbox, string billnumber)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/cancel/wscancel.cfm");
        request.Headers.Add("SOAPAction", "http://www.paysecure.ru/ws/wscancel");
        request.Content = new StringContent(
            "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:ws=\"http://www.paysecure.ru/ws/\"><soapenv:Header/><soapenv:Body>"
            + $"<ws:WSCancelRequestParams><billnumber>{billnumber}</billnumber><merchant_id>900001</merchant_id><login>sandbox_ws</login><password>Sandbox2026</password></ws:WSCancelRequestParams>"
            + "</soapenv:Body></soapenv:Envelope>",
            Encoding.UTF8, "text/xml");
        using var response = await sandbox.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("text/xml", response.Content.Headers.ContentType!.MediaType);
        return XDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Root!;
    }
}
