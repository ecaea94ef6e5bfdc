using System.Globalization;
using AssistPortal.Core;
using AssistPortal.Core.Actions;
using AssistPortal.Core.Orders;
using AssistPortal.Core.Sync;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AssistPortal.Web.Components.Pages.Orders;

/// <summary>
/// Confirms or cancels an order: asks for the sum, writes the action down and then shows the same action until its end. The dialog only
/// looks on; closing it changes nothing.
/// </summary>
public sealed partial class MoneyDialog
{
    private const int LongestComment = 500;

    private readonly CancellationTokenSource _gone = new();
    private ElementReference _amountInput;
    private ElementReference _outcome;
    private bool _focusIsLost = true;
    private FeedBatch? _changes;
    private OrderDetails _details = null!;
    private Actor? _actor;
    private string _amount = "";
    private CancelReason? _reason;
    private string _comment = "";
    private string? _amountError;
    private string? _reasonError;
    private string? _commentError;
    private string? _formError;
    private bool _isSending;
    private bool _mustProve;
    private Guid? _actionId;
    private MoneyAction? _action;
    private bool _isForeign;

    [CascadingParameter] public required IMudDialogInstance Dialog { get; set; }

    [Parameter, EditorRequired] public required OrderDetails Details { get; set; }

    [Parameter, EditorRequired] public ActionKind Kind { get; set; }

    [Inject] public required RequestAction RequestAction { get; init; }

    [Inject] public required ListActions ListActions { get; init; }

