using AssistPortal.Core;
using AssistPortal.Core.Actions;
using AssistPortal.Core.Sync;
using AssistPortal.Web.Account;
using AssistPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace AssistPortal.Web.Components.Layout;

/// <summary>Where one can go: only what the person may see, with the number of unsettled actions.</summary>
public sealed partial class NavPane : IAsyncDisposable
{
    private static readonly Entry[] All =
    [
        new(FrameUrls.Orders, "Orders", Icons.Material.Outlined.ReceiptLong, Permission.View),
        new(FrameUrls.Actions, "Actions", Icons.Material.Outlined.SwapHoriz, Permission.View, Counted: true),
        new(FrameUrls.Pushes, "Pushes", Icons.Material.Outlined.NotificationsNone, Permission.View),
        new(FrameUrls.Staff, "Staff", Icons.Material.Outlined.PeopleAlt, Permission.ManageStaff),
    ];

    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<Entry> _entries = [];
    private LiveRefresh? _refresh;
    private int _open;

    [Parameter] public bool Narrow { get; set; }

    [Parameter] public EventCallback<bool> NarrowChanged { get; set; }

    [Inject] public required CurrentActor Actor { get; init; }

    [Inject] public required ListActions Actions { get; init; }

    [Inject] public required OrderFeed Feed { get; init; }

    [Inject] public required MerchantScope Scope { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    [Inject] public required IStringLocalizer<FrameText> Texts { get; init; }

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Show;
        _refresh = new LiveRefresh(Feed, Time, () => InvokeAsync(CountAsync), DispatchExceptionAsync);
        await CountAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= Show;
        await _closed.CancelAsync();
        if (_refresh is not null)
        {
            await _refresh.DisposeAsync();
        }

        _closed.Dispose();
    }

    private async Task CountAsync()
    {
        if (await Actor.GetAsync(_closed.Token) is not { } actor)
        {
            return;
        }

        _entries = [.. All.Where(entry => actor.May(entry.Needs))];
        _open = await Actions.CountOpenAsync(actor, _closed.Token);
        StateHasChanged();
    }

    private bool IsHere(Entry entry)
    {
        var path = new Uri(Navigation.Uri).AbsolutePath;
        return path == entry.Address || path.StartsWith(entry.Address + "/", StringComparison.Ordinal);
    }

    private void Show(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(StateHasChanged);

    private sealed record Entry(string Address, string Word, string Icon, Permission Needs, bool Counted = false);
}
