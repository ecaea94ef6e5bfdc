using AssistPortal.Core;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.SecondFactor;
using AssistPortal.Web.Account;
using Microsoft.AspNetCore.Components;

namespace AssistPortal.Web.Components.Pages.Security;

/// <summary>The person's authenticator and recovery codes.</summary>
public sealed partial class FactorList
{
    private const int Few = 4;

    private readonly CancellationTokenSource _gone = new();
    private FactorState? _state;
    private Wish? _wish;
    private RecoverySheet? _sheet;
    private Problem? _problem;
    private string? _message;

    private enum Wish
    {
        Connect,
        Remove,
        Renew,
    }

    [Inject] public required SecondFactors Factors { get; init; }

    [Inject] public required StepUp StepUp { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required MerchantDirectory Merchants { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    private TimeZoneInfo Zone => Merchants.All.FirstOrDefault()?.TimeZone ?? TimeZoneInfo.Utc;

    // Only cancelled: work under way still asks for the token, and a source without a timer holds nothing to free.
    public void Dispose() => _gone.Cancel();

    /// <summary>Reads anew what the person has.</summary>
    public async Task RefreshAsync()
    {
        if (await Current.GetAsync(_gone.Token) is { } actor)
        {
            _state = await Factors.StateAsync(actor.UserId, _gone.Token);
            StateHasChanged();
        }
    }

    protected override Task OnInitializedAsync() => RefreshAsync();

    private async Task BeginAsync(Wish wish)
    {
        (_sheet, _problem, _message) = (null, null, null);
        if (await Current.GetAsync(_gone.Token) is { } actor)
        {
            _wish = wish;
            // The first factor needs no proof: there is nothing yet to prove oneself by.
            if (StepUp.IsProven(actor) || _state is { HasAny: false })
            {
                await GoOnAsync();
            }
        }
    }

    private async Task GoOnAsync()
    {
        if (await Current.GetAsync(_gone.Token) is not { } actor)
        {
            return;
        }

        switch (_wish)
        {
            case Wish.Connect:
                Navigation.NavigateTo(FrameUrls.Authenticator, forceLoad: true);
                return;
            case Wish.Remove:
                Take(await Factors.RemoveAsync(actor, _gone.Token), state => (_state, _message) = (state, L["Removed"]));
                break;
            case Wish.Renew:
                Take(await Factors.RenewRecoveryAsync(actor, _gone.Token), sheet => _sheet = sheet);
                _state = await Factors.StateAsync(actor.UserId, _gone.Token);
                break;
        }
    }

    private void Take<T>(Result<T> result, Action<T> done)
    {
        switch (result)
        {
            case Result<T>.Ok ok:
                _wish = null;
                done(ok.Value);
                break;
            case Result<T>.Failed { Problem: Problem.StepUp }:
                // The proof ran out just now: the prompt stays.
                break;
            case Result<T>.Failed failed:
                (_wish, _problem) = (null, failed.Problem);
                break;
        }
    }
}