    [Inject] public required GetOrder GetOrder { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required OrderFeed Feed { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    private Money Rest => Kind == ActionKind.Confirm ? _details.Left.Confirmable : _details.Left.Cancellable;

    private Money Half => Rest with { Minor = Rest.Minor / 2 };

    /// <summary>Whether the sum can only be all of it.</summary>
    private bool IsFixed => Kind == ActionKind.Confirm ? _details.Left.HasPoints : _details.Left.OnlyInFull;

    private Money? Typed => MoneyInput.TryRead(_amount, Rest.Currency, out var money, out _) ? money : null;

    private string AmountHint =>
        IsFixed ? S[_details.Left.HasPoints ? "InvalidPointsOnlyInFull" : "InvalidDelayedOnlyInFull", ""] : L["RestIs", MoneyFormat.Text(Rest)];

    private bool IsHold => _details.Order.State == OrderState.Delayed;

    private string ButtonText
    {
        get
        {
            var key = Kind == ActionKind.Confirm ? "DoConfirm" : IsHold ? "DoRelease" : "DoRefund";
            return Typed is { } money ? L[key + "Sum", MoneyFormat.Text(money)] : L[key];
        }
    }

    /// <summary>What will probably happen to the money, in words.</summary>
    private string WhatHappens
    {
        get
        {
            var order = _details.Order;
            var card = order.MeanNumber is { } number ? L["OnCard", CardNumbers.Grouped(number)].Value : "";
            if (Kind == ActionKind.Cancel)
            {
                return IsHold ? L["WillRelease"] : L["WillRefund", card];
            }

            return Typed is { } money && money.Minor > 0 && money.Minor < Rest.Minor ? L["WillConfirmPart", MoneyFormat.Text(Rest - money)] : L["WillConfirm"];
        }
    }

    public void Dispose()
    {
        _changes?.Dispose();
        // Only cancelled: work under way still asks for the token, and a source without a timer holds nothing to free.
        _gone.Cancel();
    }

    protected override void OnInitialized()
    {
        _details = Details;
        Pick(Rest);
        _changes = new FeedBatch(Feed, Time, change => change.Billnumber == _details.Order.Billnumber, _ => InvokeAsync(ReadActionAsync), DispatchExceptionAsync);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusIsLost)
        {
            _focusIsLost = false;
            await (_action is null ? _amountInput : _outcome).FocusAsync();
        }
    }

    private void Pick(Money money) => _amount = MoneyInput.Editable(money, CultureInfo.CurrentCulture);

    private void Close() => Dialog.Close();

    private async Task SendAsync()
    {
        (_amountError, _reasonError, _commentError, _formError) = (null, null, null, null);
        if (_isSending || _actionId is not null)
        {
            return;
        }

        if (!MoneyInput.TryRead(_amount, Rest.Currency, out var money, out var fault))
        {
            _amountError = ProblemText.Of(fault, Rest.Currency, S);
            return;
        }

        _isSending = true;
        try
        {
            // Written down or not: closing the dialog or losing the connection in between must not decide that.
            if (await Current.GetAsync(CancellationToken.None) is not { } actor)
            {
                return;
            }

            _actor = actor;
            var comment = string.IsNullOrWhiteSpace(_comment) ? null : _comment.Trim();
            var order = _details.Order;
            var result = Kind == ActionKind.Confirm
                ? await RequestAction.ConfirmAsync(new ConfirmRequest(order.Billnumber, money, comment, order.HighestOperation), actor, CancellationToken.None)
                : await RequestAction.CancelAsync(new CancelRequest(order.Billnumber, money, _reason, comment, order.HighestOperation), actor, CancellationToken.None);
            await TakeAsync(result);
        }
        finally
        {
            _isSending = false;
        }
    }

    private async Task TakeAsync(Result<Guid> result)
    {
        switch (result)
        {
            case Result<Guid>.Ok { Value: var id }:
                await FollowAsync(id, isForeign: false);
                break;
            case Result<Guid>.Failed { Problem: Problem.OpenAction { ActionId: var id } }:
                await FollowAsync(id, isForeign: true);
                break;
            case Result<Guid>.Failed { Problem: Problem.StepUp }:
                _mustProve = true;
                break;
            case Result<Guid>.Failed { Problem: Problem.Changed changed }:
                await ReloadOrderAsync();
                _formError = ProblemText.Of(changed, S);
                break;
            case Result<Guid>.Failed { Problem: var problem }:
                Show(problem);
                break;
        }
    }

    /// <summary>The person has proved himself: the same wish goes on, with what stands in the form.</summary>
    private async Task GoOnAsync()
    {
        _mustProve = false;
        await SendAsync();
    }

    private void Stay() => (_mustProve, _focusIsLost) = (false, true);

    private void Show(Problem problem)
    {
        var text = ProblemText.Of(problem, S);
        switch ((problem as Problem.Invalid)?.Reason)
        {
            case InvalidReason.AmountNotPositive or InvalidReason.AboveRest or InvalidReason.WrongCurrency or InvalidReason.DelayedOnlyInFull or InvalidReason.PointsOnlyInFull:
                _amountError = text;
                break;
            case InvalidReason.ReasonMissing:
                _reasonError = text;
                break;
            case InvalidReason.CommentTooLong:
                _commentError = text;
                break;
            default:
                _formError = text;
                break;
        }
    }

    private async Task FollowAsync(Guid actionId, bool isForeign)
    {
        (_actionId, _isForeign) = (actionId, isForeign);
        await FollowDecisionAsync();
    }

    /// <summary>The pressed button is gone: without a new place for the focus, Escape and Tab would leave the dialog.</summary>
    private async Task FollowDecisionAsync()
    {
        await ReadActionAsync();
        _focusIsLost = true;
        StateHasChanged();
    }

    private async Task ReadActionAsync()
    {
        if (_actionId is not { } id || await Current.GetAsync(_gone.Token) is not { } actor)
        {
            return;
        }

        _actor = actor;
        switch (await ListActions.GetAsync(id, actor, _gone.Token))
        {
            case Result<ActionDetails>.Ok ok:
                _action = ok.Value.Action;
                break;
            case Result<ActionDetails>.Failed failed:
                _formError = ProblemText.Of(failed.Problem, S);
                break;
        }

        StateHasChanged();
    }

    private async Task ReloadOrderAsync()
    {
        if (await Current.GetAsync(_gone.Token) is { } actor && await GetOrder.RunAsync(_details.Order.Billnumber, actor, _gone.Token) is Result<OrderDetails>.Ok ok)
        {
            _details = ok.Value;
        }
    }

    /// <summary>Back to the form after an end that moved no money; what was typed stays.</summary>
    private async Task StartAnewAsync()
    {
        (_actionId, _action, _isForeign) = (null, null, false);
        await ReloadOrderAsync();
        _focusIsLost = true;
    }
}
