using AssistPortal.Core;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Orders;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace AssistPortal.Web.Components.Pages.Orders;

/// <summary>Why the grid is empty and what to do; an exact order number the copy lacks can be asked of the gateway.</summary>
public sealed partial class NoOrders : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private int _merchantId;
    private bool _isAsking;
    private string? _answer;

    [Parameter, EditorRequired] public required OrdersQuery Query { get; set; }

    [Parameter, EditorRequired] public int Total { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<Merchant> Merchants { get; set; }

    /// <summary>The gateway knew the number and the copy has it now.</summary>
    [Parameter] public EventCallback OnFound { get; set; }

    [Inject] public required RefreshOrder Refresh { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    private string? ExactNumber => Query.Filter.OrderNumber is { } number && !number.Contains('%', StringComparison.Ordinal) ? number : null;

    public void Dispose()
    {
        // Only cancelled: work under way still asks for the token, and a source without a timer holds nothing to free.
        _gone.Cancel();
    }

    protected override void OnParametersSet()
    {
        if (_merchantId == 0)
        {
            _merchantId = Query.Filter.MerchantId ?? (Merchants.Count > 0 ? Merchants[0].Id : 0);
        }
    }

    private async Task AskAsync()
    {
        if (ExactNumber is not { } number || await Current.GetAsync(_gone.Token) is not { } actor)
        {
            return;
        }

        _isAsking = true;
        _answer = null;
        try
        {
            switch (await Refresh.FindAsync(_merchantId, number, actor, _gone.Token))
            {
                case Result<IReadOnlyList<string>>.Failed failed:
                    _answer = ProblemText.Of(failed.Problem, S);
                    break;
                case Result<IReadOnlyList<string>>.Ok { Value: [] }:
                    _answer = L["GatewayKnowsNone"];
                    break;
                case Result<IReadOnlyList<string>>.Ok { Value: [var only] }:
                    Navigation.NavigateTo(PortalUrls.Order(only));
                    break;
                default:
                    // Several attempts of one number: all of them, whatever else the filter said.
                    Navigation.NavigateTo(PortalUrls.OrdersList(new OrdersQuery { Filter = new OrderFilter { OrderNumber = number } }));
                    await OnFound.InvokeAsync();
                    break;
            }
        }
        finally
        {
            _isAsking = false;
        }
    }
}
