using AssistPortal.Protocol;
using CsCheck;

namespace AssistPortal.Gateway.Tests.Protocol;

public sealed class BillnumberTests
{
    [Theory]
    [InlineData("511111100000001", "511111100000001", null)]
    [InlineData(" 5775486650107611 ", "5775486650107611", null)]
    [InlineData("5775486650107611.2", "5775486650107611", 2)]
    [InlineData("5775486650107611.999999", "5775486650107611", 999999)]
    public void Parse_EitherForm_IsRead(string text, string order, int? operation)
    {
        Assert.True(Billnumber.TryParse(text, out var billnumber));
        Assert.Equal(new Billnumber(order, operation), billnumber);
        Assert.Equal(new Billnumber(order), billnumber.Plain);
        Assert.Equal(text.Trim(), billnumber.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("51111110000000")]
    [InlineData("57754866501076110")]
    [InlineData("577548665010761x")]
    [InlineData("٥٧٧٥٤٨٦٦٥٠١٠٧٦١١")]
    [InlineData("5775486650107611.")]
    [InlineData("5775486650107611.0")]
    [InlineData("5775486650107611.-1")]
    [InlineData("5775486650107611.2.3")]
    [InlineData("5775486650107611.1000000")]
    [InlineData("5.775486650107611E15")]
    public void Parse_AnythingElse_IsRefused(string? text) => Assert.False(Billnumber.TryParse(text, out _));

    [Fact]
    public void ToString_EveryBillnumber_ComesBackTheSame() =>
        Gen.Select(Gen.Long[100_000_000_000_000, 9_999_999_999_999_999], Gen.Int[0, 999_999]).Sample((order, operation) =>
        {
            var billnumber = new Billnumber(order.ToString(System.Globalization.CultureInfo.InvariantCulture), operation == 0 ? null : operation);
            Assert.True(Billnumber.TryParse(billnumber.ToString(), out var read));
            Assert.Equal(billnumber, read);
        });
}
