using System.Globalization;

namespace AssistPortal.Protocol;

/// <summary>Instants on the wire: <c>dd.MM.yyyy HH:mm:ss</c>, UTC; some answers leave the seconds out (protocol §1.6).</summary>
public static class WireTime
{
    private const string WithSeconds = "dd.MM.yyyy HH:mm:ss";
    private const string WithoutSeconds = "dd.MM.yyyy HH:mm";
    private static readonly string[] Formats = [WithSeconds, WithoutSeconds];

    /// <summary>Reads either form as UTC; blanks around are ignored.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(text?.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);

    /// <summary>The form with seconds, UTC.</summary>
    public static string Format(DateTimeOffset instant) => instant.ToUniversalTime().ToString(WithSeconds, CultureInfo.InvariantCulture);

    /// <summary>The form without seconds, UTC, as packetdate stands in orderstate and orderresult.</summary>
    public static string FormatWithoutSeconds(DateTimeOffset instant) => instant.ToUniversalTime().ToString(WithoutSeconds, CultureInfo.InvariantCulture);
}
