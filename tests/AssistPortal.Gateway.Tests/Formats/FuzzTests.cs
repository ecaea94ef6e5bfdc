using System.Text;
using AssistPortal.Gateway.Tests.Gateways;
using AssistPortal.Protocol;
using CsCheck;

namespace AssistPortal.Gateway.Tests.Formats;

/// <summary>Whatever the bytes, reading ends soon and in a typed result.</summary>
public sealed class FuzzTests
{
    private static readonly Service[] Services = [Service.OrderState, Service.OrderResult, Service.ResultByDate, Service.Charge, Service.Cancel, Service.WsCancel];
    private static readonly Gen<Service> AnyService = Gen.OneOf(Services);
    private static readonly Gen<string> AnyFixture = Gen.OneOf([.. Fixture.All.Select(Fixture.Read)]);

    private static readonly string[] Splinters =
    [
        "<", ">", "</", "/>", "<!DOCTYPE", "<![CDATA[", "]]>", "&amp;", "&lol;", "&#0;", "<?xml version='1.0' encoding='utf-16'?>", "{", "}", "[", "]", "\"", ":", ",", ";",
        "\n", "\0", "\uFFFF", "\\ud800", "null", "1e999", "-0", "99999999999999999999999999", "error;", "firstcode", "secondcode", "<order>", "</order>", "orderamount", "operations",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Reading_RandomBytes_EndsInATypedResult() =>
        Gen.Select(AnyService, Gen.Byte.Array[0, 400]).Sample((service, bytes) => { Read(service, bytes); }, iter: 20_000);

    [Fact]
    public void Reading_RandomBytesInsideAFrame_EndsInATypedResult() =>
        Gen.Select(AnyService, Gen.OneOf("<result firstcode='0' secondcode='0'><order>", "{\"orderresult\":{\"orders\":[{", "billnumber;ordernumber;\n", "error;"), Gen.Byte.Array[0, 200])
            .Sample((service, frame, bytes) => { Read(service, [.. Encoding.UTF8.GetBytes(frame), .. bytes]); }, iter: 20_000);

    [Fact]
    public void Reading_MutatedFixtures_EndsInATypedResult() =>
        Gen.Select(AnyService, AnyFixture, Mutation.List[1, 6]).Sample(
            (service, fixture, mutations) => { Read(service, Encoding.UTF8.GetBytes(mutations.Aggregate(fixture, (text, mutate) => mutate(text)))); },
            iter: 10_000);

    [Fact]
    public void Reading_FlippedBytesOfFixtures_EndsInATypedResult() =>
        Gen.Select(AnyService, AnyFixture, Gen.Select(Gen.Int[0, 1 << 20], Gen.Byte).List[1, 5]).Sample(
            (service, fixture, flips) =>
            {
                var bytes = Encoding.UTF8.GetBytes(fixture);
                flips.ForEach(flip => bytes[flip.Item1 % bytes.Length] = flip.Item2);
                Read(service, bytes);
            },
            iter: 10_000);

    public static TheoryData<string, string> Bombs => new()
    {
        { "deep JSON arrays", "{\"orderresult\":" + new string('[', 2_000_000) },
        { "deep JSON objects", string.Concat(Enumerable.Repeat("{\"orders\":", 300_000)) },
        { "deep XML", string.Concat(Enumerable.Repeat("<result>", 300_000)) },
        { "deep closed XML", string.Concat(Enumerable.Repeat("<result>", 100_000)) + string.Concat(Enumerable.Repeat("</result>", 100_000)) },
        { "entity bomb", Dtd("<!ENTITY a \"lol\">" + string.Concat(Enumerable.Range(1, 30).Select(i => $"<!ENTITY a{i} \"{string.Concat(Enumerable.Repeat(i == 1 ? "&a;" : $"&a{i - 1};", 10))}\">")), "&a30;") },
        { "external entity", Dtd("<!ENTITY x SYSTEM \"file:///etc/passwd\">", "&x;") },
        { "external DTD", "<!DOCTYPE result SYSTEM \"http://127.0.0.1:1/x.dtd\"><result firstcode='0' secondcode='0' count='1'/>" },
        { "many attributes", "<result " + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"a{i}='1' ")) + "/>" },
        { "a long number", "{\"firstcode\":" + new string('9', 1_000_000) + "}" },
        { "a long amount", Fixture.Read("orderstate/one.xml").Replace("4.00", new string('4', 1_000_000), StringComparison.Ordinal) },
        { "a long name", "{\"" + new string('x', 1_000_000) + "\":1}" },
        { "many columns", string.Concat(Enumerable.Range(0, 100_000).Select(i => $"c{i};")) },
        { "an open quotation", "billnumber;ordernumber;\n\"" + new string('x', 5_000_000) },
        { "many quotations", "billnumber;ordernumber;\n" + string.Concat(Enumerable.Repeat("\"\";\"", 200_000)) },
        { "many short lines", "billnumber;ordernumber;\n" + string.Concat(Enumerable.Repeat("\n1;2;\n", 200_000)) },
        { "many leaves of one name", "<result firstcode='0' secondcode='0'><order>" + string.Concat(Enumerable.Repeat("<billnumber>1</billnumber>", 100_000)) + "</order></result>" },
        { "many containers", "{\"orderresult\":[" + string.Join(",", Enumerable.Repeat("{\"orders\":[{\"order\":{}}]}", 50_000)) + "]}" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task Reading_ABomb_IsUnreadableInNoTime(string name, string bomb)
    {
        var bytes = Encoding.UTF8.GetBytes(bomb);
        foreach (var service in Services)
        {
            var isRead = await Task.Run(() => Read(service, bytes), Token).WaitAsync(TimeSpan.FromSeconds(10), Token);
            Assert.False(isRead, $"{name} was read as an answer of {service.Name}.");
        }
    }

    [Fact]
    public void Reading_UndamagedFixtures_IsReadAtLeastAsTheServiceItBelongsTo()
    {
        // Without this the fuzzing above could be passing because nothing is ever read.
        foreach (var path in Fixture.All)
        {
            var service = Services.Single(service => path.StartsWith(service.Name + "/", StringComparison.Ordinal));
            Assert.True(Read(service, Encoding.UTF8.GetBytes(Fixture.Read(path))), path);
        }
    }

    [Fact]
    public void Texts_OfAnyContent_SurviveJsonXmlAndCsvAlike() =>
        Gen.String[Gen.Char[' ', '\uD7FF'], 0, 40].Sample(text =>
        {
            var field = text.Trim();
            var xml = $"<result firstcode='0' secondcode='0'><payment><billnumber>1</billnumber><x>{System.Security.SecurityElement.Escape(text)}</x></payment></result>";
            var json = $"{{\"resultbydate\":{{\"payment\":{{\"billnumber\":1,\"x\":{System.Text.Json.JsonSerializer.Serialize(text)}}}}}}}";
            var csv = $"billnumber;x;\n1;\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\";\n";

            foreach (var answer in new[] { xml, json, csv })
            {
                var record = Answer.Read(Service.ResultByDate, Encoding.UTF8.GetBytes(answer)).Records.Single();
                Assert.Equal(field, record.Text("x"));
            }
        }, iter: 3_000);

    private static Gen<Func<string, string>> Mutation { get; } = Gen.OneOf(
        Gen.Select(Gen.Int[0, 1 << 20], Gen.OneOf(Splinters), (at, splinter) => (Func<string, string>)(text => text.Insert(at % (text.Length + 1), splinter))),
        Gen.Int[0, 1 << 20].Select(at => (Func<string, string>)(text => text[..(at % (text.Length + 1))])),
        Gen.Select(Gen.Int[0, 1 << 20], Gen.Int[0, 60], (at, length) => (Func<string, string>)(text => Cut(text, at, length))),
        Gen.Select(Gen.Int[0, 1 << 20], Gen.Int[0, 200], (at, length) => (Func<string, string>)(text => Double(text, at, length))));

    private static string Cut(string text, int at, int length)
    {
        var start = at % (text.Length + 1);
        return text.Remove(start, Math.Min(length, text.Length - start));
    }

    private static string Double(string text, int at, int length)
    {
        var start = at % (text.Length + 1);
        return text.Insert(start, text.Substring(start, Math.Min(length, text.Length - start)));
    }

    private static string Dtd(string declarations, string content) =>
        $"<?xml version='1.0'?><!DOCTYPE result [{declarations}]><result firstcode='0' secondcode='0' count='1'><order><ordernumber>{content}</ordernumber></order></result>";

    /// <summary>Whether the bytes are an answer; anything but an answer or the one typed refusal fails the test.</summary>
    private static bool Read(Service service, byte[] bytes)
    {
        try
        {
            var reader = new OrderReader(GatewayUnderTest.MerchantId, secretWord: null);
            var answer = Answer.Read(service, bytes);
            foreach (var record in answer.Records)
            {
                _ = OrderReader.HasOperations(record) || record.Text("operationtype") is null ? (object)reader.Order(record) : reader.Row(record);
            }

            var bill = new Billnumber("511111100000001");
            _ = CommandAnswer.Read(service, new Reply.Body(bytes), reader, bill, OperationType.Confirmation, TimeSpan.Zero);
            return true;
        }
        catch (AnswerRejectedException rejected)
        {
            Assert.IsType<GatewayFailure.Unreadable>(rejected.Failure);
            return false;
        }
    }
}
