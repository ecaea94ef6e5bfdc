using System.Globalization;
using AssistPortal.Core;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Staff;
using AssistPortal.Web.Account;
using Microsoft.AspNetCore.Components;

namespace AssistPortal.Web.Components.Pages.Staff;

/// <summary>Invites a person with a first role; more are given on the person's own page.</summary>
public sealed partial class InvitePage
{
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<OwnRole> _ownRoles = [];
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private Actor? _actor;
    private Problem? _problem;
    private bool _asksProof;
    private bool _isBusy;
    private string _email = "";
    private string _name = "";
    private string _language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
    private string _role = nameof(StaffRole.Operator);
    private string _merchant = "";
    private DateOnly? _lastDay;

    [Inject] public required InviteStaff Invite { get; init; }

    [Inject] public required OwnRoles OwnRoles { get; init; }

    [Inject] public required MerchantDirectory Merchants { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    public void Dispose() => _gone.Cancel();

    protected override async Task OnInitializedAsync()
    {
        if (await Current.GetAsync(_gone.Token) is not { } actor)
        {
            return;
        }

        _actor = actor;
        if (!actor.May(Permission.ManageStaff))
        {
            _problem = new Problem.Denied(Permission.ManageStaff);
            return;
        }

        _ownRoles = await OwnRoles.ListAsync(actor, _gone.Token) is Result<IReadOnlyList<(OwnRole Role, int Holders)>>.Ok own ? [.. own.Value.Select(entry => entry.Role)] : [];
        _zone = Merchants.All.FirstOrDefault(merchant => actor.Sees(merchant.Id))?.TimeZone ?? TimeZoneInfo.Utc;
        // The select shows its first option; what is sent must be what is shown.
        var choices = StaffWords.Choices(actor, _ownRoles, F).Select(choice => choice.Value).ToList();
        _role = choices.Contains(_role) ? _role : choices.FirstOrDefault(_role);
        _merchant = actor.Rights.Everywhere(Permission.ManageStaff) ? "" : actor.Rights.MerchantsOf(Permission.ManageStaff).Order().First().ToString(CultureInfo.InvariantCulture);
    }

    // What was typed stays when it can't be done.
    private async Task SendAsync()
    {
        if (_isBusy || await Current.GetAsync(CancellationToken.None) is not { } actor)
        {
            return;
        }

        (_isBusy, _problem, _asksProof) = (true, null, false);
        try
        {
            var invitation = new Invitation(_email, _name, _language, [StaffWords.Grant(_role, _merchant, _lastDay, _zone)]);
            switch (await Invite.InviteAsync(invitation, actor, CancellationToken.None))
            {
                case Result<Guid>.Ok { Value: var person }:
                    Navigation.NavigateTo(PortalUrls.StaffMember(person));
                    break;
                case Result<Guid>.Failed { Problem: Problem.StepUp }:
                    _asksProof = true;
                    break;
                case Result<Guid>.Failed { Problem: var problem }:
                    _problem = problem;
                    break;
            }
        }
        finally
        {
            _isBusy = false;
        }
    }
}
