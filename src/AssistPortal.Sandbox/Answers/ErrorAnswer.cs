using System.Globalization;
using System.Text;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.Answers;

/// <summary>A request that couldn't be processed, in each format (protocol §2). The DOCTYPE is the service's own; a Fault speaks the language asked for.</summary>
internal sealed class ErrorAnswer(string doctype, ErrorCode error, Language language) : IAnswer
{
    public IEnumerable<string> Csv() => [string.Create(CultureInfo.InvariantCulture, $"error;{error.First};{error.Second};\n")];

    public IEnumerable<string> Xml() => XmlText.Document(doctype, error.First, error.Second, 0, " ");

    public IEnumerable<string> Json() => [JsonText.Write(json =>
    {
        json.WriteNumber("firstcode", error.First);
        json.WriteNumber("secondcode", error.Second);
    })];

    public IEnumerable<string> Soap()
    {
        var fault = new StringBuilder("<soapenv:Fault><faultcode>soapenv:Server</faultcode>");
        fault.Element("faultstring", language == Language.Ru ? error.Text.Ru : error.Text.En);
        fault.Append(
            CultureInfo.InvariantCulture,
            $"<detail><WSException><firstcode>{error.First}</firstcode><secondcode>{error.Second}</secondcode></WSException></detail></soapenv:Fault>");
        return XmlText.Envelope(fault.ToString());
    }
}
