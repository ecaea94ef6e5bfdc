using System.Globalization;
using AssistPortal.Core;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.SecondFactor;
using AssistPortal.Core.Staff;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace AssistPortal.Web.Components.Pages.Staff;

/// <summary>A person: the roles held, what they give, and the door. Roles are collected first and saved together.</summary>
public sealed partial class StaffMemberPage
{
    private readonly CancellationTokenSource _gone = new();
    private readonly List<RoleGrant> _give = [];
    private readonly HashSet<Guid> _take = [];
    private IReadOnlyList<OwnRole> _ownRoles = [];
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private Actor? _actor;
    private StaffMember? _member;
    private Problem? _problem;
    private string? _done;
    private (string Done, Func<StaffMember, Actor, Task<Problem?>> Change)? _wish;
    private bool _isBusy;
    private bool _asksDismissal;
    private string _role = nameof(StaffRole.Operator);
    private string _merchant = "";
    private DateOnly? _lastDay;

    [Parameter] public Guid Id { get; set; }

    [Inject] public required ListStaff List { get; init; }

    [Inject] public required ChangeStaff Change { get; init; }

    [Inject] public required SecondFactors Factors { get; init; }

    [Inject] public required InviteStaff Invite { get; init; }

    [Inject] public required OwnRoles OwnRoles { get; init; }

    [Inject] public required MerchantDirectory Merchants { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ViewAs ViewAs { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    public void Dispose() => _gone.Cancel();

    protected override Task OnParametersSetAsync() => ReloadAsync();

    private async Task ReloadAsync()
    {
        Forget();
        (_problem, _done, _asksDismissal, _wish) = (null, null, false, null);
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        if (await Current.GetAsync(_gone.Token) is not { } actor)
        {
            return;
        }

        var result = await List.GetAsync(Id, actor, _gone.Token);
        var own = await OwnRoles.ListAsync(actor, _gone.Token);
        _actor = actor;
        _zone = Merchants.All.FirstOrDefault(merchant => actor.Sees(merchant.Id))?.TimeZone ?? TimeZoneInfo.Utc;
        _member = (result as Result<StaffMember>.Ok)?.Value;
        _problem = (result as Result<StaffMember>.Failed)?.Problem;
        _ownRoles = own is Result<IReadOnlyList<(OwnRole Role, int Holders)>>.Ok roles ? [.. roles.Value.Select(entry => entry.Role)] : [];
        if (!actor.Rights.Everywhere(Permission.ManageStaff) && _merchant.Length == 0)
        {
            _merchant = actor.Rights.MerchantsOf(Permission.ManageStaff).Order().Select(id => id.ToString(CultureInfo.InvariantCulture)).FirstOrDefault() ?? "";
        }
    }

    // Only what the giver may give is offered; the use case asks again.
    private IEnumerable<(string Value, string Name)> Choices(Actor actor) => StaffWords.Choices(actor, _ownRoles, F);

    private string NameOf(RoleGrant grant) => grant.Role is { } ready ? RoleText.Of(ready, F) : _ownRoles.FirstOrDefault(role => role.Id == grant.OwnRoleId)?.Name ?? "";

    private void Toggle(Guid assignmentId)
    {
        _done = null;
        if (!_take.Remove(assignmentId))
        {
            _take.Add(assignmentId);
        }
    }

    private void Forget()
    {
        _give.Clear();
        _take.Clear();
    }

    private void Add()
    {
        (_done, _problem) = (null, null);
        var grant = StaffWords.Grant(_role, _merchant, _lastDay, _zone);
        if (!_give.Contains(grant))
        {
            _give.Add(grant);
        }
    }

    private Task SaveAsync() => DoAsync(L["Saved"], async (member, actor) =>
        Refusal(await Change.ChangeRolesAsync(Id, member.Person.RightsVersion, [.. _give], [.. _take], actor, CancellationToken.None)));

    private Task DismissAsync() => DoAsync(L["DismissedDone"], async (member, actor) =>
        Refusal(await Change.DismissAsync(Id, member.Person.RightsVersion, actor, CancellationToken.None)));

    private Task ReinstateAsync() => DoAsync(L["ReinstatedDone"], async (member, actor) =>
        Refusal(await Change.ReinstateAsync(Id, member.Person.RightsVersion, actor, CancellationToken.None)));

    private Task ResendAsync() => DoAsync(L["Resent"], async (_, actor) => Refusal(await Invite.ResendAsync(Id, actor, CancellationToken.None)));

    private Task WithdrawAsync() => DoAsync("", async (_, actor) =>
    {
        var result = await Invite.WithdrawAsync(Id, actor, CancellationToken.None);
        if (result is Result<Guid>.Ok)
        {
            Navigation.NavigateTo(PortalUrls.Staff);
        }

        return Refusal(result);
    });

    private Task ResetFactorAsync() => DoAsync(L["FactorResetDone"], async (_, actor) => Refusal(await Factors.ResetAsync(Id, actor, CancellationToken.None)));

    private static Problem? Refusal<T>(Result<T> result) => (result as Result<T>.Failed)?.Problem;

    // The same wish once more, now that the person has shown that it is he.
    private Task GoOnAsync() => _wish is { } wish ? DoAsync(wish.Done, wish.Change) : Task.CompletedTask;

    // What was chosen stays when it can't be done: the person mends it and tries again.
    private async Task DoAsync(string done, Func<StaffMember, Actor, Task<Problem?>> change)
    {
        if (_member is not { } member || await Current.GetAsync(CancellationToken.None) is not { } actor)
        {
            return;
        }

        (_isBusy, _done, _problem, _wish) = (true, null, null, null);
        try
        {
            switch (await change(member, actor))
            {
                case null:
                    Forget();
                    _asksDismissal = false;
                    await ReadAsync();
                    _done = done;
                    break;
                case Problem.StepUp:
                    _wish = (done, change);
                    break;
                case var problem:
                    _problem = problem;
                    break;
            }
        }
        finally
        {
            _isBusy = false;
        }
    }

    private void StartPreview()
    {
        if (_member is { } member)
        {
            ViewAs.Start(new Preview(member.Person.DisplayName, member.Rights, [.. member.Held.Select(held => new RoleName(held.Role, held.OwnRole?.Name)).Distinct()]));
            Navigation.NavigateTo(PortalUrls.Orders);
        }
    }
}
