using System.Net;
using System.Text;
using AssistPortal.Protocol;
using AssistPortal.TestKit;

namespace AssistPortal.Web.Tests.Pushes;

/// <summary>Pushes as the gateway sends them.</summary>
internal static class PushSample
{
    public const string Bill = "5775486650000001";
    public const string FormType = "application/x-www-form-urlencoded";

    private const string Seal = "900001158504.00RUBApproved";

    public static string Form(string operation = Bill + ".1", string? checkvalue = null, string message = "") =>
        $"merchant_id=900001&ordernumber=15850&billnumber={operation}&amount=4.00&currency=RUB&orderstate=Approved&email=ivan%40example.test&meannumber=4111111111111111"
        + $"&orderdate={WebUtility.UrlEncode("24.11.2026 10:59:00")}&packetdate={WebUtility.UrlEncode("24.11.2026 11:00:00")}&message={message}"
        + $"&checkvalue={checkvalue ?? Checkvalue.Of(SandboxServer.SecretWord, Seal)}";

    public static string Soap() =>
        "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:ws=\"http://www.paysecure.ru/ws/\"><soapenv:Body><ws:PushPaymentResult><order>"
        + $"<merchant_id>900001</merchant_id><ordernumber>15850</ordernumber><billnumber>{Bill}</billnumber><orderstate>Approved</orderstate><operation><billnumber>{Bill}.1</billnumber>"
        + "<amount>4.00</amount><currency>RUB</currency></operation><packetdate>24.11.2026 11:00:00</packetdate>"
        + $"<checkvalue>{Checkvalue.Of(SandboxServer.SecretWord, Seal)}</checkvalue></order></ws:PushPaymentResult></soapenv:Body></soapenv:Envelope>";

    public static StringContent Content(string body, string type = FormType) => new(body, Encoding.UTF8, type);
}
