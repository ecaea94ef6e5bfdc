using System.Globalization;
using System.Text.RegularExpressions;
using AssistPortal.Protocol;

namespace AssistPortal.Web.Components.Shared;

/// <summary>Why a typed amount can't be taken.</summary>
public enum MoneyInputFault
{
    /// <summary>Nothing was typed.</summary>
    Empty,

    /// <summary>It is no amount.</summary>
    NotAnAmount,

    /// <summary>More decimals than the currency has; never rounded.</summary>
    TooManyDecimals,
}

/// <summary>
/// Reads an amount as people type it, exactly: <c>1 234,50</c>, <c>1234.50</c>, <c>1234</c>. Blanks of every kind may stand between thousands
/// and around; comma and dot both are the decimal point, and only one may stand. Anything that could mean two amounts is refused.
/// </summary>
public static partial class MoneyInput
{
    /// <summary>The filter's amounts are hundredths whatever the currency; any two-digit currency reads them.</summary>
    private const string Hundredth = "RUB";

    public static bool TryRead(string? text, string currency, out Money money, out MoneyInputFault fault)
    {
        money = default;
        fault = default;
        var typed = Blanks().Replace(text ?? "", " ").Trim();
        if (typed.Length == 0)
        {
            fault = MoneyInputFault.Empty;
            return false;
        }

        if (!Shape().IsMatch(typed))
        {
            fault = MoneyInputFault.NotAnAmount;
            return false;
        }

        var plain = typed.Replace(" ", "", StringComparison.Ordinal);
        if (Money.TryParse(plain, currency, out money))
        {
            return true;
        }

        var point = plain.IndexOfAny([',', '.']);
        fault = point >= 0 && plain.Length - point - 1 > Currency.MinorDigits(currency) ? MoneyInputFault.TooManyDecimals : MoneyInputFault.NotAnAmount;
        return false;
    }

    /// <summary>Reads an amount of a filter, in hundredths.</summary>
    public static bool TryReadHundredths(string? text, out long minor, out MoneyInputFault fault)
    {
        var read = TryRead(text, Hundredth, out var money, out fault);
        minor = money.Minor;
        return read;
    }

    /// <summary>An amount of a filter as the address writes it: <c>1234.50</c>.</summary>
    public static string FromHundredths(long minor) => new Money(minor, Hundredth).ToWire();

    /// <summary>The amount as a field shows it for editing: no thousands, the culture's decimal point.</summary>
    public static string Editable(Money money, CultureInfo culture)
    {
        var digits = Currency.MinorDigits(money.Currency);
        return money.ToMajor().ToString("F" + digits.ToString(CultureInfo.InvariantCulture), culture);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^([0-9]+|[0-9]{1,3}( [0-9]{3})+)([.,][0-9]+)?$")]
    private static partial Regex Shape();
}
