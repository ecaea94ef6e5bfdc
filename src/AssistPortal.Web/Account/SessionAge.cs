using System.Globalization;
using System.Security.Claims;

namespace AssistPortal.Web.Account;

/// <summary>A session ends 24 hours after its sign-in, however busy it was. The sign-in's instant travels as a claim, so cookie and circuit can both tell.</summary>
internal static class SessionAge
{
    private const string ClaimType = "portal:signed-in-at";
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public static Claim Start() => new(ClaimType, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));

    public static bool IsOver(ClaimsPrincipal? principal) =>
        !long.TryParse(principal?.FindFirstValue(ClaimType), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        || TimeProvider.System.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds) > Longest;

    public static void Carry(ClaimsPrincipal? from, ClaimsPrincipal? to)
    {
        if (from?.FindFirst(ClaimType) is { } claim && to?.Identity is ClaimsIdentity identity)
        {
            identity.AddClaim(claim.Clone());
        }
    }
}
