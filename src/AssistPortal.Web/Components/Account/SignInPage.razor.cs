using AssistPortal.Web.Account;
using AssistPortal.Web.Resources;
using AssistPortal.Web.Setup;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace AssistPortal.Web.Components.Account;

/// <summary>The way in. Whatever goes wrong, the e-mail typed stays and the password doesn't.</summary>
public sealed partial class SignInPage
{
    private string? _message;
    private IReadOnlyList<DemoPerson> _demo = [];

    [Inject] public required SignInDesk Desk { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IOptions<DemoOptions> Demo { get; init; }

    [Inject] public required IStringLocalizer<AccountText> Texts { get; init; }

    [Inject] public required IStringLocalizer<FrameText> Frame { get; init; }

    [CascadingParameter] public HttpContext Context { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "signin", Name = nameof(Form))] public SignInForm? Posted { get; set; }

    [SupplyParameterFromQuery(Name = FrameUrls.ReturnParameter)] public string? ReturnUrl { get; set; }

    private SignInForm Form => Posted ??= new();

    protected override async Task OnInitializedAsync()
    {
        _demo = Demo.Value.Staff ? DemoStaff.People : [];
        if (HttpMethods.IsGet(Context.Request.Method) && Context.User.Identity is { IsAuthenticated: true })
        {
            if (await CurrentActor.OfAsync(Context) is null)
            {
                await Desk.SignOutAsync(Context);
                return;
            }

            Navigation.NavigateTo(FrameUrls.LocalOrHome(ReturnUrl));
        }
    }

    private async Task SubmitAsync()
    {
        _message = string.IsNullOrWhiteSpace(Form.Email) ? Texts["EmailMissing"].Value : string.IsNullOrEmpty(Form.Password) ? Texts["PasswordMissing"].Value : null;
        if (_message is not null)
        {
            return;
        }

        switch (await Desk.SignInAsync(Form.Email!.Trim(), Form.Password!, Context))
        {
            case SignInAnswer.Welcome:
                Navigation.NavigateTo(FrameUrls.LocalOrHome(ReturnUrl));
                return;
            case SignInAnswer.SecondFactor:
                Navigation.NavigateTo(FrameUrls.Step(FrameUrls.SecondFactor, ReturnUrl));
                return;
            case SignInAnswer.Enrol:
                Navigation.NavigateTo(FrameUrls.Step(FrameUrls.Authenticator, ReturnUrl));
                return;
            case SignInAnswer.Wait:
                Context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                _message = Texts["Wait"];
                break;
            case SignInAnswer.No:
                _message = Texts["No"];
                break;
        }

        Form.Password = null;
    }

    /// <summary>What the form carries.</summary>
    public sealed class SignInForm
    {
        public string? Email { get; set; }

        public string? Password { get; set; }
    }
}
