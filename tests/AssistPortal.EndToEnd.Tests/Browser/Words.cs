using System.Globalization;
using System.Resources;
using AssistPortal.Web.Resources;

namespace AssistPortal.EndToEnd.Tests.Browser;

/// <summary>The portal's texts in a language, as its pages show them.</summary>
internal sealed class Words(string language)
{
    public static readonly Words Ru = new("ru");
    public static readonly Words En = new("en");

    private static readonly ResourceManager AccountTexts = new(typeof(AccountText));
    private static readonly ResourceManager ActionsTexts = new(typeof(ActionsText));
    private static readonly ResourceManager FrameTexts = new(typeof(FrameText));
    private static readonly ResourceManager OrdersTexts = new(typeof(OrdersText));
    private static readonly ResourceManager SecurityTexts = new(typeof(SecurityText));
    private static readonly ResourceManager SharedTexts = new(typeof(SharedText));

    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(language);

    public CultureInfo Culture => _culture;

    public string Account(string key, params object[] values) => Say(AccountTexts, key, values);

    public string Actions(string key, params object[] values) => Say(ActionsTexts, key, values);

    public string Frame(string key, params object[] values) => Say(FrameTexts, key, values);

    public string Orders(string key, params object[] values) => Say(OrdersTexts, key, values);

    public string Security(string key, params object[] values) => Say(SecurityTexts, key, values);

    public string Shared(string key, params object[] values) => Say(SharedTexts, key, values);

    private string Say(ResourceManager texts, string key, object[] values) =>
        string.Format(_culture, texts.GetString(key, _culture) ?? throw new ArgumentException($"No text {key}.", nameof(key)), values);
}
