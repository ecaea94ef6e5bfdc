using System.Text;
using System.Text.Json;

namespace AssistPortal.Sandbox.Answers;

/// <summary>orderstate: the orders of one number (protocol §4).</summary>
internal sealed class OrderStateAnswer(IReadOnlyList<OrderFields> orders) : IAnswer
{
    private static readonly string[] Fields =
        ["ordernumber", "billnumber", "orderamount", "ordercurrency", "orderstate", "packetdate", "signature", "checkvalue"];

    public static readonly string Doctype = XmlText.Doctype(
        ("result", "order*"), ("order", XmlText.Optional(Fields.Where(field => field != "signature"))));

    public IEnumerable<string> Csv()
    {
        var csv = new StringBuilder();
        csv.Row(Fields);
        foreach (var order in orders)
        {
            csv.Row(Fields.Select(field => order[field]));
        }

        return [csv.ToString()];
    }

    public IEnumerable<string> Xml() => XmlText.Document(Doctype, 0, 0, orders.Count, Orders());

    public IEnumerable<string> Soap() => XmlText.Envelope($"<ws:orderstateResponse><orderstate>{Orders()}</orderstate></ws:orderstateResponse>");

    /// <summary>One order is an object, as every known client reads it; several are an array.</summary>
    public IEnumerable<string> Json() => [JsonText.Write(json =>
    {
        json.WritePropertyName("orderstate");
        if (orders.Count != 1)
        {
            json.WriteStartArray();
        }

        foreach (var order in orders)
        {
            WriteOrder(json, order);
        }

        if (orders.Count != 1)
        {
            json.WriteEndArray();
        }
    })];

    private string Orders()
    {
        var xml = new StringBuilder();
        foreach (var order in orders)
        {
            xml.Append("<order>");
            xml.Elements(Fields, field => order[field]);
            xml.Append("</order>");
        }

        return xml.ToString();
    }

    private static void WriteOrder(Utf8JsonWriter json, OrderFields order)
    {
        json.WriteStartObject();
        json.Strings(["ordernumber", "billnumber"], field => order[field]);
        json.WriteNumber("orderamount", order.Order.Amount.ToMajor());
        json.Strings(["ordercurrency", "orderstate"], field => order[field]);
        json.WriteStartObject("checkdata");
        json.Strings(["packetdate", "signature", "checkvalue"], field => order[field]);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
