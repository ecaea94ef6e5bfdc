using AssistPortal.Core;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Staff;
using AssistPortal.Web.Account;
using Microsoft.AspNetCore.Components;

namespace AssistPortal.Web.Components.Pages.Staff;

/// <summary>Which role gives which right; own roles are made here, and any role can be looked through.</summary>
public sealed partial class RolesPage
{
    private readonly CancellationTokenSource _gone = new();
    private readonly HashSet<Permission> _picked = [];
    private IReadOnlyList<(OwnRole Role, int Holders)>? _own;
    private Actor? _actor;
    private Problem? _problem;
    private string? _done;
    private (string Done, Func<Actor, Task<Result<Guid>>> Change)? _wish;
    private bool _isBusy;
    private bool _editing;
    private OwnRole? _edited;
    private string _name = "";

    [Inject] public required OwnRoles OwnRoles { get; init; }

    [Inject] public required MerchantDirectory Merchants { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ViewAs ViewAs { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    private bool MayEdit => _actor?.Rights.Everywhere(Permission.ManageStaff) == true;

    public void Dispose() => _gone.Cancel();

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        if (await Current.GetAsync(_gone.Token) is { } actor)
        {
            var result = await OwnRoles.ListAsync(actor, _gone.Token);
            _actor = actor;
            _own = (result as Result<IReadOnlyList<(OwnRole Role, int Holders)>>.Ok)?.Value;
            _problem = (result as Result<IReadOnlyList<(OwnRole Role, int Holders)>>.Failed)?.Problem;
        }
    }

    private void Edit(OwnRole? role)
    {
        (_editing, _edited, _name, _problem, _done) = (true, role, role?.Name ?? "", null, null);
        _picked.Clear();
        _picked.UnionWith(role?.Permissions ?? [Permission.View]);
    }

    private void Leave() => (_editing, _problem, _wish) = (false, null, null);

    private void Pick(Permission permission)
    {
        if (!_picked.Remove(permission))
        {
            _picked.Add(permission);
        }
    }

    private Task SaveAsync() => DoAsync(L["RoleSaved"], actor => OwnRoles.SaveAsync(_edited?.Id, _edited?.Version ?? default, _name, [.. _picked], actor, CancellationToken.None));

    private Task RemoveAsync() => DoAsync(L["RoleRemoved"], actor => OwnRoles.RemoveAsync(_edited!.Id, _edited.Version, actor, CancellationToken.None));

    private async Task DoAsync(string done, Func<Actor, Task<Result<Guid>>> change)
    {
        if (await Current.GetAsync(CancellationToken.None) is not { } actor)
        {
            return;
        }

        (_isBusy, _problem, _wish) = (true, null, null);
        try
        {
            if (await change(actor) is Result<Guid>.Failed { Problem: var problem })
            {
                (_problem, _wish) = problem is Problem.StepUp ? (null, (done, change)) : (problem, _wish);
                return;
            }

            (_editing, _done) = (false, done);
            await ReadAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }

    // The same wish once more, now that the person has shown that it is he.
    private Task GoOnAsync() => _wish is { } wish ? DoAsync(wish.Done, wish.Change) : Task.CompletedTask;

    private void StartPreview(string name, IEnumerable<Permission> permissions, RoleName role)
    {
        if (_actor is { } actor)
        {
            var shown = actor.Rights.MerchantsOf(Permission.ManageStaff).Select(merchant => (permissions, (int?)merchant));
            ViewAs.Start(new Preview(name, Rights.Sum(shown, Merchants.Ids), [role]));
            Navigation.NavigateTo(PortalUrls.Orders);
        }
    }
}
