using System.Text.RegularExpressions;

namespace AssistPortal.Web.Components.Shared;

/// <summary>Masked card numbers for the eye; a full number never reaches the portal.</summary>
public static partial class CardNumbers
{
    /// <summary>In fours, hidden digits as dots, however many the wire's stars stand for: <c>4111 11•• •••• 1111</c>. What isn't a masked card is left as it is.</summary>
    public static string Grouped(string mask) => Mask().IsMatch(mask) ? $"{mask[..4]} {mask[4..6]}•• •••• {mask[^4..]}" : mask;

    /// <summary>The last four signs after two dots.</summary>
    public static string Last(string mask) => mask.Length <= 4 ? mask : $"••\u202F{mask[^4..]}";

    /// <summary>The mark of a means in a narrow column.</summary>
    public static string Brand(string meanType) => string.Equals(meanType, "MasterCard", StringComparison.OrdinalIgnoreCase) ? "MC" : meanType;

    [GeneratedRegex(@"^[0-9]{6}\*+[0-9]{4}$")]
    private static partial Regex Mask();
}
