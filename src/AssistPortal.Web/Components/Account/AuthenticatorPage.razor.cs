using AssistPortal.Core;
using AssistPortal.Core.SecondFactor;
using AssistPortal.Core.Staff;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Shared;
using AssistPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Account;

/// <summary>Connects an authenticator app: by choice from the page of one's security, or on demand between the password and everything else.</summary>
public sealed partial class AuthenticatorPage
{
    private NewAuthenticator? _new;
    private QrDrawing _qr = QrDrawing.Empty;
    private RecoverySheet? _sheet;
    private (PortalUser User, Actor? Actor)? _who;
    private string? _message;

    [Inject] public required SignInDesk Desk { get; init; }

    [Inject] public required SecondFactors Factors { get; init; }

    [Inject] public required StepUp StepUp { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IStringLocalizer<SecurityText> Texts { get; init; }

    [Inject] public required IStringLocalizer<SharedText> Shared { get; init; }

    [CascadingParameter] public HttpContext Context { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "authenticator")] public string? Code { get; set; }

    [SupplyParameterFromForm(FormName = "authenticator")] public string? Seal { get; set; }

    [SupplyParameterFromQuery(Name = FrameUrls.ReturnParameter)] public string? ReturnUrl { get; set; }

    /// <summary>Whether the person has to, before anything else.</summary>
    private bool IsDemanded => _who is { Actor: null };

    private string Onward => IsDemanded ? FrameUrls.LocalOrHome(ReturnUrl) : FrameUrls.Security;

    protected override async Task OnInitializedAsync()
    {
        // No shared cache, and no history of the browser, keeps a page with a key or codes on it.
        Context.Response.Headers.CacheControl = "no-store";
        if (await Desk.WhoEnrolsAsync(Context) is not { } who)
        {
            Navigation.NavigateTo(FrameUrls.Step(FrameUrls.SignIn, ReturnUrl));
        }
        else if (who.Actor is { } actor && !StepUp.IsProven(actor) && (await Factors.StateAsync(actor.UserId, Context.RequestAborted)).HasAny)
        {
            Navigation.NavigateTo(FrameUrls.Security);
        }
        else
        {
            // A form that was sent comes back with the key it was made with: a mistyped code must not cost the scanning.
            _who = who;
            _new = (Seal is null ? null : Factors.Again(who.User.Id, who.User.Email!, Seal)) ?? Factors.Begin(who.User.Id, who.User.Email!);
            _qr = QrDrawing.Of(_new.Uri);
        }
    }

    private async Task SubmitAsync()
    {
        switch (await Desk.EnrolAsync(_who!.Value.User, _who.Value.Actor, Seal ?? "", Code ?? "", Context))
        {
            case Result<RecoverySheet>.Ok { Value: var sheet }:
                _sheet = sheet;
                break;
            case Result<RecoverySheet>.Failed { Problem: Problem.StepUp }:
                Navigation.NavigateTo(FrameUrls.Security);
                break;
            case Result<RecoverySheet>.Failed { Problem: var problem }:
                _message = ProblemText.Of(problem, Shared);
                break;
        }
    }
}
