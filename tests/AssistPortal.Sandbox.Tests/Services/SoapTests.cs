using System.Text;
using System.Xml.Linq;

namespace AssistPortal.Sandbox.Tests.Services;

public sealed class SoapTests
{
    private const string Credentials = "<merchant_id>900001</merchant_id><login>sandbox_ws</login><password>Sandbox2026</password>";
    private const string WrongPacket = "<firstcode>4</firstcode><secondcode>215</secondcode>";

    [Theory]
    [InlineData("orderstate", "orderstate", "<ordernumber>A-1</ordernumber>", "orderstateResponse", "Approved")]
    [InlineData("orderresult", "orderresult", "<ordernumber>A-1</ordernumber>", "orderresultResponse", "Approved")]
    [InlineData("resultbydate", "resultbydate", "<testmode>1</testmode>", "resultbydateResponse", "Approved")]
    [InlineData("charge", "ChargeRequestParams", "<billnumber>BILL</billnumber>", "ChargeResponse", "Approved")]
    [InlineData("charge", "Charge", "<billnumber>BILL</billnumber>", "ChargeResponse", "Approved")]
    [InlineData("cancel", "Cancel", "<billnumber>BILL</billnumber>", "CancelResponse", "Canceled")]
    [InlineData("wscancel", "WSCancelRequestParams", "<billnumber>BILL</billnumber>", "WSCancelResponseParams", "Canceled")]
    public async Task Soap_ToEachService_IsAnsweredInItsEnvelope(string service, string element, string parameters, string answerElement, string state)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var merchant = service == "charge" ? RunningSandbox.TwoStage : RunningSandbox.OneStage;
        var billnumber = await sandbox.PaidAsync(merchant, "100.00", "A-1");

        var answer = XDocument.Parse(await sandbox.AskWithSoapAsync(service, merchant, parameters.Replace("BILL", billnumber, StringComparison.Ordinal), element));

