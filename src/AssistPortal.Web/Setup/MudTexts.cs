using AssistPortal.Web.Resources;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace AssistPortal.Web.Setup;

/// <summary>MudBlazor's own words that the portal shows in the language of the page; English ones come from MudBlazor itself.</summary>
internal sealed class MudTexts(IStringLocalizer<MudBlazorText> texts) : MudLocalizer
{
    public override LocalizedString this[string key] => texts[key];
}
