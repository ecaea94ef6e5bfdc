using System.Globalization;
using AssistPortal.Protocol;
using AssistPortal.Web.Components.Shared;
using Xunit;

namespace AssistPortal.Web.Tests.Shared;

public sealed class MoneyInputTests
{
    [Theory]
    [InlineData("1 234,50", 123450)]
    [InlineData("1\u00A0234,50", 123450)]
    [InlineData("1\u202F234,50", 123450)]
    [InlineData("1234.50", 123450)]
    [InlineData(" 1234 ", 123400)]
    [InlineData("0,01", 1)]
    [InlineData("80,5", 8050)]
    [InlineData("12 345 678,90", 1234567890)]
    [InlineData("100,00000", 10000)]
    public void MoneyInput_Amount_IsReadExactly(string typed, long kopecks)
    {
        Assert.True(MoneyInput.TryRead(typed, "RUB", out var money, out _));
        Assert.Equal(new Money(kopecks, "RUB"), money);
    }

    [Theory]
    [InlineData("", MoneyInputFault.Empty)]
    [InlineData(" \u00A0 ", MoneyInputFault.Empty)]
    [InlineData("0,005", MoneyInputFault.TooManyDecimals)]
    [InlineData("80,123", MoneyInputFault.TooManyDecimals)]
    [InlineData("1,234", MoneyInputFault.TooManyDecimals)]
    [InlineData("1,234.50", MoneyInputFault.NotAnAmount)]
    [InlineData("1 0000", MoneyInputFault.NotAnAmount)]
    [InlineData("12 34", MoneyInputFault.NotAnAmount)]
    [InlineData("-5", MoneyInputFault.NotAnAmount)]
    [InlineData("1e3", MoneyInputFault.NotAnAmount)]
    [InlineData("сто", MoneyInputFault.NotAnAmount)]
    [InlineData("12,", MoneyInputFault.NotAnAmount)]
    [InlineData("٣", MoneyInputFault.NotAnAmount)]
    [InlineData("99999999999999999999", MoneyInputFault.NotAnAmount)]
    public void MoneyInput_WhatIsNoAmount_IsRefusedWithItsReason(string typed, MoneyInputFault expected)
    {
        Assert.False(MoneyInput.TryRead(typed, "RUB", out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Theory]
    [InlineData("ru-RU", "1234,50")]
    [InlineData("en-US", "1234.50")]
    public void MoneyInput_Editable_ReadsBackAsTheSameAmount(string culture, string expected)
    {
        var money = new Money(123450, "RUB");
        var text = MoneyInput.Editable(money, CultureInfo.GetCultureInfo(culture));
        Assert.Equal(expected, text);
        Assert.True(MoneyInput.TryRead(text, "RUB", out var back, out _));
        Assert.Equal(money, back);
    }

    [Theory]
    [InlineData("ru-RU", -425000, "RUB", "−4\u202F250,00\u202F₽")]
    [InlineData("en-US", 425000, "USD", "4\u202F250.00\u202F$")]
    [InlineData("ru-RU", 5, "BYN", "0,05\u202FBYN")]
    [InlineData("ru-RU", 1000, "JPY", "1\u202F000\u202FJPY")]
    public void MoneyFormat_Amount_IsShownAsPeopleReadIt(string culture, long minor, string currency, string expected)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        Assert.Equal(expected, MoneyFormat.Text(new Money(minor, currency)));
    }
}
