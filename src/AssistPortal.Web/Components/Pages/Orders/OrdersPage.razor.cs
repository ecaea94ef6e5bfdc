using System.Globalization;
using AssistPortal.Core;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Orders;
using AssistPortal.Core.Sync;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace AssistPortal.Web.Components.Pages.Orders;

/// <summary>The orders grid. Its address says everything it shows; the feed of changes keeps it true.</summary>
public sealed partial class OrdersPage
{
    private readonly CancellationTokenSource _gone = new();
    private OrdersQuery _query = new();
    private IReadOnlyList<QueryFault> _faults = [];
    private IReadOnlyList<Merchant> _merchants = [];
    private Actor? _actor;
    private OrderPage? _page;
    private OrderCounts? _counts;
    private Problem? _problem;
    private HashSet<string> _fresh = [];
    private int _news;
    private int _loads;
    private FeedBatch? _changes;

    [Inject] public required ListOrders ListOrders { get; init; }

    [Inject] public required CountOrders CountOrders { get; init; }

    [Inject] public required MerchantDirectory Directory { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required OrderFeed Feed { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    private string Title => _query.Filter.State is { } state ? $"{L["Title"]}: {StateText.Of(state, S)}" : L["Title"];

    private int Total => _counts is null ? 0 : TotalOf(_counts);

    /// <summary>The business day in the zone of the merchant in question: presets of the period start from it.</summary>
    private DateOnly Today =>
        _merchants.OrderByDescending(merchant => merchant.Id == _query.Filter.MerchantId).FirstOrDefault()?.BusinessDate(Time.GetUtcNow())
        ?? DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);

    public void Dispose()
    {
        Navigation.LocationChanged -= FollowAddress;
        _changes?.Dispose();
        // Only cancelled: work under way still asks for the token, and a source without a timer holds nothing to free.
        _gone.Cancel();
    }

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += FollowAddress;
        _changes = new FeedBatch(Feed, Time, change => _actor?.Sees(change.MerchantId) == true, changes => InvokeAsync(() => FollowAsync(changes)), DispatchExceptionAsync);
        await OpenAddressAsync();
    }

    private static string Grouped(int number) => number.ToString("N0", new NumberFormatInfo { NumberGroupSeparator = "\u202F" });

    private int TotalOf(OrderCounts counts) => _query.Filter.State is { } state ? counts.ByState.GetValueOrDefault(state) : counts.All;

    private void Show(OrdersQuery query) => Navigation.NavigateTo(PortalUrls.OrdersList(query));

    private void FollowAddress(object? sender, LocationChangedEventArgs change)
    {
        if (new Uri(change.Location).AbsolutePath == Navigation.ToAbsoluteUri(PortalUrls.Orders).AbsolutePath)
        {
            _ = Detached.RunAsync(
                () => InvokeAsync(async () =>
                {
                    await OpenAddressAsync();
                    StateHasChanged();
                }),
                DispatchExceptionAsync);
        }
    }

    private async Task OpenAddressAsync()
    {
        (_query, _faults) = OrdersQuery.Read(new Uri(Navigation.Uri).Query);
        _fresh = [];
        await LoadAsync();
    }

    private Task ReloadAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        if (_faults.Count > 0)
        {
            return;
        }

        // A slow answer to an older address must not overwrite the newer one's rows.
        var load = ++_loads;
        var query = _query;
        if (await Current.GetAsync(_gone.Token) is not { } actor)
        {
            return;
        }

        _actor = actor;
        _merchants = [.. Directory.All.Where(merchant => actor.Sees(merchant.Id))];
        var page = await ListOrders.RunAsync(query.Filter, query.Sort, query.Descending, query.Page, query.Size, actor, _gone.Token);
        var counts = await CountOrders.RunAsync(query.Filter, actor, _gone.Token);
        if (load != _loads)
        {
            return;
        }

        _news = 0;
        _problem = ((page as Result<OrderPage>.Failed)?.Problem) ?? (counts as Result<OrderCounts>.Failed)?.Problem;
        _page = (page as Result<OrderPage>.Ok)?.Value;
        _counts = (counts as Result<OrderCounts>.Ok)?.Value;
    }

    private Task ShowNewestAsync()
    {
        if (_query.ShowsNewest)
        {
            return LoadAsync();
        }

        Show(_query with { Sort = OrderSort.Date, Descending = true, Page = 0 });
        return Task.CompletedTask;
    }
}
