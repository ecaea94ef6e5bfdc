using AssistPortal.Core.Access;
using AssistPortal.Core.Mail;
using AssistPortal.Web.Account;
using AssistPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Account;

/// <summary>Sends a link to set a new password. It says the same whoever asks for whom.</summary>
public sealed partial class ForgotPage
{
    private string? _message;
    private string? _sentTo;

    [Inject] public required AskReset AskReset { get; init; }

    [Inject] public required Outbox Outbox { get; init; }

    [Inject] public required SignInGate Gate { get; init; }

    [Inject] public required IStringLocalizer<AccountText> Texts { get; init; }

    [CascadingParameter] public HttpContext Context { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "forgot", Name = nameof(Form))] public ForgotForm? Posted { get; set; }

    private ForgotForm Form => Posted ??= new();

    private async Task SubmitAsync()
    {
        if (Form.Email?.Trim() is not { Length: > 0 and <= 256 } email)
        {
            _message = Texts["EmailMissing"];
            return;
        }

        var visitor = Visitors.Of(Context);
        if (!Gate.Admits(visitor.Ip))
        {
            Context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            _message = Texts["Wait"];
            return;
        }

        if (Outbox.IsSetUp)
        {
            await AskReset.RunAsync(email, visitor, Context.RequestAborted);
            _sentTo = email;
        }
    }

    /// <summary>What the form carries.</summary>
    public sealed class ForgotForm
    {
        public string? Email { get; set; }
    }
}
