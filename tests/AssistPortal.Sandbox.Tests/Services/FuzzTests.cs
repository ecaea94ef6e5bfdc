using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace AssistPortal.Sandbox.Tests.Services;

/// <summary>Valid requests with bytes changed, removed, doubled and moved: each is answered, none breaks anything.</summary>
public sealed partial class FuzzTests
{
    private const int RoundsOfEach = 150;

    private static readonly string[] Services = ["orderstate", "orderresult", "resultbydate", "charge", "cancel", "wscancel"];

    /// <summary>Bytes that mean something to one of the parsers.</summary>
    private static readonly byte[] Telling = [.. "<>&;%={}[]\",:'\\!/-.0123456789eE\n\r\t "u8, 0, 0x80, 0xC3, 0xED, 0xFE, 0xFF];

    [Theory]
    [InlineData("application/x-www-form-urlencoded", 20261)]
    [InlineData("application/json", 20262)]
    [InlineData("text/xml", 20263)]
    [InlineData("multipart/form-data; boundary=b", 20264)]
    public async Task Service_GivenAMutatedRequest_AnswersReadably(string contentType, int seed)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);
        var random = new Random(seed);
        foreach (var service in Services)
        {
            var valid = Encoding.UTF8.GetBytes(Request(contentType, service, billnumber));
            for (var round = 0; round < RoundsOfEach; round++)
            {
                var mutated = Mutate(valid, random);
                using var content = new ByteArrayContent(mutated);
                content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

                using var response = await sandbox.Http.PostAsync(RunningSandbox.PathOf(service), content, TestContext.Current.CancellationToken);

                var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                var context = $"{service}, seed {seed}, round {round}: {Encoding.Latin1.GetString(mutated)} → {(int)response.StatusCode} {answer}";
                Assert.True((int)response.StatusCode < 500, context);
                Assert.True(IsReadable(answer, response.Content.Headers.ContentType?.MediaType), context);
            }
        }
    }

    private static string Request(string contentType, string service, string billnumber)
    {
        (string Name, string Value)[] parameters =
        [
            ("merchant_id", "900002"), ("login", "sandbox_ws"), ("password", "Sandbox2026"), ("billnumber", billnumber), ("ordernumber", "Заказ-1"),
            ("amount", "1.00"), ("currency", "RUB"), ("language", "RU"), ("testmode", "1"), ("startyear", "2026"), ("startmonth", "11"), ("startday", "1"),
            ("format", "5"),
        ];
        return contentType switch
        {
            "application/json" => JsonSerializer.Serialize(parameters.Skip(3).ToDictionary(pair => pair.Name, pair => (object)pair.Value)
                .Append(KeyValuePair.Create("merchant", (object)parameters.Take(3).ToDictionary(pair => pair.Name, pair => pair.Value)))
                .Append(KeyValuePair.Create("chequeitem", (object)new[] { new { id = 1, name = "Чай", price = "1.00", quantity = 1, amount = 1 } }))
                .ToDictionary()),
            "text/xml" => "<?xml version='1.0' encoding='UTF-8'?><s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>"
                + $"<{service}>{string.Concat(parameters.Select(pair => $"<{pair.Name}>{pair.Value}</{pair.Name}>"))}"
                + $"<chequeitem><id>1</id><name>Чай</name><price>1</price><quantity>1</quantity><amount>1</amount></chequeitem></{service}></s:Body></s:Envelope>",
            "application/x-www-form-urlencoded" => string.Join('&', parameters.Append(("ChequeItems", """{"items":[{"id":1,"name":"Чай","price":1,"quantity":1,"amount":1}]}"""))
                .Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}")),
            _ => string.Concat(parameters.Select(pair => $"--b\r\nContent-Disposition: form-data; name=\"{pair.Name}\"\r\n\r\n{pair.Value}\r\n")) + "--b--\r\n",
        };
    }

    private static byte[] Mutate(byte[] valid, Random random)
    {
        var bytes = valid.ToList();
        for (var changes = random.Next(1, 5); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 24), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = Telling[random.Next(Telling.Length)];
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Whole in the format it says it has: JSON and XML parse, CSV is a refusal, a header line or pairs.</summary>
    private static bool IsReadable(string answer, string? mediaType)
    {
        try
        {
            switch (mediaType)
            {
                case "application/json":
                    return JsonElement.Parse(answer).ValueKind == JsonValueKind.Object;
                case "text/xml":
                    using (var reader = XmlReader.Create(new StringReader(answer), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore }))
                    {
                        return XDocument.Load(reader).Root is not null;
                    }

                default:
                    return Csv().IsMatch(answer);
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or XmlException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\A(error;\d+;\d+;\n|([a-z_]+;)+\n|ordernumber: )")]
    private static partial Regex Csv();
}
