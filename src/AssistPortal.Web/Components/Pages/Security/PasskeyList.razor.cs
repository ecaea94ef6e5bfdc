using AssistPortal.Core;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.SecondFactor;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace AssistPortal.Web.Components.Pages.Security;

/// <summary>The person's passkeys: add with a name, rename, remove.</summary>
public sealed partial class PasskeyList
{
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<PasskeyRow>? _rows;
    private string? _renaming;
    private string _newName = "";
    private string _name = "";
    private string? _removing;
    private bool _proving;
    private bool _isAdding;
    private string? _error;

    /// <summary>Something changed that the rest of the page shows too.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    [Inject] public required Passkeys List { get; init; }

    [Inject] public required PasskeyScript Script { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required MerchantDirectory Merchants { get; init; }

    private TimeZoneInfo Zone => Merchants.All.FirstOrDefault()?.TimeZone ?? TimeZoneInfo.Utc;

    // Only cancelled: work under way still asks for the token, and a source without a timer holds nothing to free.
    public void Dispose() => _gone.Cancel();

    protected override async Task OnInitializedAsync() => await ReadAsync();

    private static Dictionary<string, object> Named(string label) => new() { ["aria-label"] = label };

    private async Task ReadAsync()
    {
        if (await Current.GetAsync(_gone.Token) is { } actor)
        {
            _rows = await List.ListAsync(actor, _gone.Token);
        }
    }

    private async Task RenameAsync()
    {
        if (_renaming is { } id && await Current.GetAsync(_gone.Token) is { } actor)
        {
            _error = await List.RenameAsync(id, _newName, actor, _gone.Token) is Result<FactorState>.Failed failed ? ProblemText.Of(failed.Problem, S) : null;
            _renaming = null;
            await ReadAsync();
        }
    }

    /// <summary>Removes the passkey, or adds one when none is named.</summary>
    private async Task BeginAsync(string? remove)
    {
        (_removing, _error, _proving) = (remove, null, false);
        await GoOnAsync();
    }

    private async Task GoOnAsync()
    {
        if (_isAdding || await Current.GetAsync(_gone.Token) is not { } actor)
        {
            return;
        }

        _proving = false;
        var problem = _removing is { } id
            ? (await List.RemoveAsync(id, actor, _gone.Token) as Result<FactorState>.Failed)?.Problem
            : await List.MayAddAsync(actor, _gone.Token);
        if (problem is Problem.StepUp)
        {
            _proving = true;
            return;
        }

        _error = problem is null ? null : ProblemText.Of(problem, S);
        if (problem is null && _removing is null)
        {
            await AddAsync();
        }

        await ReadAsync();
        await OnChanged.InvokeAsync();
    }

    private async Task AddAsync()
    {
        _isAdding = true;
        try
        {
            switch (await Script.AddAsync(_name))
            {
                case "Added":
                    _name = "";
                    break;
                case "Unproven":
                    _proving = true;
                    break;
                default:
                    _error = L["PasskeyNotAdded"];
                    break;
            }
        }
        finally
        {
            _isAdding = false;
        }
    }
}
