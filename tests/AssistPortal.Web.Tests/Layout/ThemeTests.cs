using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace AssistPortal.Web.Tests.Layout;

/// <summary>What is written can be read: WCAG's 4.5 in both themes, for text on every ground it stands on.</summary>
public sealed partial class ThemeTests
{
    private static readonly Dictionary<string, string[]> Colours = Colour().Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "theme.css")))
        .ToDictionary(match => match.Groups[1].Value, match => new[] { match.Groups[2].Value, match.Groups[3].Value });

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var ink in new[] { "ink", "ink-2", "ink-3", "accent" })
            {
                foreach (var ground in new[] { "canvas", "paper", "raised", "hover" })
                {
                    pairs.Add(ink, ground);
                }
            }

            foreach (var state in Colours.Keys.Where(name => name.StartsWith("state-", StringComparison.Ordinal) && name.EndsWith("-fg", StringComparison.Ordinal)))
            {
                pairs.Add(state, state[..^"fg".Length] + "bg");
                pairs.Add(state, "paper");
            }

            pairs.Add("accent", "accent-soft");
            pairs.Add("on-accent", "accent");
            pairs.Add("on-accent", "accent-hover");
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Text_OnItsGround_CanBeRead(string ink, string ground)
    {
        for (var theme = 0; theme < 2; theme++)
        {
            Assert.InRange(Contrast(Colours[ink][theme], Colours[ground][theme]), 4.5, 21);
        }
    }

    private static double Contrast(string one, string other)
    {
        var (light, dark) = (Luminance(one), Luminance(other));
        return (Math.Max(light, dark) + 0.05) / (Math.Min(light, dark) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var parts = Enumerable.Range(0, 3)
            .Select(part => int.Parse(colour.AsSpan(part * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))
            .ToList();
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    [GeneratedRegex("--([a-z0-9-]+): light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\)")]
    private static partial Regex Colour();
}
