namespace AssistPortal.Sandbox.Services;

/// <summary>Forbidden characters are removed without a word (protocol §1.7).</summary>
internal static class Sanitation
{
    private const string Usual = "<>\"='/\\();#";
    private const string OfComments = "<>=\\";
    private const string OfOrderNumber = "<>'\"; ";

    public static string Clean(string name, string value)
    {
        var forbidden = name.ToUpperInvariant() switch
        {
            "ORDERNUMBER" or "BILL" => OfOrderNumber,
            "ORDERCOMMENT" or "ADDRESS" or "COMMENT" or "BILL_COMMENT" => OfComments,
            _ => Usual,
        };
        return string.Concat(value.Where(character => !forbidden.Contains(character, StringComparison.Ordinal))).Trim();
    }
}
