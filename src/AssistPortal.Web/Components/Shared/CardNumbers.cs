namespace AssistPortal.Web.Components.Shared;

/// <summary>Masked card numbers for the eye; a full number never reaches the portal.</summary>
public static class CardNumbers
{
    /// <summary>In fours, hidden digits as dots: <c>4111 11•• •••• 1111</c>. What isn't a masked card is left as it is.</summary>
    public static string Grouped(string mask)
    {
        if (mask.Length is < 12 or > 19 || !mask.All(sign => char.IsAsciiDigit(sign) || sign == '*'))
        {
            return mask;
        }

        return string.Join(' ', mask.Replace('*', '•').Chunk(4).Select(group => new string(group)));
    }

    /// <summary>The last four signs after two dots.</summary>
    public static string Last(string mask) => mask.Length <= 4 ? mask : $"••\u202F{mask[^4..]}";
}
