using System.Text;
using System.Text.Json;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.Answers;

/// <summary>orderresult: orders with every operation (protocol §5).</summary>
internal sealed class OrderResultAnswer(IReadOnlyList<OrderFields> orders, Language language) : IAnswer
{
    private static readonly string[] OfOrder =
    [
        "ordernumber", "billnumber", "testmode", "ordercomment", "orderamount", "ordercurrency", "firstname", "lastname", "middlename",
        "email", "orderdate", "orderstate", "packetdate", "signature", "checkvalue",
    ];

    private static readonly string[] OfOperation =
    [
        "billnumber", "operationtype", "operationstate", "amount", "currency", "clientip", "ipaddress", "meantype_id", "meantypename",
        "meansubtype", "meannumber", "cardholder", "cardexpirationdate", "issuebank", "bankcountry", "responsecode", "message",
        "customermessage", "recommendation", "approvalcode", "protocoltypename", "processingname", "operationdate", "authresult",
        "authrequired", "slipno", "rrn", "extrrn",
    ];

    /// <summary>As documented, the DOCTYPE lags behind the content: no cardexpirationdate, no slipno.</summary>
    public static readonly string Doctype = XmlText.Doctype(
        ("result", "order*"),
        ("order", XmlText.Optional(OfOrder) + ",operation*"),
        ("operation", XmlText.Optional(OfOperation.Where(field => field is not ("cardexpirationdate" or "slipno")))));

    public IEnumerable<string> Xml() => XmlText.Document(Doctype, 0, 0, orders.Count, Orders());

    public IEnumerable<string> Soap() => XmlText.Envelope($"<ws:orderresultResponse><orderresult>{Orders()}</orderresult></ws:orderresultResponse>");

    public IEnumerable<string> Csv() => throw new NotSupportedException("orderresult has no CSV; the service refuses Format=1.");

    public IEnumerable<string> Json() => [JsonText.Write(json =>
    {
        json.WriteStartObject("orderresult");
        json.WriteStartArray("orders");
        foreach (var order in orders)
        {
            WriteOrder(json, order);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    })];

    private IEnumerable<OperationFields> Operations(OrderFields order) =>
        order.Order.Operations.Select(operation => new OperationFields(order, operation, language));

    private string Orders()
    {
        var xml = new StringBuilder();
        foreach (var order in orders)
        {
            xml.Append("<order>");
            xml.Elements(OfOrder, field => order[field]);
            foreach (var operation in Operations(order))
            {
                xml.Append("<operation>");
                xml.Elements(OfOperation, field => operation[field]);
                xml.ChequeItems(operation.Operation.Cheque);
                xml.Append("</operation>");
            }

            xml.Append("</order>");
        }

        return xml.ToString();
    }

    private void WriteOrder(Utf8JsonWriter json, OrderFields order)
    {
        json.WriteStartObject();
        json.WriteStartArray("operations");
        foreach (var operation in Operations(order))
        {
            WriteOperation(json, operation);
        }

        json.WriteEndArray();
        json.WriteNumber("testmode", 1);
        json.Customer(field => order[field], "lastname", "firstname", "middlename", "email");
        json.Strings(["orderdate", "packetdate"], field => order[field]);
        json.WriteNumber("orderamount", order.Order.Amount.ToMajor());
        json.Strings(["ordercomment", "ordercurrency", "orderstate", "signature", "checkvalue", "billnumber", "ordernumber"], field => order[field]);
        json.WriteEndObject();
    }

    private static void WriteOperation(Utf8JsonWriter json, OperationFields operation)
    {
        string Value(string field) => operation[field];
        json.WriteStartObject();
        json.Strings(["customermessage", "message", "operationdate"], Value);
        json.WriteNumber("operationtype", operation.Operation.Type.Code);
        json.Strings(["authrequired", "cardexpirationdate", "operationstate"], Value);
        json.WriteStartObject("threedsdata");
        json.Strings(["version", "eci", "alphaauthresult", "challenge"], Value);
        json.WriteEndObject();
        json.Strings(["recommendation", "processingname", "meannumber"], Value);
        json.WriteNumber("meantype_id", operation.Operation.Means.TypeId);
        json.Strings(["authresult", "clientip", "ipaddress"], Value);
        json.WriteNumber("amount", operation.Operation.Amount.ToMajor());
        json.Strings(
            [
                "responsecode", "meantypename", "protocoltypename", "bankcountry", "cardholder", "approvalcode", "slipno", "issuebank",
                "currency", "billnumber", "meansubtype", "rrn", "extrrn",
            ],
            Value);
        json.ChequeItems(operation.Operation.Cheque);
        json.WriteEndObject();
    }
}
