using AssistPortal.Core;
using AssistPortal.Core.Staff;

namespace AssistPortal.Web.Account;

/// <summary>Somebody to look like.</summary>
/// <param name="Name">Role or person, as the banner says it.</param>
/// <param name="Rights">What that one may do.</param>
/// <param name="Roles">Roles it comes from.</param>
public sealed record Preview(string Name, Rights Rights, IReadOnlyList<RoleName> Roles);

/// <summary>With whose eyes this page looks. Lives as long as the circuit: a reload is a way back.</summary>
public sealed class ViewAs
{
    public event Action? Changed;

    public Preview? Current { get; private set; }

    /// <summary>Grows with every change; what is shown under another number is made anew.</summary>
    public int Turn { get; private set; }

    public void Start(Preview preview) => Set(preview);

    public void Stop() => Set(null);

    /// <summary>The actor as the preview makes him: never with more than he has, and without the power to change anything.</summary>
    public Actor Narrow(Actor actor) => Current is { } preview ? actor with { Rights = actor.Rights.And(preview.Rights), Roles = preview.Roles, IsPreview = true } : actor;

    private void Set(Preview? preview)
    {
        Current = preview;
        Turn++;
        Changed?.Invoke();
    }
}
