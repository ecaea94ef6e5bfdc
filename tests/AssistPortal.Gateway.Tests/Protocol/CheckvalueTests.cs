using AssistPortal.Protocol;

namespace AssistPortal.Gateway.Tests.Protocol;

public sealed class CheckvalueTests
{
    [Theory]
    [InlineData("111111ok4.00RUBCanceled", "74DEB154081757F1E8097DDFAC35FC5C")]
    [InlineData("111111;100;4.00;RUB", "E827577C0AF1FC84FC82F127D1616026")]
    [InlineData("111111;100;4.00;RUB;50", "2AA7C97E11EF63AB7D82FB072897756D")]
    [InlineData("1111111004.00RUBDelayed", "5F45C3775A312FB4D45EC0CC727F3B72")]
    [InlineData("1111111004.00RUBApproved", "29993E6EE76A9A7B294D539CC67EC0AD")]
    public void Of_KnownVectors_Fit(string x, string checkvalue) => Assert.Equal(checkvalue, Checkvalue.Of("secret", x));

    [Fact]
    public void OfAnswer_JoinsTheFieldsWithoutDelimiterAndWithTwoDecimals() =>
        Assert.Equal("74DEB154081757F1E8097DDFAC35FC5C", Checkvalue.OfAnswer("secret", 111111, "ok", Money.Parse("4", "RUB"), OrderState.Canceled));

    [Theory]
    [InlineData("74DEB154081757F1E8097DDFAC35FC5C", true)]
    [InlineData(" 74deb154081757f1e8097ddfac35fc5c\n", true)]
    [InlineData("74DEB154081757F1E8097DDFAC35FC5D", false)]
    [InlineData("74DEB154081757F1E8097DDFAC35FC5", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Fits_OnlyTheSameValue(string? received, bool fits) => Assert.Equal(fits, Checkvalue.Fits("74DEB154081757F1E8097DDFAC35FC5C", received));
}
