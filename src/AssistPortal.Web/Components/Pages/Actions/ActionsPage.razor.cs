using System.Globalization;
using AssistPortal.Core;
using AssistPortal.Core.Actions;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Sync;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace AssistPortal.Web.Components.Pages.Actions;

/// <summary>The actions given in the portal: those that need somebody, or all.</summary>
public sealed partial class ActionsPage
{
    private readonly CancellationTokenSource _gone = new();
    private ActionsQuery _query = new();
    private IReadOnlyList<QueryFault> _faults = [];
    private IReadOnlyList<Merchant> _merchants = [];
    private Actor? _actor;
    private ActionPage? _page;
    private Problem? _problem;
    private int _loads;
    private FeedBatch? _changes;

    [Inject] public required ListActions ListActions { get; init; }

    [Inject] public required MerchantDirectory Directory { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required OrderFeed Feed { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

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

    private static string Href(ActionsQuery query) => PortalUrls.ActionsList(query);

    private static TEnum? Picked<TEnum>(ChangeEventArgs change)
        where TEnum : struct, Enum => Enum.TryParse<TEnum>((string?)change.Value, out var value) ? value : null;

    private static int? Merchant(ChangeEventArgs change) =>
        int.TryParse((string?)change.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private void Show(ActionsQuery query) => Navigation.NavigateTo(Href(query));

    private void FollowAddress(object? sender, LocationChangedEventArgs change)
    {
        if (new Uri(change.Location).AbsolutePath == Navigation.ToAbsoluteUri(PortalUrls.Actions).AbsolutePath)
        {
            _ = Detached.RunAsync(() => InvokeAsync(OpenAddressAsync), DispatchExceptionAsync);
        }
    }

    private async Task OpenAddressAsync()
    {
        (_query, _faults) = ActionsQuery.Read(new Uri(Navigation.Uri).Query);
        await ReloadAsync();
    }

    private async Task ReloadAsync()
    {
        var load = ++_loads;
        if (_faults.Count == 0 && await Current.GetAsync(_gone.Token) is { } actor)
        {
            var result = await ListActions.RunAsync(_query.Filter, _query.Page, ActionsQuery.Size, actor, _gone.Token);
            if (load != _loads)
            {
                return;
            }

            _actor = actor;
            _merchants = [.. Directory.All.Where(merchant => actor.Sees(merchant.Id))];
            _page = (result as Result<ActionPage>.Ok)?.Value;
            _problem = (result as Result<ActionPage>.Failed)?.Problem;
        }

        StateHasChanged();
    }
}
