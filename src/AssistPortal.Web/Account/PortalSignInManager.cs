using AssistPortal.Core.SecondFactor;
using AssistPortal.Core.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AssistPortal.Web.Account;

/// <summary>Identity's sign-in with two rules more: the dismissed don't sign in, and second factors are the portal's own.</summary>
public sealed class PortalSignInManager(
    UserManager<PortalUser> users,
    IHttpContextAccessor context,
    IUserClaimsPrincipalFactory<PortalUser> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<PortalUser>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<PortalUser> confirmation,
    SecondFactors factors)
    : SignInManager<PortalUser>(users, context, claims, options, logger, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(PortalUser user) => !user.IsDismissed && !user.IsInvited && await base.CanSignInAsync(user);

    // A right password forgives earlier mistakes only where it is the whole way in. Otherwise whoever has it could try codes for ever.
    public override async Task<bool> IsTwoFactorEnabledAsync(PortalUser user) => (await factors.StateAsync(user.Id, Context.RequestAborted)).HasAny;
}
