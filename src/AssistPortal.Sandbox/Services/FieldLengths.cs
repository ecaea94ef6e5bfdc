using System.Collections.Frozen;
using System.Globalization;

namespace AssistPortal.Sandbox.Services;

/// <summary>The longest values parameters may have after cleaning, and the secondcodes that name them (protocol §1.3, §1.7, §3.1).</summary>
internal static class FieldLengths
{
    private const int LongestInteger = 15;

    private static readonly FrozenDictionary<string, (int Longest, int SecondCode)> Fields = new Dictionary<string, (int, int)>
    {
        ["Login"] = (20, 101),
        ["Password"] = (30, 102),
        ["OrderNumber"] = (128, 107),
        ["Currency"] = (3, 105),
        ["OrderCurrency"] = (3, 105),
        ["ClientIP"] = (45, 116),
        ["Comment"] = (4000, 110),
        ["OrderComment"] = (4000, 110),
        ["Lastname"] = (70, 117),
        ["Firstname"] = (70, 118),
        ["Middlename"] = (70, 119),
        ["Email"] = (128, 120),
        ["Address"] = (256, 121),
        ["HomePhone"] = (64, 122),
        ["WorkPhone"] = (20, 122),
        ["MobilePhone"] = (20, 122),
        ["Fax"] = (20, 122),
        ["City"] = (70, 123),
        ["State"] = (3, 124),
        ["Zip"] = (25, 125),
        ["Country"] = (3, 128),
        ["URL_RETURN"] = (256, 154),
        ["URL_RETURN_OK"] = (256, 154),
        ["URL_RETURN_NO"] = (256, 154),
        ["PNR"] = (15, 176),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The secondcode of a parameter whose value is too long; nothing when it fits or has no limit.</summary>
    public static int? SecondCodeOfTooLong(string name, string value) =>
        Fields.TryGetValue(name, out var field) && value.Length > field.Longest ? field.SecondCode : null;

    /// <summary>Reads an int parameter: digits alone, at most 15 of them, at most 2147483647.</summary>
    public static bool TryReadInteger(string text, out int number)
    {
        number = 0;
        return text.Length <= LongestInteger && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
