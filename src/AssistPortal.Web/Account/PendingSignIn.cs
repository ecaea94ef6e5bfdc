using System.Security.Claims;
using AssistPortal.Core.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace AssistPortal.Web.Account;

/// <summary>
/// A person between the password and the second factor: a cookie of its own, of a scheme that opens no page but the next step. Good for ten
/// minutes and for the password it was got with.
/// </summary>
public sealed class PendingSignIn(UserManager<PortalUser> users)
{
    public const string Scheme = "portal.pending";

    private const string Stamp = "portal:stamp";

    public static async Task BeginAsync(PortalUser user, HttpContext context)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()), new Claim(Stamp, user.SecurityStamp ?? "")], Scheme);
        await context.SignInAsync(Scheme, new ClaimsPrincipal(identity));
    }

    /// <summary>The person; <see langword="null"/> when nobody has shown a password here lately, or it no longer counts.</summary>
    public async Task<PortalUser?> WhoAsync(HttpContext context)
    {
        var ticket = await context.AuthenticateAsync(Scheme);
        return ticket.Principal is { } principal && SessionClaims.UserId(principal) is { } id
            && await users.FindByIdAsync(id.ToString()) is { IsDismissed: false } user
            && (user.SecurityStamp ?? "") == principal.FindFirstValue(Stamp) && !await users.IsLockedOutAsync(user)
            ? user
            : null;
    }

    public static Task EndAsync(HttpContext context) => context.SignOutAsync(Scheme);
}
