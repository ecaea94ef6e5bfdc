namespace AssistPortal.Web.Account;

/// <summary>What a browser says of itself, in the words people know it by: "Chrome, Windows".</summary>
internal static class DeviceWords
{
    // The order matters: Edge and Opera also say Chrome, Chrome also says Safari, Android also says Linux, an iPhone also says Mac OS X.
    private static readonly (string Mark, string Word)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("YaBrowser", "Яндекс Браузер"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")];

    private static readonly (string Mark, string Word)[] Systems =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    /// <summary>The words; <see langword="null"/> when nothing in it is known.</summary>
    public static string? Of(string? userAgent)
    {
        var words = string.Join(", ", new[] { Find(Browsers, userAgent), Find(Systems, userAgent) }.OfType<string>());
        return words.Length > 0 ? words : null;
    }

    private static string? Find((string Mark, string Word)[] known, string? userAgent) =>
        known.FirstOrDefault(entry => userAgent?.Contains(entry.Mark, StringComparison.Ordinal) == true).Word;
}
