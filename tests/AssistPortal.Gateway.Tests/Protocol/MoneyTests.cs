using AssistPortal.Protocol;
using CsCheck;

namespace AssistPortal.Gateway.Tests.Protocol;

public sealed class MoneyTests
{
    private static readonly Gen<string> AnyCurrency = Gen.OneOf("RUB", "USD", "BYN", "JPY", "KWD", "XAF");

    [Theory]
    [InlineData("100", "RUB", 10000)]
    [InlineData("100.5", "RUB", 10050)]
    [InlineData("100.00", "RUB", 10000)]
    [InlineData("100,05", "RUB", 10005)]
    [InlineData(" 0.01 ", "RUB", 1)]
    [InlineData("0", "RUB", 0)]
    [InlineData("007.10", "RUB", 710)]
    [InlineData("1.000000", "RUB", 100)]
    [InlineData("100.00", "JPY", 100)]
    [InlineData("1.500", "KWD", 1500)]
    [InlineData("999999999999999.99", "RUB", 99999999999999999)]
    public void Parse_ExactAmount_IsRead(string text, string currency, long minor) => Assert.Equal(new Money(minor, currency), Money.Parse(text, currency));

    [Theory]
    [InlineData(null, "RUB")]
    [InlineData("", "RUB")]
    [InlineData(".", "RUB")]
    [InlineData("100.", "RUB")]
    [InlineData(".5", "RUB")]
    [InlineData("0.005", "RUB")]
    [InlineData("100.5", "JPY")]
    [InlineData("-1", "RUB")]
    [InlineData("+1", "RUB")]
    [InlineData("1e2", "RUB")]
    [InlineData("1 000.00", "RUB")]
    [InlineData("1,000.00", "RUB")]
    [InlineData("1.000,00", "RUB")]
    [InlineData("١٠٠", "RUB")]
    [InlineData("0x10", "RUB")]
    [InlineData("1000000000000000", "RUB")]
    [InlineData("100", "rub")]
    [InlineData("100", "RUBL")]
    [InlineData("100", "РУБ")]
    [InlineData("100", null)]
    public void Parse_AnythingElse_IsRefused(string? text, string? currency) => Assert.False(Money.TryParse(text, currency, out _));

    [Theory]
    [InlineData(10050, "RUB", "100.50")]
    [InlineData(5, "RUB", "0.05")]
    [InlineData(-5, "RUB", "-0.05")]
    [InlineData(0, "RUB", "0.00")]
    [InlineData(100, "JPY", "100.00")]
    [InlineData(1500, "KWD", "1.500")]
    [InlineData(long.MinValue, "RUB", "-92233720368547758.08")]
    public void ToWire_AnyAmount_HasADotAndTwoDecimals(long minor, string currency, string wire) => Assert.Equal(wire, new Money(minor, currency).ToWire());

    [Fact]
    public void ToWire_EveryAmountOfTheWire_ComesBackTheSame() =>
        Gen.Select(Gen.Long[0, 99_999_999_999_999_999], AnyCurrency).Sample((minor, currency) =>
        {
            var money = new Money(currency == "JPY" || currency == "XAF" ? minor / 100 : minor, currency);
            Assert.Equal(money, Money.Parse(money.ToWire(), currency));
        });

    [Fact]
    public void ToMajor_TwoDecimals_IsExact() => Assert.Equal(12345678901234.56m, new Money(1234567890123456, "RUB").ToMajor());

    [Fact]
    public void Sum_OfTwoCurrencies_Throws()
    {
        Assert.Throws<InvalidOperationException>(() => new Money(1, "RUB") + new Money(1, "USD"));
        Assert.Throws<InvalidOperationException>(() => new Money(1, "RUB") - new Money(1, "USD"));
    }

    [Fact]
    public void Sum_BeyondTheRange_Throws()
    {
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue, "RUB") + new Money(1, "RUB"));
        Assert.Throws<OverflowException>(() => new Money(long.MinValue, "RUB") - new Money(1, "RUB"));
    }
}
