namespace AssistPortal.Sandbox.Services;

/// <summary>Forbidden characters are removed without a word (protocol §1.7).</summary>
internal static class Sanitation
{
    private const string Usual = "<>\"='/\\();#";
    private const string OfComments = "<>=\\";
    private const string OfOrderNumber = "<>'\"; ";
    private const string OfCvc2 = "+-._\\/ ";

    public static string Clean(string name, string value) => name.ToUpperInvariant() switch
    {
        "ORDERNUMBER" or "BILL" => Without(OfOrderNumber, value),
        "ORDERCOMMENT" or "ADDRESS" or "COMMENT" or "BILL_COMMENT" => Without(OfComments, value),
        "URL_RETURN" or "URL_RETURN_OK" or "URL_RETURN_NO" => Address(value),
        "CVC2" => Digits(Without(OfCvc2, value)),
        _ => Without(Usual, value),
    };

    private static string Without(string forbidden, string value) =>
        string.Concat(value.Where(character => !forbidden.Contains(character, StringComparison.Ordinal))).Trim();

    /// <summary>An address keeps what other parameters lose.</summary>
    private static string Address(string value) => Without("<>", value
        .Replace("%3C", "", StringComparison.OrdinalIgnoreCase)
        .Replace("%3E", "", StringComparison.OrdinalIgnoreCase)
        .Replace("&&", "&", StringComparison.Ordinal));

    /// <summary>The letter O, Latin or Cyrillic, was meant as a zero.</summary>
    private static string Digits(string value) => string.Concat(value.Select(character => character is 'O' or 'o' or 'О' or 'о' ? '0' : character));
}
