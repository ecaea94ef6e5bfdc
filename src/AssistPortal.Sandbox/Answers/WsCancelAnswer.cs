using System.Text;

namespace AssistPortal.Sandbox.Answers;

/// <summary>wscancel: the order, its customer and the operations that were made, each by itself (protocol §8).</summary>
internal sealed class WsCancelAnswer(OrderFields order, IReadOnlyList<OperationFields> operations) : IAnswer
{
    private static readonly string[] OfOrder =
        ["billnumber", "ordernumber", "testmode", "ordercomment", "orderamount", "ordercurrency", "rate", "orderdate", "orderstate"];

    private static readonly string[] OfCustomer = ["firstname", "lastname", "middlename", "email"];

    private static readonly string[] OfOperation =
    [
        "billnumber", "operationtype", "operationstate", "amount", "currency", "ipaddress", "meantype_id", "meantypename", "meansubtype",
        "meannumber", "cardholder", "cardexpirationdate", "issuebank", "bankcountry", "responsecode", "message", "customermessage",
        "recommendation", "approvalcode", "protocoltypename", "processingname", "operationdate", "slipno",
    ];

    private static readonly string[] OfPacket = ["packetdate", "signature"];

    public static readonly string Doctype = XmlText.Doctype(
        ("result", "order?,packetdate?,signature?"),
        ("order", XmlText.Optional([.. OfOrder, "customer"]) + ",operation*"),
        ("customer", XmlText.Optional(OfCustomer)),
        ("operation", XmlText.Optional(OfOperation)));

    /// <summary>A line of pairs for each operation: the order's, the customer's, the operation's, the packet's.</summary>
    public IEnumerable<string> Csv()
    {
        var csv = new StringBuilder();
        foreach (var operation in operations)
        {
            csv.Pairs(
                [.. OfOrder.Skip(1), .. OfCustomer, .. OfOperation, .. OfPacket],
                field => OfOperation.Contains(field) ? Value(operation, field) : order[field]);
        }

        return [csv.ToString()];
    }

    public IEnumerable<string> Xml() => XmlText.Document(Doctype, 0, 0, 1, Packet());

    public IEnumerable<string> Soap() => XmlText.Envelope($"<ws:WSCancelResponseParams>{Packet()}</ws:WSCancelResponseParams>");

    public IEnumerable<string> Json() => [JsonText.Write(json =>
    {
        json.WriteStartObject("wscancel");
        json.WriteStartObject("order");
        json.Strings(["billnumber", "ordernumber"], field => order[field]);
        json.WriteNumber("testmode", 1);
        json.WriteString("ordercomment", order["ordercomment"]);
        json.WriteNumber("orderamount", order.Order.Amount.ToMajor());
        json.WriteString("ordercurrency", order["ordercurrency"]);
        json.WritePropertyName("rate");
        json.WriteRawValue(order["rate"]);
        json.Strings(["orderdate", "orderstate"], field => order[field]);
        json.Customer(field => order[field], OfCustomer);
        json.WriteStartArray("operations");
        foreach (var operation in operations)
        {
            json.WriteStartObject();
            json.WriteString("billnumber", operation["billnumber"]);
            json.WriteNumber("operationtype", operation.Operation.Type.Code);
            json.WriteString("operationstate", operation.LocalState);
            json.WriteNumber("amount", operation.Operation.Amount.ToMajor());
            json.Strings(["currency", "ipaddress"], field => operation[field]);
            json.WriteNumber("meantype_id", operation.Operation.Means.TypeId);
            json.Strings(OfOperation.Skip(7), field => operation[field]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("checkdata");
        json.Strings(OfPacket, field => order[field]);
        json.WriteEndObject();
        json.WriteEndObject();
    })];

    private string Packet()
    {
        var xml = new StringBuilder("<order>");
        xml.Elements(OfOrder, field => order[field]);
        xml.Append("<customer>");
        xml.Elements(OfCustomer, field => order[field]);
        xml.Append("</customer>");
        foreach (var operation in operations)
        {
            xml.Append("<operation>");
            xml.Elements(OfOperation, field => Value(operation, field));
            xml.Append("</operation>");
        }

        xml.Append("</order>");
        xml.Elements(OfPacket, field => order[field]);
        return xml.ToString();
    }

    private static string Value(OperationFields operation, string field) => field == "operationstate" ? operation.LocalState : operation[field];
}
