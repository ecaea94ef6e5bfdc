using MudBlazor;

namespace AssistPortal.Web.Components.Layout;

/// <summary>What MudBlazor takes as numbers and names; its colours come from theme.css, where light and dark are one definition.</summary>
internal static class PortalTheme
{
    private static readonly string[] Font = ["Inter Variable", "system-ui", "sans-serif"];

    public static readonly MudTheme Theme = new()
    {
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Font, FontSize = "14px", LineHeight = "1.45", LetterSpacing = "0" },
            H1 = new H1Typography { FontSize = "20px", FontWeight = "600", LineHeight = "24px", LetterSpacing = "-0.01em" },
            H2 = new H2Typography { FontSize = "16px", FontWeight = "600", LineHeight = "22px", LetterSpacing = "0" },
            H6 = new H6Typography { FontSize = "16px", FontWeight = "600", LineHeight = "22px", LetterSpacing = "0" },
            Subtitle1 = new Subtitle1Typography { FontSize = "14px", LetterSpacing = "0" },
            Subtitle2 = new Subtitle2Typography { FontSize = "13px", FontWeight = "500", LetterSpacing = "0" },
            Body1 = new Body1Typography { FontSize = "14px", LineHeight = "1.45", LetterSpacing = "0" },
            Body2 = new Body2Typography { FontSize = "13px", LineHeight = "1.45", LetterSpacing = "0" },
            Button = new ButtonTypography { FontSize = "14px", FontWeight = "500", LineHeight = "1.45", LetterSpacing = "0", TextTransform = "none" },
            Caption = new CaptionTypography { FontSize = "12px", LetterSpacing = "0" },
        },
    };
}
