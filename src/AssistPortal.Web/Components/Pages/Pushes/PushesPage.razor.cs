using System.Globalization;
using AssistPortal.Core;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Push;
using AssistPortal.Core.Sync;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace AssistPortal.Web.Components.Pages.Pushes;

/// <summary>The gateway's notifications that came, and under another tab the operations none announced.</summary>
public sealed partial class PushesPage
{
    private readonly CancellationTokenSource _gone = new();
    private PushesQuery _query = new();
    private IReadOnlyList<QueryFault> _faults = [];
    private IReadOnlyList<Merchant> _merchants = [];
    private Actor? _actor;
    private PushPage? _pushes;
    private PushGapPage? _gaps;
    private Problem? _problem;
    private int _loads;
    private FeedBatch? _changes;

    [Inject] public required ListPushes ListPushes { get; init; }

    [Inject] public required ListPushGaps ListPushGapsCase { get; init; }

    [Inject] public required MerchantDirectory Directory { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required OrderFeed Feed { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    private int? Total => _query.Gaps ? _gaps?.Total : _pushes?.Total;

    private bool IsNarrowed => _query.Filter != new PushFilter();

    /// <summary>The chosen merchant and nothing else: what goes from one tab to the other.</summary>
    private PushesQuery OfMerchant => new() { Filter = new PushFilter(MerchantId: _query.Filter.MerchantId) };

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
        _changes = new FeedBatch(Feed, Time, change => _actor?.Sees(change.MerchantId) == true, _ => InvokeAsync(ReloadAsync), DispatchExceptionAsync);
        await OpenAddressAsync();
    }

    private static string Href(PushesQuery query) => PortalUrls.PushesList(query);

    private static DateOnly? Date(ChangeEventArgs change) => PushesQuery.Date((string?)change.Value);

    private static PushState? State(ChangeEventArgs change) => Enum.TryParse<PushState>((string?)change.Value, out var state) ? state : null;

    private static string? Text(ChangeEventArgs change) => ((string?)change.Value)?.Trim() is { Length: > 0 } text ? text : null;

    private static int? Merchant(ChangeEventArgs change) =>
        int.TryParse((string?)change.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private void Narrow(PushFilter filter) => Navigation.NavigateTo(Href(_query.Where(filter)));

    private void FollowAddress(object? sender, LocationChangedEventArgs change)
    {
        if (new Uri(change.Location).AbsolutePath == Navigation.ToAbsoluteUri(PortalUrls.Pushes).AbsolutePath)
        {
            _ = Detached.RunAsync(() => InvokeAsync(OpenAddressAsync), DispatchExceptionAsync);
        }
    }

    private async Task OpenAddressAsync()
    {
        (_query, _faults) = PushesQuery.Read(new Uri(Navigation.Uri).Query);
        await ReloadAsync();
    }

    private async Task ReloadAsync()
    {
        var load = ++_loads;
        if (_faults.Count == 0 && await Current.GetAsync(_gone.Token) is { } actor)
        {
            var query = _query;
            var gaps = query.Gaps ? await ListPushGapsCase.RunAsync(query.Filter.MerchantId, query.Page, PushesQuery.Size, actor, _gone.Token) : null;
            var pushes = query.Gaps ? null : await ListPushes.RunAsync(query.Filter, query.Page, PushesQuery.Size, actor, _gone.Token);
            if (load != _loads)
            {
                return;
            }

            _actor = actor;
            _merchants = [.. Directory.All.Where(merchant => actor.Sees(merchant.Id))];
            _gaps = (gaps as Result<PushGapPage>.Ok)?.Value;
            _pushes = (pushes as Result<PushPage>.Ok)?.Value;
            _problem = (gaps as Result<PushGapPage>.Failed)?.Problem ?? (pushes as Result<PushPage>.Failed)?.Problem;
        }

        StateHasChanged();
    }
}
