using AssistPortal.Core;
using AssistPortal.Core.Orders;
using AssistPortal.Core.Sync;

namespace AssistPortal.Web.Components.Pages.Orders;

/// <summary>
/// How the open grid follows changes: on the first page of newest orders everything is asked again; elsewhere the rows in sight are
/// brought up to date where they stand and new orders are only announced, so that nothing jumps under the reader's hand.
/// </summary>
public sealed partial class OrdersPage
{
    private async Task FollowAsync(IReadOnlyList<OrderChange> changes)
    {
        if (_page is null || _faults.Count > 0)
        {
            return;
        }

        if (_query.ShowsNewest)
        {
            var known = _page.Rows.Select(row => row.Billnumber).ToHashSet(StringComparer.Ordinal);
            await LoadAsync();
            _fresh = [.. (_page?.Rows ?? []).Select(row => row.Billnumber).Where(billnumber => !known.Contains(billnumber))];
        }
        else
        {
            await UpdateInPlaceAsync(changes);
        }

        StateHasChanged();
    }

    private async Task UpdateInPlaceAsync(IReadOnlyList<OrderChange> changes)
    {
        var load = _loads;
        if (_page is not { } page || await Current.GetAsync(_gone.Token) is not { } actor)
        {
            return;
        }

        var changed = changes.Select(change => change.Billnumber).ToHashSet(StringComparer.Ordinal);
        var rows = new List<OrderRow>(page.Rows.Count);
        foreach (var row in page.Rows)
        {
            var current = changed.Contains(row.Billnumber)
                && await ListOrders.RunAsync(new OrderFilter { Billnumber = row.Billnumber }, OrderSort.Date, true, 0, 1, actor, _gone.Token) is Result<OrderPage>.Ok { Value.Rows: [var found] }
                ? found
                : row;
            rows.Add(current);
        }

        var counts = await CountOrders.RunAsync(_query.Filter, actor, _gone.Token);
        if (load != _loads || counts is not Result<OrderCounts>.Ok { Value: var now })
        {
            return;
        }

        _counts = now;
        _page = page with { Rows = rows };
        _news = Math.Max(0, TotalOf(now) - page.Total);
    }
}
