namespace AssistPortal.Gateway;

/// <summary>The last wall before a card number: the gateway promises masks, and a whole number is masked here should it break the promise.</summary>
internal static class CardMask
{
    private const int ShortestPan = 13;
    private const int LongestPan = 19;

    /// <summary>The text itself, or first six and last four digits when it is a whole card number.</summary>
    public static string? Of(string? number)
    {
        var digits = string.Concat((number ?? "").Where(character => character is not (' ' or '-')));
        return digits.Length is >= ShortestPan and <= LongestPan && digits.All(char.IsAsciiDigit) ? $"{digits[..6]}****{digits[^4..]}" : number;
    }
}
