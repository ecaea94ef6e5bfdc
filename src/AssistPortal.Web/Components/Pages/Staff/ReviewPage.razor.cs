using AssistPortal.Core;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Staff;
using AssistPortal.Web.Account;
using Microsoft.AspNetCore.Components;

namespace AssistPortal.Web.Components.Pages.Staff;

/// <summary>The regular look at everybody's rights, signed person by person; who waits longest stands first.</summary>
public sealed partial class ReviewPage
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromDays(90);

    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<StaffMember>? _people;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private Actor? _actor;
    private Problem? _problem;
    private string? _done;
    private Guid? _signing;

    [Inject] public required ListStaff List { get; init; }

    [Inject] public required ChangeStaff Change { get; init; }

    [Inject] public required MerchantDirectory Merchants { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    private int Waiting => _people?.Count(Needs) ?? 0;

    public void Dispose() => _gone.Cancel();

    protected override Task OnInitializedAsync() => ReadAsync();

    private bool Needs(StaffMember member) => member.Review is not { IsCurrent: true } review || Time.GetUtcNow() - review.At > GoodFor;

    private async Task ReadAsync()
    {
        if (await Current.GetAsync(_gone.Token) is not { } actor)
        {
            return;
        }

        var result = await List.RunAsync(actor, _gone.Token);
        _actor = actor;
        _zone = Merchants.All.FirstOrDefault(merchant => actor.Sees(merchant.Id))?.TimeZone ?? TimeZoneInfo.Utc;
        _people = result is Result<IReadOnlyList<StaffMember>>.Ok { Value: var people }
            ? [.. people.Where(member => !member.Person.IsDismissed).OrderBy(member => !Needs(member)).ThenBy(member => member.Review?.At).ThenBy(member => member.Person.DisplayName)]
            : null;
        _problem = (result as Result<IReadOnlyList<StaffMember>>.Failed)?.Problem;
    }

    private async Task SignAsync(StaffMember member)
    {
        if (await Current.GetAsync(CancellationToken.None) is not { } actor)
        {
            return;
        }

        (_signing, _done) = (member.Person.Id, null);
        try
        {
            var result = await Change.SignReviewAsync(member.Person.Id, member.Person.RightsVersion, actor, CancellationToken.None);
            await ReadAsync();
            if (result is Result<Guid>.Failed { Problem: var problem })
            {
                _problem = problem;
                return;
            }

            _done = L["Signed", member.Person.DisplayName];
        }
        finally
        {
            _signing = null;
        }
    }
}
