using AssistPortal.Core;
using AssistPortal.Core.Access;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Shared;
using AssistPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Account;

/// <summary>Asks for another e-mail of one's own.</summary>
public sealed partial class EmailPage
{
    private string? _message;
    private string? _sentTo;

    [Inject] public required ChangeEmail ChangeEmail { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IStringLocalizer<AccountText> Texts { get; init; }

    [Inject] public required IStringLocalizer<SharedText> Shared { get; init; }

    [CascadingParameter] public HttpContext Context { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "email", Name = nameof(Form))] public EmailForm? Posted { get; set; }

    private EmailForm Form => Posted ??= new();

    private async Task SubmitAsync()
    {
        if (await CurrentActor.OfAsync(Context) is not { } actor)
        {
            Navigation.NavigateTo(FrameUrls.SignInFrom(FrameUrls.ChangeEmail));
            return;
        }

        _message = string.IsNullOrWhiteSpace(Form.Email) ? Texts["EmailMissing"].Value : string.IsNullOrEmpty(Form.Password) ? Texts["PresentMissing"].Value : null;
        if (_message is not null)
        {
            return;
        }

        switch (await ChangeEmail.AskAsync(actor, Form.Password!, Form.Email!, Context.RequestAborted))
        {
            case Result<string>.Ok { Value: var email }:
                _sentTo = email;
                break;
            case Result<string>.Failed { Problem: var problem }:
                _message = ProblemText.Of(problem, Shared);
                break;
        }
    }

    /// <summary>What the form carries.</summary>
    public sealed class EmailForm
    {
        public string? Email { get; set; }

        public string? Password { get; set; }
    }
}
