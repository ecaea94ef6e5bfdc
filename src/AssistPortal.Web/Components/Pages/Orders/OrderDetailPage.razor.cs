using AssistPortal.Core;
using AssistPortal.Core.Actions;
using AssistPortal.Core.Orders;
using AssistPortal.Core.Sync;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AssistPortal.Web.Components.Pages.Orders;

/// <summary>One order: its story, its facts and what can be done with its money. Shows the copy at once and asks the gateway behind it.</summary>
public sealed partial class OrderDetailPage
{
    private readonly CancellationTokenSource _gone = new();
    private string? _shown;
    private Actor? _actor;
    private OrderDetails? _details;
    private Problem? _problem;
    private Problem? _gatewayProblem;
    private string? _dialogToOpen;
    private FeedBatch? _changes;
    private OrderHead? _head;

    [Parameter] public required string Billnumber { get; set; }

    [SupplyParameterFromQuery(Name = PortalUrls.Names.Dialog)] public string? Dialog { get; set; }

    [Inject] public required GetOrder GetOrder { get; init; }

    [Inject] public required RefreshOrder RefreshOrder { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required OrderFeed Feed { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IDialogService Dialogs { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    /// <summary>The action the order's page warns of: an open one, or one that waits for a person to send it again.</summary>
    private MoneyAction? Unsettled =>
        _details?.Actions.Select(details => details.Action).FirstOrDefault(action => action.State.IsOpen())
        ?? (_details?.Actions is [{ Action: { State: ActionState.NotExecuted } last }, ..] ? last : null);

    public void Dispose()
    {
        _changes?.Dispose();
        // Only cancelled: work under way still asks for the token, and a source without a timer holds nothing to free.
        _gone.Cancel();
    }

    protected override void OnInitialized() =>
        _changes = new FeedBatch(Feed, Time, change => change.Billnumber == _details?.Order.Billnumber, _ => InvokeAsync(LoadAsync), DispatchExceptionAsync);

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Billnumber)
        {
            return;
        }

        _shown = Billnumber;
        _details = null;
        _gatewayProblem = null;
        _dialogToOpen = Dialog;
        await LoadAsync();
        if (_details is not null)
        {
            await AskGatewayAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_dialogToOpen is { } dialog && _details is not null)
        {
            _dialogToOpen = null;
            if (dialog is "confirm" or "cancel")
            {
                await OpenDialogAsync(dialog == "confirm" ? ActionKind.Confirm : ActionKind.Cancel);
            }
        }
    }

    private async Task LoadAsync()
    {
        var billnumber = Billnumber;
        if (await Current.GetAsync(_gone.Token) is not { } actor)
        {
            return;
        }

        var result = await GetOrder.RunAsync(billnumber, actor, _gone.Token);
        if (billnumber != Billnumber)
        {
            return;
        }

        _actor = actor;
        switch (result)
        {
            case Result<OrderDetails>.Ok ok:
                _details = ok.Value;
                _problem = null;
                break;
            case Result<OrderDetails>.Failed { Problem: Problem.NotFound }:
                Navigation.NotFound();
                return;
            case Result<OrderDetails>.Failed failed:
                _problem = failed.Problem;
                break;
        }

        StateHasChanged();
    }

    private async Task AskGatewayAsync()
    {
        var billnumber = Billnumber;
        if (_actor is not { } actor)
        {
            return;
        }

        var asked = await RefreshOrder.RunAsync(billnumber, always: false, actor, _gone.Token);
        if (billnumber != Billnumber)
        {
            return;
        }

        _gatewayProblem = (asked as Result<bool>.Failed)?.Problem;
        if (asked is Result<bool>.Ok)
        {
            await LoadAsync();
        }
        else
        {
            _ = Detached.RunAsync(() => AskAgainLaterAsync(billnumber), DispatchExceptionAsync);
        }
    }

    /// <summary>Keeps the notice's word that the question is asked again.</summary>
    private async Task AskAgainLaterAsync(string billnumber)
    {
        await Task.Delay(RefreshOrder.FreshFor, Time, _gone.Token);
        await InvokeAsync(async () =>
        {
            if (billnumber == Billnumber)
            {
                await AskGatewayAsync();
                StateHasChanged();
            }
        });
    }

    private async Task OpenDialogAsync(ActionKind kind)
    {
        if (_details is not { } details || _actor?.May(kind == ActionKind.Confirm ? Permission.Confirm : Permission.Cancel, details.Order.MerchantId) != true)
        {
            return;
        }

        var parameters = new DialogParameters<MoneyDialog> { { dialog => dialog.Details, details }, { dialog => dialog.Kind, kind } };
        var title = L[kind == ActionKind.Confirm ? "ConfirmTitle" : "CancelTitle", details.Order.OrderNumber];
        var options = new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true, CloseButton = true, BackdropClick = false };
        var shown = await Dialogs.ShowAsync<MoneyDialog>(title, parameters, options);
        await shown.Result;
        if (_gone.IsCancellationRequested)
        {
            return;
        }

        if (Dialog is not null)
        {
            Navigation.NavigateTo(PortalUrls.Order(Billnumber), replace: true);
        }

        await LoadAsync();
        if (_head is not null)
        {
            await _head.FocusAsync();
        }
    }
}
