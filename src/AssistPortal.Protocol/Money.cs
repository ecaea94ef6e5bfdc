using System.Globalization;

namespace AssistPortal.Protocol;

/// <summary>An exact amount: minor units (kopecks, cents) and the currency they belong to. Amounts of two currencies never meet.</summary>
/// <param name="Minor">Minor units by ISO 4217 (<see cref="Currency.MinorDigits"/>); may be negative in a difference.</param>
/// <param name="Currency">Alphabetic code, upper case.</param>
public readonly record struct Money(long Minor, string Currency)
{
    /// <summary>The largest number of digits before the delimiter that the wire takes (protocol §1.6: 15 digits).</summary>
    private const int MaxWholeDigits = 15;

    /// <summary>Nothing, in a currency.</summary>
    public static Money Zero(string currency) => new(0, currency);

    /// <summary>
    /// Reads a wire amount (<c>100</c>, <c>100.5</c>, <c>100.00</c>; a comma is taken for the dot) exactly. Surplus fraction digits are
    /// accepted only when they are zeros: a half kopeck is an error, never rounded.
    /// </summary>
    /// <param name="text">Digits with at most one delimiter; blanks around are ignored. Signs, exponents and group separators are refused.</param>
    /// <param name="currency">Alphabetic code, upper case.</param>
    /// <param name="money">The amount, or the default when the method returns <see langword="false"/>.</param>
    public static bool TryParse(string? text, string? currency, out Money money)
    {
        money = default;
        if (text is null || !Protocol.Currency.IsCode(currency))
        {
            return false;
        }

        var span = text.AsSpan().Trim();
        var point = span.IndexOfAny('.', ',');
        var whole = point < 0 ? span : span[..point];
        var fraction = point < 0 ? [] : span[(point + 1)..];
        if (whole.Length is 0 or > MaxWholeDigits || (point >= 0 && fraction.Length == 0) || !AllDigits(whole) || !AllDigits(fraction))
        {
            return false;
        }

        var digits = Protocol.Currency.MinorDigits(currency!);
        if (fraction.Length > digits && fraction[digits..].ContainsAnyExcept('0'))
        {
            return false;
        }

        var minor = long.Parse(whole, CultureInfo.InvariantCulture);
        for (var i = 0; i < digits; i++)
        {
            minor = (minor * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
        }

        money = new Money(minor, currency!);
        return true;
    }

    /// <summary>As <see cref="TryParse"/>, for text known to be right.</summary>
    /// <exception cref="FormatException">The text isn't an exact amount in that currency.</exception>
    public static Money Parse(string text, string currency) =>
        TryParse(text, currency, out var money) ? money : throw new FormatException($"'{text}' is not an exact amount in {currency}.");

    /// <summary>The wire's form: a dot and at least two decimals (<c>100.00</c>), as requests, CSV, XML and checkvalues want it.</summary>
    public string ToWire()
    {
        var digits = Protocol.Currency.MinorDigits(Currency);
        var negative = Minor < 0;
        var text = Math.Abs((decimal)Minor).ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        var whole = text[..^digits];
        var fraction = text[^digits..].PadRight(2, '0');
        return $"{(negative ? "-" : "")}{whole}.{fraction}";
    }

    /// <summary>The amount as a decimal number of major units, for showing and for spreadsheets; never for arithmetic.</summary>
    public decimal ToMajor() => new decimal(Minor) / Power(Protocol.Currency.MinorDigits(Currency));

    /// <summary>Wire amount and currency: <c>100.00 RUB</c>.</summary>
    public override string ToString() => $"{ToWire()} {Currency}";

    /// <summary>Sum within one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    /// <exception cref="OverflowException">The sum leaves the range of a 64-bit number.</exception>
    public static Money operator +(Money left, Money right) => new(checked(left.Minor + Same(left, right).Minor), left.Currency);

    /// <summary>Difference within one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    /// <exception cref="OverflowException">The difference leaves the range of a 64-bit number.</exception>
    public static Money operator -(Money left, Money right) => new(checked(left.Minor - Same(left, right).Minor), left.Currency);

    private static Money Same(Money left, Money right) =>
        left.Currency == right.Currency ? right : throw new InvalidOperationException($"{left.Currency} and {right.Currency} can't be added.");

    private static bool AllDigits(ReadOnlySpan<char> span) => !span.ContainsAnyExceptInRange('0', '9');

    private static decimal Power(int digits) => digits switch { 0 => 1m, 2 => 100m, _ => 1000m };
}
