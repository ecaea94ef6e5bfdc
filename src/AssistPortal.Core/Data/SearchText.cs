namespace AssistPortal.Core.Data;

/// <summary>
/// Text as the search columns hold it: upper case by the invariant rules, because SQLite knows the case of Latin letters only. Ё stays Ё.
/// </summary>
internal static class SearchText
{
    /// <summary>Escape sign of <see cref="Mask"/>.</summary>
    public const string Escape = "\\";

    public static string Of(params IEnumerable<string?> parts) =>
        string.Join(' ', parts.Where(part => !string.IsNullOrWhiteSpace(part)).Select(part => part!.Trim())).ToUpperInvariant();

    /// <summary>A LIKE pattern in which only <c>%</c> has a meaning.</summary>
    public static string Mask(string text) =>
        text.Replace(Escape, Escape + Escape, StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal);
}
