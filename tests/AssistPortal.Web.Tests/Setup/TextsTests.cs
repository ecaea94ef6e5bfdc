using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using AssistPortal.Web.Resources;
using Xunit;

namespace AssistPortal.Web.Tests.Setup;

/// <summary>Whatever is said in Russian is said in English, with the same blanks to fill in.</summary>
public sealed partial class TextsTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public static TheoryData<string> Resources => [.. typeof(FrameText).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(".resources", StringComparison.Ordinal))
        .Select(name => name[..^".resources".Length])
        .Where(name => !name.EndsWith(nameof(MudBlazorText), StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Resources))]
    public void Texts_InBothLanguages_AreTheSameOnes(string name)
    {
        var resources = new ResourceManager(name, typeof(FrameText).Assembly);
        var russian = Read(resources, CultureInfo.InvariantCulture);
        var english = Read(resources, English);

        Assert.NotEmpty(russian);
        Assert.Equal(russian.Keys.Order(), english.Keys.Order());
        Assert.All(russian, text => Assert.Equal(Blanks(text.Value), Blanks(english[text.Key])));
    }

    private static Dictionary<string, string> Read(ResourceManager resources, CultureInfo culture) =>
        resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    private static IEnumerable<string> Blanks(string text) => Blank().Matches(text).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex("\\{[0-9]+")]
    private static partial Regex Blank();
}
