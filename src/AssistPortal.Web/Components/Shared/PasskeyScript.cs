using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace AssistPortal.Web.Components.Shared;

/// <summary>The browser's side of passkeys, for the pages of a circuit. Calls of the script go over HTTP with the page's antiforgery token.</summary>
public sealed class PasskeyScript(IJSRuntime js, AntiforgeryStateProvider antiforgery) : IAsyncDisposable
{
    private IJSObjectReference? _module;

    /// <summary>Proves the person anew; what the server answered, <see langword="null"/> when the person turned away.</summary>
    public Task<string?> ProveAsync() => CallAsync("prove");

    /// <summary>Adds a passkey; what the server answered, <see langword="null"/> when the person turned away.</summary>
    public Task<string?> AddAsync(string name) => CallAsync("add", name);

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

    private async Task<string?> CallAsync(string function, params object[] more)
    {
        _module ??= await js.InvokeAsync<IJSObjectReference>("import", "./assets/js/passkeys.js");
        // A person may take his time at the key; the call's own time-out is a minute.
        return await _module.InvokeAsync<string?>(function, Timeout.InfiniteTimeSpan, [antiforgery.GetAntiforgeryToken()?.Value, .. more]);
    }
}
