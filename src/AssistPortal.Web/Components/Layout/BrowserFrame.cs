using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AssistPortal.Web.Components.Layout;

/// <summary>The frame's script: cookies that outlive the circuit, and the search key.</summary>
public sealed class BrowserFrame(IJSRuntime js) : IAsyncDisposable
{
    private IJSObjectReference? _module;

    public async Task SetThemeAsync(string theme) => await (await ModuleAsync()).InvokeVoidAsync("setTheme", theme);

    public async Task SetNavAsync(bool narrow) => await (await ModuleAsync()).InvokeVoidAsync("setNav", narrow);

    /// <summary>Makes "/" go to the input until the returned object's dispose is called.</summary>
    public async Task<IJSObjectReference> FocusOnSlashAsync(ElementReference input) =>
        await (await ModuleAsync()).InvokeAsync<IJSObjectReference>("focusOnSlash", input);

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the script with it.
        }
    }

    private async Task<IJSObjectReference> ModuleAsync() => _module ??= await js.InvokeAsync<IJSObjectReference>("import", "./assets/js/frame.js");
}
