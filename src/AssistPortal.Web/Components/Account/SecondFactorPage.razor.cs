using AssistPortal.Web.Account;
using AssistPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Account;

/// <summary>The second step of signing in.</summary>
public sealed partial class SecondFactorPage
{
    private string? _message;

    [Inject] public required SignInDesk Desk { get; init; }

    [Inject] public required PendingSignIn Pending { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IStringLocalizer<SecurityText> Texts { get; init; }

    [Inject] public required IStringLocalizer<AccountText> Account { get; init; }

    [CascadingParameter] public HttpContext Context { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "second")] public string? Code { get; set; }

    [SupplyParameterFromQuery(Name = FrameUrls.ReturnParameter)] public string? ReturnUrl { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (HttpMethods.IsGet(Context.Request.Method) && await Pending.WhoAsync(Context) is null)
        {
            Anew();
        }
    }

    private async Task SubmitAsync()
    {
        switch (await Desk.SecondAsync(Code ?? "", Context))
        {
            case SignInAnswer.Welcome:
                Navigation.NavigateTo(FrameUrls.LocalOrHome(ReturnUrl));
                break;
            case SignInAnswer.Anew:
                Anew();
                break;
            case SignInAnswer.Wait:
                Context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                _message = Account["Wait"];
                break;
            default:
                _message = Texts["WrongCode"];
                break;
        }
    }

    private void Anew() => Navigation.NavigateTo(FrameUrls.Step(FrameUrls.SignIn, ReturnUrl));
}
