using System.Globalization;

namespace AssistPortal.Protocol;

/// <summary>A sentence for a person in the two languages of the portal.</summary>
/// <param name="Ru">Russian, the default.</param>
/// <param name="En">English.</param>
public sealed record LocalText(string Ru, string En)
{
    /// <summary>The text for a culture: English for <c>en*</c>, Russian for everything else.</summary>
    public string For(CultureInfo culture) => culture.TwoLetterISOLanguageName == "en" ? En : Ru;
}
