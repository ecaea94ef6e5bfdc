using System.Globalization;

namespace AssistPortal.Sandbox.Engine;

/// <summary>The numbers the gateway and the processing centre give out. They look random and never repeat.</summary>
internal static class Numbers
{
    /// <summary><c>5</c>, the merchant, nine digits of the order (protocol §1.8).</summary>
    public static string Bill(int merchantId, long orderId) =>
        string.Create(CultureInfo.InvariantCulture, $"5{merchantId:D6}{Scatter(orderId):D9}");

    /// <summary>The bank's authorisation code: six characters.</summary>
    public static string Approval(long holdId) => string.Create(CultureInfo.InvariantCulture, $"X{Scatter(holdId) % 100_000:D5}");

    /// <summary>Retrieval reference number: twelve digits.</summary>
    public static string Rrn(DateTimeOffset at, long holdId) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.Year % 10}{at.DayOfYear:D3}{holdId % 100_000_000:D8}");

    /// <summary>A permutation of 0…999,999,999: the multiplier has no factor in common with the modulus.</summary>
    private static long Scatter(long id) => (long)((((Int128)id * 387_420_489) + 208_498_005) % 1_000_000_000);
}
