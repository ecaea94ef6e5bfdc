using AssistPortal.Web.Account;
using AssistPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Layout;

/// <summary>Navigation, top bar and the page between them. A page that breaks takes only itself down.</summary>
public sealed partial class MainLayout : IDisposable
{
    private ElementReference _content;
    private ErrorBoundary? _boundary;
    private bool _narrow;

    [Inject] public required ViewAs ViewAs { get; init; }

    [Inject] public required CircuitVisit Visit { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required BrowserFrame Browser { get; init; }

    [Inject] public required IStringLocalizer<FrameText> Texts { get; init; }

    protected override void OnInitialized()
    {
        _narrow = Visit.Current?.NavCollapsed ?? false;
        Navigation.LocationChanged += Recover;
        ViewAs.Changed += Redraw;
    }

    public void Dispose()
    {
        Navigation.LocationChanged -= Recover;
        ViewAs.Changed -= Redraw;
    }

    private void Redraw() => _ = InvokeAsync(StateHasChanged);

    private void Recover(object? sender, Microsoft.AspNetCore.Components.Routing.LocationChangedEventArgs e) => _boundary?.Recover();

    private async Task SetNarrowAsync(bool narrow)
    {
        _narrow = narrow;
        await Browser.SetNavAsync(narrow);
    }

    private async Task FocusContentAsync() => await _content.FocusAsync();
}
