using AssistPortal.Core;
using AssistPortal.Core.Access;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Shared;
using AssistPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Account;

/// <summary>Confirms a new e-mail by the link of a letter. Opening it changes nothing: mail programmes open links by themselves.</summary>
public sealed partial class ConfirmEmailPage
{
    private readonly object _form = new();
    private string? _message;
    private string? _email;
    private string? _done;
    private bool _isOpen;

    [Inject] public required ChangeEmail ChangeEmail { get; init; }

    [Inject] public required IStringLocalizer<AccountText> Texts { get; init; }

    [Inject] public required IStringLocalizer<SharedText> Shared { get; init; }

    [CascadingParameter] public HttpContext Context { get; set; } = null!;

    [SupplyParameterFromQuery(Name = LinkPaths.TokenParameter)] public string? Token { get; set; }

    protected override async Task OnInitializedAsync()
    {
        SecretAddress.Guard(Context);
        if (HttpMethods.IsPost(Context.Request.Method))
        {
            _isOpen = true;
            return;
        }

        Read(await ChangeEmail.LookAsync(Token, Context.RequestAborted));
        _isOpen = _email is not null;
    }

    private async Task SubmitAsync()
    {
        Read(await ChangeEmail.ConfirmAsync(Token, Visitors.Of(Context), Context.RequestAborted));
        (_isOpen, _done) = (false, _email);
    }

    private void Read(Result<string> result)
    {
        _email = (result as Result<string>.Ok)?.Value;
        _message = result is Result<string>.Failed { Problem: var problem } ? ProblemText.Of(problem, Shared) : null;
    }
}
