using System.Text;

namespace AssistPortal.Gateway.Tests.Push;

public sealed class PushAnswerTests
{
    [Fact]
    public void Stored_AcceptedForm_EchoesBillnumberAndPacketDate()
    {
        var answer = PushAnswer.Stored(Pushes.Read(Pushes.Form()), PushReply.Xml);

        Assert.Equal(200, answer.HttpStatus);
        Assert.Equal(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><pushpaymentresult firstcode=\"0\" secondcode=\"0\"><order><billnumber>5732614256223415.2</billnumber>"
            + "<packetdate>11.07.2022 07:15:55</packetdate></order></pushpaymentresult>",
            Encoding.UTF8.GetString(answer.Body.Span));
    }

    [Fact]
    public void Stored_AcceptedFormForAGatewayThatLooksAtTheStatus_IsEmpty()
    {
        var answer = PushAnswer.Stored(Pushes.Read(Pushes.Form()), PushReply.Status);

        Assert.Equal((200, 0), (answer.HttpStatus, answer.Body.Length));
    }

    [Theory]
    [InlineData("merchant_id", "1", "5", "100")]
    [InlineData("billnumber", "x", "5", "143")]
    [InlineData("ordernumber", "", "5", "107")]
    [InlineData("amount", "x", "5", "108")]
    [InlineData("packetdate", "x", "5", "104")]
    [InlineData("checkvalue", "x", "9", "0")]
    public void Stored_Rejected_SaysWhyAndNothingElse(string field, string text, string first, string second)
    {
        var push = Pushes.Read(Pushes.Form((field, text)));
        var expected = $"<?xml version=\"1.0\" encoding=\"utf-8\"?><pushpaymentresult firstcode=\"{first}\" secondcode=\"{second}\"></pushpaymentresult>";

        foreach (var (reply, status) in new[] { (PushReply.Xml, 200), (PushReply.Status, 400) })
        {
            var answer = PushAnswer.Stored(push, reply);
            Assert.Equal((status, expected), (answer.HttpStatus, Encoding.UTF8.GetString(answer.Body.Span)));
        }
    }

    [Fact]
    public void Stored_Soap_IsAnsweredBySoapWhateverTheSetting()
    {
        foreach (var reply in new[] { PushReply.Xml, PushReply.Status })
        {
            var answer = PushAnswer.Stored(Pushes.Read(Pushes.Soap(), "text/xml"), reply);
            var root = System.Xml.Linq.XDocument.Parse(Encoding.UTF8.GetString(answer.Body.Span)).Root!;

            Assert.Equal("{http://schemas.xmlsoap.org/soap/envelope/}Envelope", root.Name.ToString());
            var response = Assert.Single(root.Elements().Single().Elements());
            Assert.Equal("{http://www.paysecure.ru/ws/}PushPaymentResultResponse", response.Name.ToString());
            Assert.Equal("5744015100953130.1", Assert.Single(response.Descendants("billnumber")).Value);
        }
    }

    [Fact]
    public void NotStored_AsksForAnotherTry()
    {
        var answer = PushAnswer.NotStored(Pushes.Read(Pushes.Form()));

        Assert.Equal(503, answer.HttpStatus);
        Assert.Contains("<pushpaymentresult firstcode=\"2\" secondcode=\"1\"></pushpaymentresult>", Encoding.UTF8.GetString(answer.Body.Span), StringComparison.Ordinal);
    }
}
