using System.Globalization;
using AssistPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Layout;

/// <summary>Which merchant, what to find, how fresh, in which language, who.</summary>
public sealed partial class TopBar
{
    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IStringLocalizer<FrameText> Texts { get; init; }

    // A circuit keeps the language it began with, so the page is loaded anew.
    private void Speak(CultureInfo language) =>
        Navigation.NavigateTo(FrameUrls.SetCulture(language.Name, $"/{Navigation.ToBaseRelativePath(Navigation.Uri)}"), forceLoad: true);
}
