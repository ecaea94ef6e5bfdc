namespace AssistPortal.Web.Resources;

/// <summary>MudBlazor’s own words in Russian; English is what MudBlazor says itself.</summary>
public sealed class MudBlazorText;
