using System.Globalization;
using System.Text;
using System.Xml;

namespace AssistPortal.Sandbox.Answers;

/// <summary>XML and SOAP text as the gateway writes it: a DOCTYPE, single-quoted attributes on the root, lower-case elements.</summary>
internal static class XmlText
{
    public static void Element(this StringBuilder xml, string name, string value)
    {
        xml.Append('<').Append(name).Append('>');
        foreach (var character in value)
        {
            _ = character switch
            {
                '&' => xml.Append("&amp;"),
                '<' => xml.Append("&lt;"),
                '>' => xml.Append("&gt;"),
                // What XML 1.0 can't hold even as a reference.
                _ when !XmlConvert.IsXmlChar(character) && !char.IsSurrogate(character) => xml,
                _ => xml.Append(character),
            };
        }

        xml.Append("</").Append(name).Append('>');
    }

    public static void Elements(this StringBuilder xml, IEnumerable<string> names, Func<string, string> value)
    {
        foreach (var name in names)
        {
            xml.Element(name, value(name));
        }
    }

    /// <summary>Declaration, DOCTYPE and root around the pieces of the content.</summary>
    public static IEnumerable<string> Document(string doctype, int first, int second, long count, params IEnumerable<string> content)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n{doctype}\n<result firstcode='{first}' secondcode='{second}' count='{count}'>");
        foreach (var piece in content)
        {
            yield return piece;
        }

        yield return "</result>\n";
    }

    /// <summary>A DOCTYPE: the parents with their content models, then every child that is no parent as text.</summary>
    public static string Doctype(params (string Name, string Model)[] parents)
    {
        var text = new StringBuilder("<!DOCTYPE result [\n<!ATTLIST result\n firstcode CDATA #REQUIRED\n secondcode CDATA #REQUIRED\n count CDATA #REQUIRED>\n");
        foreach (var (name, model) in parents)
        {
            text.Append(CultureInfo.InvariantCulture, $"<!ELEMENT {name} ({model})>\n");
        }

        var leaves = parents.SelectMany(parent => parent.Model.Split(',')).Select(child => child.Trim('?', '*'))
            .Distinct().Except(parents.Select(parent => parent.Name));
        return text.AppendJoin('\n', leaves.Select(leaf => $"<!ELEMENT {leaf} (#PCDATA)>")).Append("]>").ToString();
    }

    /// <summary>The content model of optional children in a fixed order.</summary>
    public static string Optional(params IEnumerable<string> names) => string.Join(',', names.Select(name => name + "?"));

    public static IEnumerable<string> Envelope(params IEnumerable<string> body)
    {
        yield return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:ws=\"http://www.paysecure.ru/ws/\"><soapenv:Body>";
        foreach (var piece in body)
        {
            yield return piece;
        }

        yield return "</soapenv:Body></soapenv:Envelope>\n";
    }
}
