using System.Net;
using System.Text;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Answers;
using AssistPortal.Sandbox.Merchants;

namespace AssistPortal.Sandbox.Push;

/// <summary>The body of a push: a form (protocol §13.2) or a SOAP packet with the one operation it tells of (§13.3).</summary>
internal static class PushPacket
{
    private const string ChequeItems = "chequeitems";

    private static readonly string[] OfForm =
    [
        "merchant_id", "ordernumber", "billnumber", "testmode", "ordercomment", "orderamount", "ordercurrency", "amount", "currency", "rate",
        "firstname", "lastname", "middlename", "email", "clientip", "ipaddress", "meantype_id", "meantypename", "meansubtype", "meannumber",
        "cardholder", "cardexpirationdate", "issuebank", "bankcountry", "orderdate", "orderstate", "responsecode", "message",
        "customermessage", "recommendation", "approvalcode", "protocoltypename", "processingname", "operationtype", "operationdate",
        "authresult", "authrequired", "slipno", "packetdate", "signature", "checkvalue", "token", "version", "alphaauthresult", "challenge",
        "eci",
    ];

    private static readonly string[] OfSoapOrder =
    [
        "merchant_id", "ordernumber", "billnumber", "testmode", "ordercomment", "orderamount", "ordercurrency", "firstname", "lastname",
        "middlename", "email", "orderdate", "orderstate",
    ];

    private static readonly string[] OfSoapOperation =
    [
        "billnumber", "operationtype", "operationstate", "amount", "currency", "clientip", "ipaddress", "meantype_id", "meantypename",
        "meansubtype", "meannumber", "cardholder", "cardexpirationdate", "issuebank", "bankcountry", "responsecode", "message",
        "customermessage", "recommendation", "approvalcode", "protocoltypename", "processingname", "operationdate", "authresult",
        "authrequired", "slipno", "rrn", "extrrn",
    ];

    private static readonly string[] OfSoapEnd = ["packetdate", "signature", "checkvalue"];

    /// <param name="operation">The operation it tells of.</param>
    /// <param name="withPositions">Whether the cheque's positions stand at the end.</param>
    public static string Form(OperationFields operation, bool withPositions) =>
        string.Join('&', OfForm.Concat(withPositions ? [ChequeItems] : []).Select(name => $"{name}={WebUtility.UrlEncode(Value(operation, name))}"));

    public static string Soap(OperationFields operation)
    {
        var xml = new StringBuilder("<ws:PushPaymentResult><order>");
        xml.Elements(OfSoapOrder, name => operation.Order[name]);
        xml.Append("<operation>");
        xml.Elements(OfSoapOperation, name => operation[name]);
        xml.Append("</operation>");
        xml.Elements(OfSoapEnd, name => Value(operation, name));
        return string.Concat(XmlText.Envelope(xml.Append("</order></ws:PushPaymentResult>").ToString()));
    }

    private static string Value(OperationFields operation, string name) => name switch
    {
        "checkvalue" => Seal(operation),
        "token" => "",
        ChequeItems => operation.Operation.Cheque ?? "",
        _ => operation[name],
    };

    /// <summary>Over the operation's amount and currency, not the order's (protocol §1.9).</summary>
    private static string Seal(OperationFields operation)
    {
        var order = operation.Order.Order;
        return Checkvalue.OfAnswer(
            DemoMerchants.Get(order.MerchantId).Company.SecretWord, order.MerchantId, order.Ordernumber, operation.Operation.Amount, order.State);
    }
}
