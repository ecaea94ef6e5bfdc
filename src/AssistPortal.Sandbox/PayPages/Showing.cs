using System.Globalization;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>Amounts and instants as buyers read them.</summary>
internal static class Showing
{
    private static readonly NumberFormatInfo Russian = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "\u202F" };

    /// <summary><c>2 490,00 ₽</c>, <c>₽2,490.00</c>.</summary>
    public static string Amount(Money money, Language language)
    {
        var sign = money.Currency switch
        {
            "RUB" => "₽",
            "USD" => "$",
            "EUR" => "€",
            var other => other,
        };
        return language == Language.En
            ? $"{sign}{money.ToMajor().ToString("N2", CultureInfo.InvariantCulture)}"
            : $"{money.ToMajor().ToString("N2", Russian)}\u00A0{sign}";
    }

    /// <summary>Whole points without decimals.</summary>
    public static string Points(Money money) => money.ToMajor().ToString("#,0.##", Russian);

    /// <summary><c>24.11.2026 14:05 UTC</c>.</summary>
    public static string Instant(DateTimeOffset at) => $"{at.UtcDateTime.ToString("dd.MM.yyyy HH:mm", CultureInfo.InvariantCulture)}\u00A0UTC";

    /// <summary>Minutes left, the begun one counted.</summary>
    public static string Left(TimeSpan left, Language language)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling(left.TotalMinutes));
        return language == Language.En
            ? string.Create(CultureInfo.InvariantCulture, $"{minutes} min left to pay")
            : string.Create(CultureInfo.InvariantCulture, $"На оплату осталось {minutes} мин");
    }
}
