using AssistPortal.Web.Account;
using AssistPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Account;

/// <summary>Signing in by a passkey alone: it is something one has, and unlocking it something one knows or is.</summary>
public sealed partial class PasskeyForm
{
    private string? _message;

    [Parameter] public string? ReturnUrl { get; set; }

    [Inject] public required SignInDesk Desk { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IStringLocalizer<SecurityText> Texts { get; init; }

    [Inject] public required IStringLocalizer<AccountText> Account { get; init; }

    [CascadingParameter] public HttpContext Context { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "passkey")] public string? Credential { get; set; }

    private async Task SubmitAsync()
    {
        switch (await Desk.PasskeyAsync(Credential, Context))
        {
            case SignInAnswer.Welcome:
                Navigation.NavigateTo(FrameUrls.LocalOrHome(ReturnUrl));
                break;
            case SignInAnswer.Wait:
                Context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                _message = Account["Wait"];
                break;
            default:
                _message = Texts["PasskeyNo"];
                break;
        }
    }
}
