using AssistPortal.Core;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Sessions;
using AssistPortal.Web.Account;
using Microsoft.AspNetCore.Components;

namespace AssistPortal.Web.Components.Pages.Security;

/// <summary>Where the person is signed in, and the way to end it.</summary>
public sealed partial class SessionList
{
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<StaffSession>? _sessions;
    private Guid? _own;
    private string? _message;

    [Inject] public required StaffSessions Sessions { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required MerchantDirectory Merchants { get; init; }

    private TimeZoneInfo Zone => Merchants.All.FirstOrDefault()?.TimeZone ?? TimeZoneInfo.Utc;

    // Only cancelled: work under way still asks for the token, and a source without a timer holds nothing to free.
    public void Dispose() => _gone.Cancel();

    protected override async Task OnInitializedAsync()
    {
        if (await Current.GetAsync(_gone.Token) is { } actor)
        {
            await ReadAsync(actor);
        }
    }

    private async Task EndAsync(Guid sessionId)
    {
        if (await Current.GetAsync(_gone.Token) is { } actor)
        {
            _message = await Sessions.EndAsync(sessionId, actor, _gone.Token) is Result<int>.Ok ? L["Ended"].Value : null;
            await ReadAsync(actor);
        }
    }

    private async Task EndOthersAsync()
    {
        if (await Current.GetAsync(_gone.Token) is { } actor)
        {
            _message = L["EndedOthers", await Sessions.EndOthersAsync(actor, _gone.Token)];
            await ReadAsync(actor);
        }
    }

    private async Task ReadAsync(Actor actor)
    {
        _own = actor.SessionId;
        _sessions = await Sessions.ListAsync(actor, _gone.Token);
    }
}
