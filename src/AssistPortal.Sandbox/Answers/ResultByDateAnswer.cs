using System.Text;

namespace AssistPortal.Sandbox.Answers;

/// <summary>resultbydate: one flat row an operation (protocol §6).</summary>
internal sealed class ResultByDateAnswer(IReadOnlyList<OperationFields> operations) : IAnswer
{
    private static readonly string[] Fields =
    [
        "merchant_id", "ordernumber", "billnumber", "testmode", "ordercomment", "orderamount", "ordercurrency", "amount", "currency", "rate",
        "firstname", "lastname", "middlename", "email", "clientip", "ipaddress", "meantype_id", "meantypename", "meansubtype", "meannumber",
        "cardholder", "cardexpirationdate", "issuebank", "bankcountry", "orderdate", "orderstate", "responsecode", "message",
        "customermessage", "recommendation", "approvalcode", "protocoltypename", "processingname", "operationtype", "operationstate",
        "operationdate", "authresult", "authrequired", "slipno", "rrn", "extrrn", "packetdate", "signature", "checkvalue",
    ];

    private static readonly HashSet<string> Numbers =
        ["merchant_id", "testmode", "orderamount", "amount", "rate", "meantype_id", "operationtype"];

    public static readonly string Doctype = XmlText.Doctype(("result", "payment*"), ("payment", XmlText.Optional(Fields)));

    public string Csv()
    {
        var csv = new StringBuilder();
        csv.Row(Fields);
        foreach (var operation in operations)
        {
            csv.Row(Fields.Select(field => operation[field]));
        }

        return csv.ToString();
    }

    public string Xml() => XmlText.Document(Doctype, 0, 0, operations.Count, Payments());

    public string Soap() => XmlText.Envelope($"<ws:resultbydateResponse><resultbydate>{Payments()}</resultbydate></ws:resultbydateResponse>");

    public string Json() => JsonText.Write(json =>
    {
        json.WriteStartObject("resultbydate");
        json.WriteStartArray("payment");
        foreach (var operation in operations)
        {
            json.WriteStartObject();
            foreach (var field in Fields)
            {
                if (Numbers.Contains(field))
                {
                    json.WritePropertyName(field);
                    json.WriteRawValue(JsonText.Trimmed(operation[field]));
                }
                else
                {
                    json.WriteString(field, operation[field]);
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private string Payments()
    {
        var xml = new StringBuilder();
        foreach (var operation in operations)
        {
            xml.Append("<payment>");
            xml.Elements(Fields, field => operation[field]);
            xml.Append("</payment>");
        }

        return xml.ToString();
    }
}
