using AssistPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Account;

/// <summary>A new password, typed twice; what was typed is never sent back to the page.</summary>
public class NewPasswordForm
{
    public string? Password { get; set; }

    public string? Again { get; set; }

    /// <summary>What is wrong before any rule is asked.</summary>
    public string? Fault(IStringLocalizer<AccountText> texts) =>
        string.IsNullOrEmpty(Password) ? texts["PasswordMissing"].Value : Password != Again ? texts["PasswordsDiffer"].Value : null;
}
