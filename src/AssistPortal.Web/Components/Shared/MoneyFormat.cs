using System.Globalization;
using AssistPortal.Protocol;

namespace AssistPortal.Web.Components.Shared;

/// <summary>An amount as people read it: narrow no-break blanks between thousands, the culture's decimal point, a true minus, the currency after one more of them, so that no line breaks inside an amount.</summary>
public static class MoneyFormat
{
    private const char NarrowNoBreakSpace = '\u202F';
    private const char Minus = '\u2212';

    /// <summary>Figures and currency, in the person's language.</summary>
    public static string Text(Money money) => $"{Figures(money, CultureInfo.CurrentCulture)}{NarrowNoBreakSpace}{Sign(money.Currency)}";

    /// <summary>The figures without the currency.</summary>
    public static string Figures(Money money, CultureInfo culture)
    {
        var format = new NumberFormatInfo
        {
            NumberGroupSeparator = NarrowNoBreakSpace.ToString(),
            NumberDecimalSeparator = culture.NumberFormat.NumberDecimalSeparator,
            NegativeSign = Minus.ToString(),
        };
        var digits = Currency.MinorDigits(money.Currency);
        return money.ToMajor().ToString("N" + digits.ToString(CultureInfo.InvariantCulture), format);
    }

    /// <summary>A sign where everybody knows it, the code otherwise.</summary>
    public static string Sign(string currency) => currency switch
    {
        "RUB" => "₽",
        "USD" => "$",
        "EUR" => "€",
        "KZT" => "₸",
        _ => currency,
    };
}
