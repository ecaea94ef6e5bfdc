using AssistPortal.Core;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Staff;
using AssistPortal.Web.Account;
using Microsoft.AspNetCore.Components;

namespace AssistPortal.Web.Components.Pages.Staff;

/// <summary>The people of the portal and what each may do.</summary>
public sealed partial class StaffPage
{
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<StaffMember>? _people;
    private Problem? _problem;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private string _search = "";
    private bool _withDismissed;

    [Inject] public required ListStaff List { get; init; }

    [Inject] public required MerchantDirectory Merchants { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    private IEnumerable<StaffMember> Shown => (_people ?? []).Where(member => (_withDismissed || !member.Person.IsDismissed) && Fits(member.Person));

    public void Dispose() => _gone.Cancel();

    protected override async Task OnInitializedAsync()
    {
        if (await Current.GetAsync(_gone.Token) is not { } actor)
        {
            return;
        }

        var result = await List.RunAsync(actor, _gone.Token);
        _zone = Merchants.All.FirstOrDefault(merchant => actor.Sees(merchant.Id))?.TimeZone ?? TimeZoneInfo.Utc;
        _people = (result as Result<IReadOnlyList<StaffMember>>.Ok)?.Value;
        _problem = (result as Result<IReadOnlyList<StaffMember>>.Failed)?.Problem;
    }

    private bool Fits(PortalUser person) =>
        person.DisplayName.Contains(_search.Trim(), StringComparison.CurrentCultureIgnoreCase) || person.Email?.Contains(_search.Trim(), StringComparison.OrdinalIgnoreCase) == true;
}
