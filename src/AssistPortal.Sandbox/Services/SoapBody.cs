using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace AssistPortal.Sandbox.Services;

/// <summary>
/// A request in SOAP (protocol §16): what the first element of the body holds, whatever its prefix, style or case. Elements with text are
/// parameters, however deep they stand; each <c>chequeitem</c> is a position of the cheque.
/// </summary>
internal static class SoapBody
{
    private const int Deepest = 32;

    private static readonly XmlReaderSettings Hardened = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = 1024 * 1024,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>Structures with parameters of their own, which would otherwise pass for the command's.</summary>
    private static readonly string[] Apart = ["customer", "fiscalization"];

    /// <summary>Fills the request; <see langword="false"/> when the body is no envelope that can be read.</summary>
    public static bool TryRead(byte[] body, WireRequest request)
    {
        try
        {
            if (IsTooDeep(body))
            {
                return false;
            }

            using var reader = Open(body);
            if (XDocument.Load(reader).Root is not { } root || !Is(root, "Envelope")
                || root.Elements().FirstOrDefault(element => Is(element, "Body"))?.Elements().FirstOrDefault() is not { } asked)
            {
                return false;
            }

            request.SoapElement = asked.Name.LocalName;
            var items = new JsonArray();
            Add(asked, request, items);
            if (items.Count > 0)
            {
                request.ChequeText = new JsonObject { ["items"] = items }.ToJsonString();
            }

            return true;
        }
        catch (Exception unreadable) when (unreadable is XmlException or NotSupportedException)
        {
            // The second is a declared encoding the platform refuses.
            return false;
        }
    }

    private static void Add(XElement parent, WireRequest request, JsonArray items)
    {
        foreach (var element in parent.Elements())
        {
            if (!element.HasElements)
            {
                request.Add(element.Name.LocalName, element.Value);
            }
            else if (Is(element, "chequeitem"))
            {
                items.Add(ItemOf(element));
            }
            else if (!Apart.Any(name => Is(element, name)))
            {
                Add(element, request, items);
            }
        }
    }

    private static JsonObject ItemOf(XElement item)
    {
        var fields = new JsonObject();
        foreach (var field in item.Elements())
        {
            fields[field.Name.LocalName] = field.Value;
        }

        return fields;
    }

    /// <summary>Asked of a reader that keeps nothing, before a tree is built.</summary>
    private static bool IsTooDeep(byte[] body)
    {
        using var reader = Open(body);
        while (reader.Read())
        {
            if (reader.Depth > Deepest)
            {
                return true;
            }
        }

        return false;
    }

    private static XmlReader Open(byte[] body) => XmlReader.Create(new MemoryStream(body), Hardened);

    private static bool Is(XElement element, string name) => element.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase);
}
