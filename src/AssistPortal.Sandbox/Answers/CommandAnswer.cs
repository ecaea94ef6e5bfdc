using System.Text;

namespace AssistPortal.Sandbox.Answers;

/// <summary>charge and cancel: order and operation in one flat list (protocol §7, §8).</summary>
/// <param name="operation">The operation that was made.</param>
/// <param name="billnumber">Extended for charge, plain for cancel, as their recorded answers have it.</param>
/// <param name="service">Name around the JSON answer.</param>
/// <param name="soapElement">Element around the SOAP answer.</param>
internal sealed class CommandAnswer(OperationFields operation, string billnumber, string service, string soapElement) : IAnswer
{
    private static readonly string[] Fields =
    [
        "ordernumber", "responsecode", "recommendation", "message", "ordercomment", "orderdate", "amount", "currency", "meantypename",
        "meannumber", "lastname", "firstname", "middlename", "issuebank", "email", "bankcountry", "rate", "approvalcode", "meansubtype",
        "cardholder", "cardexpirationdate", "ipaddress", "protocoltypename", "testmode", "customermessage", "orderstate", "processingname",
        "operationtype", "billnumber", "orderamount", "ordercurrency", "slipno", "packetdate", "signature",
    ];

    public static readonly string Doctype = XmlText.Doctype(
        ("result", "orders?"), ("orders", "order"), ("order", XmlText.Optional([.. Fields, "pareq", "acsurl"])));

    public IEnumerable<string> Csv()
    {
        var csv = new StringBuilder();
        csv.Pairs(Fields, Value);
        return [csv.ToString()];
    }

    public IEnumerable<string> Xml()
    {
        var xml = new StringBuilder("<orders><order>");
        xml.Elements(Fields, Value);
        return XmlText.Document(Doctype, 0, 0, 1, xml.Append("</order></orders>").ToString());
    }

    public IEnumerable<string> Soap()
    {
        var xml = new StringBuilder();
        xml.Elements(Fields, Value);
        return XmlText.Envelope($"<ws:{soapElement}><return>{xml}</return></ws:{soapElement}>");
    }

    public IEnumerable<string> Json() => [JsonText.Write(json =>
    {
        json.WriteStartObject(service);
        json.Strings(["customermessage", "message"], Value);
        json.WriteNumber("testmode", 1);
        json.WriteNumber("operationtype", operation.Operation.Type.Code);
        json.Strings(
            [
                "orderdate", "packetdate", "orderamount", "ordercomment", "cardexpirationdate", "ordercurrency", "recommendation",
                "processingname", "meannumber", "orderstate",
            ],
            Value);
        json.WritePropertyName("rate");
        json.WriteRawValue(Value("rate"));
        json.Strings(["amount", "responsecode", "meantypename", "protocoltypename", "bankcountry"], Value);
        json.Customer(Value, "lastname", "firstname", "middlename", "ipaddress", "email");
        json.Strings(
            ["cardholder", "approvalcode", "signature", "billnumber", "issuebank", "currency", "ordernumber", "meansubtype", "slipno"], Value);
        json.WriteEndObject();
    })];

    private string Value(string field) => field == "billnumber" ? billnumber : operation[field];
}
