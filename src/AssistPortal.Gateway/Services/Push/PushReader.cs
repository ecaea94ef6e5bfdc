using System.Net;
using System.Text;
using AssistPortal.Protocol;
using Microsoft.Extensions.Options;

namespace AssistPortal.Gateway;

/// <summary>Reads pushes and judges them with the merchant's secret word. Whatever the bytes, the result is a <see cref="PushNotice"/>.</summary>
public sealed class PushReader(IOptions<AssistOptions> options)
{
    private const int MostFields = 256;
    private const int LongestOrderNumber = 128;

    private static readonly string[] OrderSections = ["customer", "checkdata"];
    private static readonly string[] OperationBlocks = ["operation", "operations"];

    /// <summary>Which answer the merchant's pushes get; <see cref="PushReply.Off"/> when none is taken or the merchant isn't configured.</summary>
    /// <param name="merchantId">Merchant_ID of the address a push came to.</param>
    public PushReply ReplyOf(int merchantId) => Merchant(merchantId)?.PushReply ?? PushReply.Off;

    /// <summary>Reads one push.</summary>
    /// <param name="merchantId">Merchant_ID of the address it came to; must be configured.</param>
    /// <param name="contentType">Media type as the request says it, parameters included.</param>
    /// <param name="body">The body, UTF-8 as the protocol wants it.</param>
    /// <exception cref="ArgumentException">The merchant isn't configured.</exception>
    public PushNotice Read(int merchantId, string? contentType, ReadOnlyMemory<byte> body)
    {
        var merchant = Merchant(merchantId) ?? throw new ArgumentException($"Merchant {merchantId} isn't configured.", nameof(merchantId));
        var media = (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        var protocol = media.EndsWith("xml", StringComparison.Ordinal) ? PushProtocol.Soap : PushProtocol.Post;
        try
        {
            return protocol == PushProtocol.Soap ? Judge(merchant, Soap(body)) : Judge(merchant, Form(media, body));
        }
        catch (AnswerRejectedException)
        {
            return new PushNotice { Protocol = protocol, Verdict = PushVerdict.Unreadable };
        }
    }

    private AssistMerchant? Merchant(int id) => options.Value.Merchants.FirstOrDefault(merchant => merchant.Id == id);

    private static Packet Form(string media, ReadOnlyMemory<byte> body)
    {
        if (media != "application/x-www-form-urlencoded")
        {
            throw AnswerRejectedException.Unreadable("the content is neither a form nor XML");
        }

        var form = new Block("push");
        foreach (var field in Encoding.UTF8.GetString(body.Span).Split('&', MostFields + 1))
        {
            if (form.Fields.Count == MostFields)
            {
                throw AnswerRejectedException.Unreadable("the form has too many fields");
            }

            var equals = field.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                form.Add(WebUtility.UrlDecode(field[..equals]).Trim().ToLowerInvariant(), WebUtility.UrlDecode(field[(equals + 1)..]));
            }
        }

        return new Packet(PushProtocol.Post, form, [form]);
    }

    private static Packet Soap(ReadOnlyMemory<byte> body)
    {
        var envelope = XmlAnswer.Read(body);
        var order = envelope is { Name: "envelope" }
            ? Inner(Inner(Inner(envelope, "body"), "pushpaymentresult"), "order")
            : throw AnswerRejectedException.Unreadable("the XML is no SOAP envelope");
        var operations = order.Blocks.Where(block => block.Name == "operation")
            .Concat(order.Blocks.Where(block => block.Name == "operations").SelectMany(block => block.Blocks))
            .ToList();
        return operations.Count > 0 ? new Packet(PushProtocol.Soap, order, operations) : throw AnswerRejectedException.Unreadable("the order has no operation");
    }

    private static Block Inner(Block block, string name) =>
        block.Blocks.Find(inner => inner.Name == name) ?? throw AnswerRejectedException.Unreadable($"{name} is missing");

    private static PushNotice Judge(AssistMerchant merchant, Packet packet)
    {
        var order = new FieldSet(packet.Order, OrderSections, OperationBlocks);
        var number = One(order, "ordernumber");
        var billnumber = Number(order, packet);
        var packetDate = One(order, "packetdate");
        var hasDate = WireTime.TryParse(packetDate, out _);
        var verdict =
            order.Number("merchant_id") != merchant.Id ? PushVerdict.OtherMerchant
            : billnumber is null ? PushVerdict.NoBillnumber
            : number is null ? PushVerdict.NoOrderNumber
            : !packet.Operations.TrueForAll(HasAmount) ? PushVerdict.NoAmount
            : !hasDate ? PushVerdict.NoPacketDate
            : string.IsNullOrEmpty(merchant.SecretWord) ? PushVerdict.NoSecretWord
            : !IsSealed(merchant, packet, number, One(order, "orderstate"), One(order, "checkvalue")) ? PushVerdict.WrongCheckvalue
            : PushVerdict.Accepted;
        return new PushNotice
        {
            Protocol = packet.Protocol,
            Verdict = verdict,
            Billnumber = billnumber,
            OrderNumber = number is null ? null : PushMask.Clean(number, LongestOrderNumber),
            OrderDate = order.Date("orderdate"),
            PacketDate = hasDate ? packetDate : null,
            Fields = PushMask.Of(packet.Fields),
        };
    }

    /// <summary>The order's number; a message about one operation names that one too, whichever of the two carries it.</summary>
    private static Billnumber? Number(FieldSet order, Packet packet)
    {
        if (!Billnumber.TryParse(One(order, "billnumber"), out var number))
        {
            return null;
        }

        if (packet.Protocol == PushProtocol.Post || packet.Operations is not [var operation])
        {
            return number;
        }

        return Billnumber.TryParse(operation.Text("billnumber"), out var extended) && extended.Plain == number.Plain && extended.Operation is not null ? extended : number;
    }

    private static bool HasAmount(Block operation) => Money.TryParse(operation.Text("amount"), operation.Text("currency"), out _);

    /// <summary>
    /// Whether the checkvalue fits the amount of an operation. A SOAP message has several operations and one seal; which of them it covers
    /// isn't documented, so any will do: that gives away nothing, for nothing is believed. All are compared, whichever fits.
    /// </summary>
    private static bool IsSealed(AssistMerchant merchant, Packet packet, string orderNumber, string? state, string? checkvalue)
    {
        var fits = false;
        foreach (var operation in packet.Operations)
        {
            var x = FormattableString.Invariant($"{merchant.Id}{orderNumber}{operation.Text("amount")}{operation.Text("currency")}{state}");
            fits |= Checkvalue.Fits(Checkvalue.Of(merchant.SecretWord!, x), checkvalue);
        }

        return fits;
    }

    /// <summary>A text that is there once, or always the same.</summary>
    private static string? One(FieldSet fields, string name)
    {
        try
        {
            return fields.Demand(name);
        }
        catch (AnswerRejectedException)
        {
            return null;
        }
    }

    private sealed record Packet(PushProtocol Protocol, Block Order, List<Block> Operations)
    {
        public IEnumerable<KeyValuePair<string, string>> Fields =>
            Protocol == PushProtocol.Post ? Order.Fields : [.. Order.Fields, .. Order.Blocks.Where(block => OrderSections.Contains(block.Name)).SelectMany(block => block.Fields), .. Operations.SelectMany(operation => operation.Fields)];
    }
}