        XNamespace soap = "http://schemas.xmlsoap.org/soap/envelope/", ws = "http://www.paysecure.ru/ws/";
        var packet = answer.Root!.Element(soap + "Body")!.Element(ws + answerElement);
        Assert.NotNull(packet);
        Assert.Equal(state, packet.Descendants("orderstate").Last().Value);
    }

    [Theory]
    [InlineData("<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><charge xmlns='http://www.paysecure.ru/ws/'>PARAMETERS</charge></s:Body></s:Envelope>")]
    [InlineData("<Envelope><Header/><Body><Charge>PARAMETERS</Charge></Body></Envelope>")]
    [InlineData("<?xml version='1.0' encoding='UTF-8'?><SOAP-ENV:Envelope xmlns:SOAP-ENV='http://schemas.xmlsoap.org/soap/envelope/' xmlns:a='http://www.paysecure.ru/ws/'><SOAP-ENV:Body><a:CHARGEREQUESTPARAMS>PARAMETERS</a:CHARGEREQUESTPARAMS></SOAP-ENV:Body></SOAP-ENV:Envelope>")]
    [InlineData("<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'><!-- by hand --><e:Body><ws:Charge xmlns:ws='urn:any'><parameters>PARAMETERS</parameters></ws:Charge></e:Body></e:Envelope>")]
    public async Task Soap_WithAnyPrefixAndStyle_IsUnderstood(string envelope)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);
        var body = envelope.Replace(
            "PARAMETERS",
            "<Merchant_ID>900002</Merchant_ID><LOGIN>sandbox_ws</LOGIN><Password>Sandbox2026</Password><BillNumber xmlns:i='http://www.w3.org/2001/XMLSchema-instance' "
            + $"xmlns:x='http://www.w3.org/2001/XMLSchema' i:type='x:string'><![CDATA[{billnumber}]]></BillNumber><amount> 60,00 </amount><currency>RUB</currency>",
            StringComparison.Ordinal);

        using var response = await sandbox.PostAsync("charge", body, "text/xml");

        Assert.Contains("<orderstate>PartialDelayed</orderstate>", await TextAsync(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://www.paysecure.ru/ws/orderstate")]
    [InlineData("\"\"")]
    public async Task Soap_WithOrWithoutItsAction_IsTheSame(string action)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, RunningSandbox.PathOf("orderstate"))
        {
            Content = new StringContent($"<Envelope><Body><orderstate>{Credentials}<ordernumber>none</ordernumber></orderstate></Body></Envelope>", Encoding.UTF8, "text/xml"),
        };
        request.Headers.Add("SOAPAction", action);

        using var response = await sandbox.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Contains("<firstcode>10</firstcode><secondcode>201</secondcode>", await TextAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Soap_ThatNamesAFormat_IsAnsweredInIt()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        Assert.Equal("""{"firstcode":10,"secondcode":201}""", await sandbox.AskWithSoapAsync("orderstate", RunningSandbox.OneStage, "<ordernumber>none</ordernumber><format>5</format>"));
        Assert.Equal("error;10;201;\n", await sandbox.AskWithSoapAsync("orderstate", RunningSandbox.OneStage, "<ordernumber>none</ordernumber><format>1</format>"));
    }

    [Theory]
    [InlineData("charge", "", "Объект не найден: заказ")]
    [InlineData("charge", "<language>en</language>", "Object not found: order")]
    [InlineData("orderstate", "", "Object not found: order")]
    [InlineData("orderstate", "<language>RU</language>", "Объект не найден: заказ")]
    public async Task Soap_Refused_SpeaksTheLanguageOfTheServiceOrTheOneAskedFor(string service, string language, string expected)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var answer = await sandbox.AskWithSoapAsync(
            service, RunningSandbox.OneStage, $"<ordernumber>none</ordernumber><billnumber>5900001595918499</billnumber>{language}");

        Assert.Contains($"<faultstring>{expected}</faultstring>", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<x/>")]
    [InlineData("not xml at all")]
    [InlineData("<Envelope><Body></Body></Envelope>")]
    [InlineData("<Envelope><Body><wscancel>")]
    [InlineData("<Envelope><Header/></Envelope>")]
    [InlineData("<Envelope><Body><orderstate/></Body></Envelope>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><Envelope><Body><wscancel><login>&b;</login></wscancel></Body></Envelope>")]
    [InlineData("<!DOCTYPE x SYSTEM 'file:///etc/passwd'><Envelope><Body><wscancel/></Body></Envelope>")]
    [InlineData("<?xml version='1.0' encoding='utf-7'?><Envelope><Body><wscancel/></Body></Envelope>")]
    [InlineData("<?xml version='1.0' encoding='utf-16'?><Envelope><Body><wscancel/></Body></Envelope>")]
    [InlineData("<?xml version='1.0' encoding='klingon'?><Envelope><Body><wscancel/></Body></Envelope>")]
    [InlineData("<Envelope><Body><wscancel><login>\u0001</login></wscancel></Body></Envelope>")]
    public async Task Soap_ThatCannotBeRead_IsAFault(string body)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        using var response = await sandbox.PostAsync("wscancel", body, "text/xml; charset=utf-8");

        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(WrongPacket, await TextAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Soap_NestedWithoutEnd_IsAFault()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000));

        using var response = await sandbox.PostAsync("wscancel", $"<Envelope><Body><wscancel>{deep}</wscancel></Body></Envelope>", "text/xml");

        Assert.Contains(WrongPacket, await TextAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Soap_InUtf16WithItsMark_IsUnderstood()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var content = new ByteArrayContent([
            .. Encoding.Unicode.Preamble,
            .. Encoding.Unicode.GetBytes($"<?xml version='1.0' encoding='utf-16'?><Envelope><Body><orderstate>{Credentials}<ordernumber>Нет</ordernumber></orderstate></Body></Envelope>"),
        ]);
        content.Headers.ContentType = new("text/xml");

        using var response = await sandbox.Http.PostAsync(RunningSandbox.PathOf("orderstate"), content, TestContext.Current.CancellationToken);

        Assert.Contains("<firstcode>10</firstcode><secondcode>201</secondcode>", await TextAsync(response), StringComparison.Ordinal);
    }

    private static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
