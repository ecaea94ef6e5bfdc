using System.Globalization;
using AssistPortal.Core.Merchants;
using AssistPortal.Web.Account;
using AssistPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Layout;

/// <summary>All the merchants one sees, or one of them. A name alone when there is nothing to choose.</summary>
public sealed partial class MerchantSwitch : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private List<Merchant> _merchants = [];

    [Inject] public required CurrentActor Actor { get; init; }

    [Inject] public required MerchantDirectory Merchants { get; init; }

    [Inject] public required MerchantScope Scope { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IStringLocalizer<FrameText> Texts { get; init; }

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Show;
        if (await Actor.GetAsync(_closed.Token) is { } actor)
        {
            _merchants = [.. Merchants.All.Where(merchant => actor.Sees(merchant.Id))];
        }
    }

    public void Dispose()
    {
        Navigation.LocationChanged -= Show;
        _closed.Cancel();
        _closed.Dispose();
    }

    private static string Label(Merchant merchant) => string.Create(CultureInfo.InvariantCulture, $"{merchant.Name} · {merchant.Id}");

    private void Choose(ChangeEventArgs e) =>
        Scope.Choose(int.TryParse(e.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null);

    private void Show(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(StateHasChanged);
}
