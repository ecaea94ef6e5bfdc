using System.Text;
using System.Text.Json;

namespace AssistPortal.Sandbox.Answers;

/// <summary>resultbydate: one flat row an operation (protocol §6), written as the operations are read.</summary>
/// <param name="count">How many operations there are.</param>
/// <param name="operations">They themselves, read once.</param>
internal sealed class ResultByDateAnswer(long count, IEnumerable<OperationFields> operations) : IAnswer
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

    public IEnumerable<string> Csv() => operations.Select(operation => CsvRow(field => operation[field])).Prepend(CsvRow(field => field));

    public IEnumerable<string> Xml() => XmlText.Document(Doctype, 0, 0, count, operations.Select(Payment));

    public IEnumerable<string> Soap() => XmlText.Envelope(
        operations.Select(Payment).Prepend("<ws:resultbydateResponse><resultbydate>").Append("</resultbydate></ws:resultbydateResponse>"));

    public IEnumerable<string> Json()
    {
        var before = "{\"resultbydate\":{\"payment\":[";
        foreach (var operation in operations)
        {
            yield return before;
            yield return JsonText.Write(json => WriteFields(json, operation));
            before = ",";
        }

        yield return "]}}";
    }

    private static string CsvRow(Func<string, string> value)
    {
        var csv = new StringBuilder();
        csv.Row(Fields.Select(value));
        return csv.ToString();
    }

    private static string Payment(OperationFields operation)
    {
        var xml = new StringBuilder("<payment>");
        xml.Elements(Fields, field => operation[field]);
        return xml.Append("</payment>").ToString();
    }

    private static void WriteFields(Utf8JsonWriter json, OperationFields operation)
    {
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
    }
}
