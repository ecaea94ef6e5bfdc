using System.Globalization;
using System.Text;
using System.Xml;
using AssistPortal.Protocol;

namespace AssistPortal.Gateway;

/// <summary>The portal's answer to a push (protocol §13.4).</summary>
/// <param name="HttpStatus">HTTP status.</param>
/// <param name="Body">The packet, UTF-8; empty when the status says it all.</param>
public sealed record PushAnswer(int HttpStatus, ReadOnlyMemory<byte> Body)
{
    /// <summary>Media type of <see cref="Body"/>.</summary>
    public const string ContentType = "text/xml; charset=utf-8";

    private const string Ws = "http://www.paysecure.ru/ws/";
    private const string Envelope = "http://schemas.xmlsoap.org/soap/envelope/";

    private static readonly ErrorCode Unbooked = new(2, 1);
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    /// <summary>
    /// The answer to a push that was stored. A refusal is told in the packet, and by the status 400 to a gateway that looks at the status alone.
    /// </summary>
    /// <param name="notice">The push.</param>
    /// <param name="reply">What the gateway expects.</param>
    public static PushAnswer Stored(PushNotice notice, PushReply reply) => (notice.Verdict, notice.Protocol, reply) switch
    {
        (PushVerdict.Accepted, PushProtocol.Post, PushReply.Status) => new PushAnswer(200, ReadOnlyMemory<byte>.Empty),
        (PushVerdict.Accepted, _, _) => new PushAnswer(200, Packet(notice, CodeOf(notice.Verdict))),
        (_, PushProtocol.Post, PushReply.Status) => new PushAnswer(400, Packet(notice, CodeOf(notice.Verdict))),
        _ => new PushAnswer(200, Packet(notice, CodeOf(notice.Verdict))),
    };

    /// <summary>The answer to a push that could not be stored: 2/1 with the status 503, so that the gateway sends it again.</summary>
    /// <param name="notice">The push.</param>
    public static PushAnswer NotStored(PushNotice notice) => new(503, Packet(notice, Unbooked));

    private static ErrorCode CodeOf(PushVerdict verdict) => verdict switch
    {
        PushVerdict.Accepted => new ErrorCode(0, 0),
        PushVerdict.Unreadable => new ErrorCode(1, 1),
        PushVerdict.OtherMerchant => new ErrorCode(5, 100),
        PushVerdict.NoBillnumber => new ErrorCode(5, 143),
        PushVerdict.NoOrderNumber => new ErrorCode(5, 107),
        PushVerdict.NoAmount => new ErrorCode(5, 108),
        PushVerdict.NoPacketDate => new ErrorCode(5, 104),
        PushVerdict.NoSecretWord or PushVerdict.WrongCheckvalue => new ErrorCode(9, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };

    private static byte[] Packet(PushNotice notice, ErrorCode code)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Settings))
        {
            xml.WriteStartDocument();
            if (notice.Protocol == PushProtocol.Soap)
            {
                xml.WriteStartElement("soapenv", "Envelope", Envelope);
                xml.WriteStartElement("Body", Envelope);
                xml.WriteStartElement("ws", "PushPaymentResultResponse", Ws);
            }

            xml.WriteStartElement("pushpaymentresult");
            xml.WriteAttributeString("firstcode", code.First.ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("secondcode", code.Second.ToString(CultureInfo.InvariantCulture));
            if (code.IsNone)
            {
                xml.WriteStartElement("order");
                xml.WriteElementString("billnumber", notice.Billnumber?.ToString());
                xml.WriteElementString("packetdate", notice.PacketDate);
                xml.WriteEndElement();
            }

            xml.WriteFullEndElement();
            xml.WriteEndDocument();
        }

        return bytes.ToArray();
    }
}
