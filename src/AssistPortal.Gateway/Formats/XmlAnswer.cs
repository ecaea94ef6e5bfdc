using System.Runtime.InteropServices;
using System.Text;
using System.Xml;

namespace AssistPortal.Gateway;

/// <summary>Reads XML with a DOCTYPE that is skipped unread: no entity is expanded and nothing is fetched.</summary>
internal static class XmlAnswer
{
    private const int MaxDepth = 16;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        MaxCharactersInDocument = GatewayConnection.MaxAnswerBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>The root element.</summary>
    /// <exception cref="AnswerRejectedException">Malformed, too deep or with entities.</exception>
    public static Block Read(ReadOnlyMemory<byte> xml)
    {
        try
        {
            using var reader = XmlReader.Create(StreamOver(xml), Settings);
            return Read(reader);
        }
        catch (XmlException)
        {
            throw AnswerRejectedException.Unreadable("the XML is malformed");
        }
    }

    private static MemoryStream StreamOver(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(bytes.ToArray());

    private static Block Read(XmlReader reader)
    {
        var root = new Block("");
        var open = new Stack<Block>([root]);
        var text = new StringBuilder();
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (open.Count > MaxDepth)
                    {
                        throw AnswerRejectedException.Unreadable("the XML is nested too deeply");
                    }

                    var isEmpty = reader.IsEmptyElement;
                    open.Push(Element(reader));
                    text.Clear();
                    if (isEmpty)
                    {
                        Close(open, text);
                    }

                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    text.Append(reader.Value);
                    break;
                case XmlNodeType.EndElement:
                    Close(open, text);
                    break;
                default:
                    break;
            }
        }

        // A root that is a leaf has become a field and is no answer.
        return root.Blocks is [var result] ? result : throw AnswerRejectedException.Unreadable("the XML has no content");
    }

    private static Block Element(XmlReader reader)
    {
        var block = new Block(reader.LocalName.ToLowerInvariant());
        while (reader.MoveToNextAttribute())
        {
            block.Add(reader.LocalName.ToLowerInvariant(), reader.Value);
        }

        return block;
    }

    private static void Close(Stack<Block> open, StringBuilder text)
    {
        var block = open.Pop();
        if (block.Blocks.Count == 0 && block.Fields.Count == 0)
        {
            open.Peek().Add(block.Name, text.ToString());
        }
        else
        {
            open.Peek().Blocks.Add(block);
        }

        text.Clear();
    }
}
