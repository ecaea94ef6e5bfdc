using System.Text.Json;
using AssistPortal.Core;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Push;
using AssistPortal.Core.Sync;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AssistPortal.Web.Components.Pages.Pushes;

/// <summary>One notification: what became of it step by step, and what it said.</summary>
public sealed partial class PushDetailPage
{
    private readonly CancellationTokenSource _gone = new();
    private PushDetails? _details;
    private IReadOnlyList<KeyValuePair<string, string>> _fields = [];
    private Actor? _actor;
    private Problem? _problem;
    private bool _repeating;
    private Guid? _shown;
    private FeedBatch? _changes;

    [Parameter] public Guid Id { get; set; }

    [Inject] public required ListPushes ListPushes { get; init; }

    [Inject] public required RepeatPush RepeatPush { get; init; }

    [Inject] public required MerchantDirectory Directory { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required OrderFeed Feed { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    private TimeZoneInfo Zone => _details is { Push.MerchantId: var merchant } ? Directory.Find(merchant)?.TimeZone ?? TimeZoneInfo.Utc : TimeZoneInfo.Utc;

    public void Dispose()
    {
        _changes?.Dispose();
        // Only cancelled: work under way still asks for the token, and a source without a timer holds nothing to free.
        _gone.Cancel();
    }

    protected override void OnInitialized() =>
        _changes = new FeedBatch(Feed, Time, change => change.Billnumber == _details?.Push.Billnumber, _ => InvokeAsync(LoadAsync), DispatchExceptionAsync);

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Id)
        {
            (_shown, _details) = (Id, null);
            await LoadAsync();
        }
    }

    private static string Icon(PushStepEnd end) => end switch
    {
        PushStepEnd.Passed => Icons.Material.Rounded.CheckCircle,
        PushStepEnd.Failed => Icons.Material.Rounded.Cancel,
        PushStepEnd.Waiting => Icons.Material.Rounded.Schedule,
        _ => Icons.Material.Rounded.RemoveCircleOutline,
    };

    private async Task LoadAsync()
    {
        if (await Current.GetAsync(_gone.Token) is not { } actor)
        {
            return;
        }

        _actor = actor;
        switch (await ListPushes.GetAsync(Id, actor, _gone.Token))
        {
            case Result<PushDetails>.Ok ok:
                _details = ok.Value;
                _fields = JsonSerializer.Deserialize<List<KeyValuePair<string, string>>>(ok.Value.Push.Fields) ?? [];
                break;
            case Result<PushDetails>.Failed { Problem: Problem.NotFound }:
                Navigation.NotFound();
                return;
            case Result<PushDetails>.Failed failed:
                _problem = failed.Problem;
                break;
        }

        StateHasChanged();
    }

    private async Task RepeatAsync()
    {
        if (await Current.GetAsync(_gone.Token) is not { } actor)
        {
            return;
        }

        _repeating = true;
        _problem = (await RepeatPush.RunAsync(Id, actor, _gone.Token) as Result<PushDelivery>.Failed)?.Problem;
        _repeating = false;
        await LoadAsync();
    }
}
