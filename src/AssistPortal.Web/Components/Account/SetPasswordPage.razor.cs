using AssistPortal.Core;
using AssistPortal.Core.Access;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Shared;
using AssistPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Account;

/// <summary>Sets a password by the link of a letter: a new one, or the first one of somebody invited. Opening it changes nothing.</summary>
public sealed partial class SetPasswordPage
{
    private string? _message;
    private LinkedPerson? _person;
    private bool _isOpen;
    private bool _isDone;

    [Inject] public required SetPasswordByLink SetPassword { get; init; }

    [Inject] public required SignInDesk Desk { get; init; }

    [Inject] public required SignInGate Gate { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IStringLocalizer<AccountText> Texts { get; init; }

    [Inject] public required IStringLocalizer<SharedText> Shared { get; init; }

    [CascadingParameter] public HttpContext Context { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "set-password", Name = nameof(Form))] public NewPasswordForm? Posted { get; set; }

    [SupplyParameterFromQuery(Name = LinkPaths.TokenParameter)] public string? Token { get; set; }

    private NewPasswordForm Form => Posted ??= new();

    private LinkKind Kind => Context.Request.Path == FrameUrls.Invitation ? LinkKind.Invitation : LinkKind.PasswordReset;

    private string Title => Texts[Kind == LinkKind.Invitation ? "InvitationTitle" : "ResetTitle"];

    protected override async Task OnInitializedAsync()
    {
        SecretAddress.Guard(Context);
        // A form that was sent must be there to be answered, even when its link is over by now; the answer closes it.
        _isOpen = HttpMethods.IsPost(Context.Request.Method) || await LookAsync();
    }

    private async Task<bool> LookAsync()
    {
        var found = await SetPassword.LookAsync(Kind, Token, Context.RequestAborted);
        _person = (found as Result<LinkedPerson>.Ok)?.Value;
        _message = found is Result<LinkedPerson>.Failed { Problem: var problem } ? ProblemText.Of(problem, Shared) : null;
        return _person is not null;
    }

    private async Task SubmitAsync()
    {
        var visitor = Visitors.Of(Context);
        if (!Gate.Admits(visitor.Ip))
        {
            Context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            _message = Texts["Wait"];
            return;
        }

        _isOpen = await LookAsync();
        if (_person is null || (_message = Form.Fault(Texts)) is not null)
        {
            return;
        }

        switch (await SetPassword.RunAsync(Kind, Token, Form.Password!, visitor, Context.RequestAborted))
        {
            case Result<Guid>.Ok when Kind == LinkKind.Invitation:
                await EnterAsync(_person.Email);
                break;
            case Result<Guid>.Ok:
                _isDone = true;
                break;
            case Result<Guid>.Failed { Problem: var problem }:
                _message = ProblemText.Of(problem, Shared);
                _isOpen = problem is not Problem.Invalid { Reason: InvalidReason.LinkUnknown or InvalidReason.LinkUsed or InvalidReason.LinkExpired };
                break;
        }
    }

    // The same door as for everybody, so that a second factor is asked for where one is due.
    private async Task EnterAsync(string email) => Navigation.NavigateTo(await Desk.SignInAsync(email, Form.Password!, Context) switch
    {
        SignInAnswer.Welcome => FrameUrls.Home,
        SignInAnswer.Enrol => FrameUrls.Step(FrameUrls.Authenticator, null),
        SignInAnswer.SecondFactor => FrameUrls.Step(FrameUrls.SecondFactor, null),
        _ => FrameUrls.SignIn,
    });
}
