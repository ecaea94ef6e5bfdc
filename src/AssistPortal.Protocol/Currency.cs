using System.Collections.Frozen;

namespace AssistPortal.Protocol;

/// <summary>Alphabetic currency codes and their minor digits by ISO 4217.</summary>
public static class Currency
{
    private static readonly FrozenDictionary<string, int> UnusualDigits = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["BIF"] = 0, ["CLP"] = 0, ["DJF"] = 0, ["GNF"] = 0, ["ISK"] = 0, ["JPY"] = 0, ["KMF"] = 0, ["KRW"] = 0,
        ["PYG"] = 0, ["RWF"] = 0, ["UGX"] = 0, ["UYI"] = 0, ["VND"] = 0, ["VUV"] = 0, ["XAF"] = 0, ["XOF"] = 0, ["XPF"] = 0,
        ["BHD"] = 3, ["IQD"] = 3, ["JOD"] = 3, ["KWD"] = 3, ["LYD"] = 3, ["OMR"] = 3, ["TND"] = 3,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Digits after the decimal point: 2 for RUB, USD, EUR, BYN and every code not listed as unusual.</summary>
    /// <param name="code">Alphabetic code in upper case.</param>
    public static int MinorDigits(string code) => UnusualDigits.GetValueOrDefault(code, 2);

    /// <summary>The codes with another number of minor digits than two: those with none, or with three.</summary>
    /// <param name="digits">0 or 3.</param>
    public static IReadOnlyList<string> CodesWith(int digits) => [.. UnusualDigits.Where(code => code.Value == digits).Select(code => code.Key).Order(StringComparer.Ordinal)];

    /// <summary>Whether the text has the shape of an alphabetic code: three capital Latin letters.</summary>
    public static bool IsCode(string? text) => text is { Length: 3 } && text.All(char.IsAsciiLetterUpper);
}
