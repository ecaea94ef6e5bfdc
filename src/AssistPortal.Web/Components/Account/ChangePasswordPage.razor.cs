using AssistPortal.Core;
using AssistPortal.Core.Access;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Shared;
using AssistPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Account;

/// <summary>Changes one's own password.</summary>
public sealed partial class ChangePasswordPage
{
    private string? _message;
    private bool _isDone;

    [Inject] public required ChangePassword ChangePassword { get; init; }

    [Inject] public required SignInDesk Desk { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IStringLocalizer<AccountText> Texts { get; init; }

    [Inject] public required IStringLocalizer<SharedText> Shared { get; init; }

    [CascadingParameter] public HttpContext Context { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "password", Name = nameof(Form))] public ChangePasswordForm? Posted { get; set; }

    private ChangePasswordForm Form => Posted ??= new();

    private async Task SubmitAsync()
    {
        if (await CurrentActor.OfAsync(Context) is not { } actor)
        {
            Navigation.NavigateTo(FrameUrls.SignInFrom(FrameUrls.ChangePassword));
            return;
        }

        _message = string.IsNullOrEmpty(Form.Present) ? Texts["PresentMissing"] : Form.Fault(Texts);
        if (_message is not null)
        {
            return;
        }

        switch (await ChangePassword.RunAsync(actor, Form.Present!, Form.Password!, Context.RequestAborted))
        {
            case Result<Guid>.Ok:
                await Desk.SignOutAsync(Context);
                _isDone = true;
                break;
            case Result<Guid>.Failed { Problem: var problem }:
                _message = ProblemText.Of(problem, Shared);
                break;
        }
    }

    /// <summary>What the form carries.</summary>
    public sealed class ChangePasswordForm : NewPasswordForm
    {
        public string? Present { get; set; }
    }
}
