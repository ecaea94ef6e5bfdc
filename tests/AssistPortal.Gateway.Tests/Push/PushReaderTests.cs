using System.Text;
using AssistPortal.Protocol;

namespace AssistPortal.Gateway.Tests.Push;

public sealed class PushReaderTests
{
    [Fact]
    public void Read_PushAsTheGatewaySendsIt_IsAccepted()
    {
        var push = Pushes.Read(Pushes.Form());

        Assert.Equal((PushVerdict.Accepted, PushProtocol.Post), (push.Verdict, push.Protocol));
        Assert.Equal(new Billnumber("5732614256223415", 2), push.Billnumber);
        Assert.Equal("2022.07.11-5", push.OrderNumber);
        Assert.Equal("11.07.2022 07:15:55", push.PacketDate);
        Assert.Equal(new DateTimeOffset(2022, 7, 11, 7, 15, 46, TimeSpan.Zero), push.OrderDate);
    }

    /// <summary>merchant 111111, order 100, 4.00 RUB, Approved.</summary>
    [Fact]
    public void Read_KnownSealOfTheProtocol_Fits()
    {
        var body = "merchant_id=111111&ordernumber=100&billnumber=511111100000001.1&amount=4.00&currency=RUB&orderstate=Approved&packetdate=01.01.2026+00:00:00&checkvalue=29993E6EE76A9A7B294D539CC67EC0AD";

        Assert.Equal(PushVerdict.Accepted, Pushes.Reader(merchant: 111111).Read(111111, Pushes.FormType, Encoding.UTF8.GetBytes(body)).Verdict);
    }

    /// <summary>Order 100 for 4.00 and order 1 for 1004.00… the seal can't tell where a field ends, which is why nothing of a push is believed.</summary>
    [Fact]
    public void Read_SameSealOverOtherCuts_FitsToo()
    {
        var seal = Checkvalue.Of(Pushes.Secret, "73261411004.00RUBApproved");
        foreach (var (order, amount) in new[] { ("1", "1004.00"), ("1100", "4.00") })
        {
            Assert.Equal(PushVerdict.Accepted, Pushes.Read(Pushes.Form(("ordernumber", order), ("amount", amount), ("currency", "RUB"), ("checkvalue", seal))).Verdict);
        }
    }

    [Fact]
    public void Read_PlainBillnumber_NamesNoOperation() =>
        Assert.Equal(new Billnumber("5732614256223415"), Pushes.Read(Pushes.Form(("billnumber", "5732614256223415"))).Billnumber);

    [Theory]
    [InlineData("merchant_id", "732615", PushVerdict.OtherMerchant)]
    [InlineData("merchant_id", "", PushVerdict.OtherMerchant)]
    [InlineData("billnumber", "57326142562234.2", PushVerdict.NoBillnumber)]
    [InlineData("billnumber", null, PushVerdict.NoBillnumber)]
    [InlineData("ordernumber", null, PushVerdict.NoOrderNumber)]
    [InlineData("amount", "10.005", PushVerdict.NoAmount)]
    [InlineData("amount", "-10.00", PushVerdict.NoAmount)]
    [InlineData("currency", "rubles", PushVerdict.NoAmount)]
    [InlineData("packetdate", "2022-07-11", PushVerdict.NoPacketDate)]
    [InlineData("packetdate", null, PushVerdict.NoPacketDate)]
    [InlineData("checkvalue", "F0D84B730CCF85C264A9C2289EEC9113", PushVerdict.WrongCheckvalue)]
    [InlineData("checkvalue", null, PushVerdict.WrongCheckvalue)]
    public void Read_BrokenField_IsNamedByTheVerdict(string field, string? text, PushVerdict verdict) =>
        Assert.Equal(verdict, Pushes.Read(Pushes.Form((field, text))).Verdict);

    [Theory]
    [InlineData("amount", "10.01")]
    [InlineData("orderstate", "Delayed")]
    [InlineData("ordernumber", "2022.07.11-6")]
    public void Read_SealedFieldChanged_IsRejected(string field, string text) =>
        Assert.Equal(PushVerdict.WrongCheckvalue, Pushes.Read(Pushes.Form([(field, text)], seal: false)).Verdict);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Read_MerchantWithoutSecretWord_AcceptsNothing(string? word) =>
        Assert.Equal(PushVerdict.NoSecretWord, Pushes.Reader(word).Read(Pushes.Merchant, Pushes.FormType, Encoding.UTF8.GetBytes(Pushes.Form())).Verdict);

