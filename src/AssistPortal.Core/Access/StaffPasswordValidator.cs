using AssistPortal.Core.Staff;
using Microsoft.AspNetCore.Identity;

namespace AssistPortal.Core.Access;

/// <summary>Tells Identity the portal's rules, so that no way to set a password goes round them. The error's code is the <see cref="InvalidReason"/>; its English sentence is for the command line.</summary>
internal sealed class StaffPasswordValidator : IPasswordValidator<PortalUser>
{
    public Task<IdentityResult> ValidateAsync(UserManager<PortalUser> manager, PortalUser user, string? password) =>
        Task.FromResult(PasswordRules.Judge(password ?? "", user.Email ?? "", user.DisplayName) is { } reason
            ? IdentityResult.Failed(new IdentityError { Code = reason.ToString(), Description = Sentence(reason) })
            : IdentityResult.Success);

    private static string Sentence(InvalidReason reason) => reason switch
    {
        InvalidReason.PasswordTooShort => $"The password needs {PasswordRules.Shortest} characters or more.",
        InvalidReason.PasswordTooLong => $"The password may have {PasswordRules.Longest} characters at most.",
        InvalidReason.PasswordSimple => "The password only repeats a short piece or follows the keyboard: make one that isn't guessed so fast.",
        InvalidReason.PasswordLikePerson => "The password is little more than the name, the e-mail or the portal's name.",
        InvalidReason.PasswordCommon => "The password is one of the most common: others guess it first.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
