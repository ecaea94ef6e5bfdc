using AssistPortal.Core;
using AssistPortal.Web.Account;
using AssistPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Layout;

/// <summary>Who one is here, how the page looks, and the way out.</summary>
public sealed partial class PersonMenu : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private Actor? _actor;
    private string _theme = Visit.Themes[0];

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required CircuitVisit CircuitVisit { get; init; }

    [Inject] public required BrowserFrame Browser { get; init; }

    [Inject] public required IStringLocalizer<FrameText> Texts { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _theme = CircuitVisit.Current?.Theme ?? _theme;
        _actor = await Current.GetAsync(_closed.Token);
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    private static string Initials(string name) =>
        string.Concat(name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(word => char.ToUpperInvariant(word[0])));

    private async Task SetThemeAsync(string theme)
    {
        _theme = theme;
        await Browser.SetThemeAsync(theme);
    }
}