    [Theory]
    [InlineData("application/json")]
    [InlineData("multipart/form-data")]
    [InlineData("")]
    [InlineData(null)]
    public void Read_OtherContentType_IsUnreadable(string? type) =>
        Assert.Equal(PushVerdict.Unreadable, Pushes.Reader().Read(Pushes.Merchant, type, Encoding.UTF8.GetBytes(Pushes.Form())).Verdict);

    [Fact]
    public void Read_TooManyFields_IsUnreadable() =>
        Assert.Equal(PushVerdict.Unreadable, Pushes.Read(Pushes.Form() + string.Concat(Enumerable.Repeat("&a=1", 300))).Verdict);

    [Fact]
    public void Read_FieldsNobodyShouldRead_AreMaskedOrDropped()
    {
        var push = Pushes.Read(Pushes.Form(
            ("firstname", "Иван"), ("cardholder", "IVAN SIDOROV"), ("email", "ivan@example.test"), ("meannumber", "4111111111111111"), ("ordercomment", "карта 4111 1111 1111 1111\0"),
            ("token", "secret-token"), ("signature", "seal"), ("somethingelse", "4111111111111111")));
        var fields = push.Fields.ToDictionary();

        Assert.Equal("И***", fields["firstname"]);
        Assert.Equal("I***", fields["cardholder"]);
        Assert.Equal("i***@example.test", fields["email"]);
        Assert.Equal("411111****1111", fields["meannumber"]);
        Assert.Equal("карта 411111****1111", fields["ordercomment"].TrimEnd());
        Assert.Equal("5732614256223415.2", fields["billnumber"]);
        Assert.Matches("^[0-9A-F]{4}[*]{3}$", fields["checkvalue"]);
        Assert.DoesNotContain(fields.Keys, name => name is "token" or "signature" or "somethingelse");
        Assert.DoesNotContain('\0', string.Concat(fields.Values));
    }

    [Fact]
    public void Read_LongText_IsKeptShort() =>
        Assert.Equal(200, Pushes.Read(Pushes.Form(("message", new string('x', 10_000)))).Fields.ToDictionary()["message"].Length);

    [Fact]
    public void Read_SoapPush_IsAcceptedAndNamesItsOperation()
    {
        var push = Pushes.Read(Pushes.Soap(), "text/xml; charset=utf-8");

        Assert.Equal((PushVerdict.Accepted, PushProtocol.Soap), (push.Verdict, push.Protocol));
        Assert.Equal(new Billnumber("5744015100953130", 1), push.Billnumber);
        Assert.Contains(new("meannumber", "411111****1111"), push.Fields);
        Assert.Contains(new("cardholder", "T***"), push.Fields);
    }

    [Fact]
    public void Read_SoapPushOfTwoOperations_NamesTheOrderAlone()
    {
        var push = Pushes.Read(Pushes.Soap(operations: 2), "text/xml");

        Assert.Equal((PushVerdict.Accepted, new Billnumber("5744015100953130")), (push.Verdict, push.Billnumber));
    }

    [Theory]
    [InlineData("<result firstcode='0'><order><billnumber>1</billnumber></order></result>")]
    [InlineData("<soapenv:Envelope xmlns:soapenv='http://schemas.xmlsoap.org/soap/envelope/'><soapenv:Body/></soapenv:Envelope>")]
    [InlineData("not xml at all")]
    [InlineData("")]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><Envelope><Body><PushPaymentResult><order><ordernumber>&b;</ordernumber><operation><amount>1</amount></operation></order></PushPaymentResult></Body></Envelope>")]
    public void Read_XmlThatIsNoPush_IsUnreadable(string xml) => Assert.Equal(PushVerdict.Unreadable, Pushes.Read(xml, "text/xml").Verdict);

    [Theory]
    [InlineData(PushReply.Xml)]
    [InlineData(PushReply.Off)]
    public void ReplyOf_ConfiguredMerchant_IsItsSetting(PushReply reply) => Assert.Equal(reply, Pushes.Reader(reply: reply).ReplyOf(Pushes.Merchant));

    [Fact]
    public void ReplyOf_UnknownMerchant_IsOff() => Assert.Equal(PushReply.Off, Pushes.Reader().ReplyOf(1));
}
