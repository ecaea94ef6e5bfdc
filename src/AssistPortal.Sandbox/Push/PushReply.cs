using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace AssistPortal.Sandbox.Push;

/// <summary>What an attempt came to, in words.</summary>
internal readonly record struct PushVerdict(bool Accepted, string Words)
{
    public static PushVerdict Refused(string words) => new(false, words);
}

/// <summary>Reads a receiver's reply as the merchant's setting expects it (protocol §13.4).</summary>
internal static class PushReply
{
    /// <summary>A reply longer than this isn't read to its end.</summary>
    public const int LongestBytes = 64 * 1024;

    private static readonly XmlReaderSettings Hardened = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = LongestBytes,
    };

    public static PushVerdict Judge(PushRow row, string expected, int status, byte[] reply) => status switch
    {
        >= 300 and < 400 => PushVerdict.Refused(Words($"The receiver redirects (HTTP {status}); redirects aren't followed.")),
        < 200 or >= 400 => PushVerdict.Refused(Words($"The receiver answered HTTP {status}.")),
        _ when expected == ExpectedReply.Status => new PushVerdict(true, Words($"Accepted: HTTP {status}.")),
        _ when reply.Length > LongestBytes => PushVerdict.Refused("The reply is longer than 64 KiB."),
        _ => JudgePacket(row, reply),
    };

    private static PushVerdict JudgePacket(PushRow row, byte[] reply)
    {
        XElement root;
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(reply, writable: false), Hardened);
            root = XDocument.Load(reader).Root!;
        }
        catch (XmlException)
        {
            return PushVerdict.Refused("The reply isn't the XML packet that was expected.");
        }

        if (Packet(root, row.Protocol) is not { } packet || (Code(packet, "firstcode"), Code(packet, "secondcode")) is not ({ } first, { } second))
        {
            return PushVerdict.Refused("The reply holds no pushpaymentresult with firstcode and secondcode.");
        }

        if ((first, second) != ("0", "0"))
        {
            return PushVerdict.Refused($"The receiver refused: firstcode {Short(first)}, secondcode {Short(second)}.");
        }

        var (billnumber, packetDate) = (Echo(packet, "billnumber"), Echo(packet, "packetdate"));
        if (billnumber != row.Billnumber.ToString() && !(row.Protocol == PushProtocol.Soap && billnumber == row.Billnumber.Order))
        {
            return PushVerdict.Refused("The reply doesn't echo the billnumber.");
        }

        return packetDate == row.PacketDate
            ? new PushVerdict(true, "Accepted: the packet echoes billnumber and packetdate.")
            : PushVerdict.Refused("The reply doesn't echo the packetdate.");
    }

    /// <summary>The element that carries the codes: the root of a plain reply; in SOAP the answer element or the packet inside it.</summary>
    private static XElement? Packet(XElement root, string protocol)
    {
        if (protocol == PushProtocol.Post)
        {
            return Is(root, "pushpaymentresult") ? root : null;
        }

        var answer = root.Elements().FirstOrDefault(element => Is(element, "Body"))?.Elements().FirstOrDefault();
        return Is(root, "Envelope") && answer is not null && Is(answer, "PushPaymentResultResponse")
            ? answer.Descendants().FirstOrDefault(element => Is(element, "pushpaymentresult")) ?? answer
            : null;
    }

    /// <summary>A code as an attribute, or as an element of its own, as SOAP answers have it.</summary>
    private static string? Code(XElement packet, string name) =>
        packet.Attribute(name)?.Value.Trim() ?? packet.Elements().FirstOrDefault(element => Is(element, name))?.Value.Trim();

    private static string? Echo(XElement packet, string name) =>
        packet.Descendants().FirstOrDefault(element => Is(element, name))?.Value.Trim();

    private static bool Is(XElement element, string name) => element.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Short(string code) => code.Length > 10 ? code[..10] : code;

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
