using AssistPortal.Protocol;
using AssistPortal.Web.Account;
using AssistPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace AssistPortal.Web.Components.Layout;

/// <summary>The one search box: a number of either kind leads to the orders it fits.</summary>
public sealed partial class SearchBox : IAsyncDisposable
{
    private ElementReference _input;
    private IJSObjectReference? _slash;
    private string _text = "";

    [Inject] public required BrowserFrame Browser { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required MerchantScope Scope { get; init; }

    [Inject] public required IStringLocalizer<FrameText> Texts { get; init; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _slash = await Browser.FocusOnSlashAsync(_input);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_slash is not null)
            {
                await _slash.InvokeVoidAsync("dispose");
                await _slash.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the listener with it.
        }
    }

    private void Find()
    {
        var text = _text.Trim();
        if (text.Length == 0)
        {
            return;
        }

        var name = Billnumber.TryParse(text, out _) ? FrameUrls.BillnumberParameter : FrameUrls.OrderNumberParameter;
        _text = "";
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(
            Navigation.ToAbsoluteUri(FrameUrls.Orders).AbsoluteUri,
            new Dictionary<string, object?> { [FrameUrls.MerchantParameter] = Scope.Current, [name] = text }));
    }
}
