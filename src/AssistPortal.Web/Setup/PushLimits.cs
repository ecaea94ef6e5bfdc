using System.Globalization;
using System.Threading.RateLimiting;
using AssistPortal.Core.Push;

namespace AssistPortal.Web.Setup;

/// <summary>How many pushes are taken from one address for one merchant. What is refused is not lost: the regular exchange finds it, and it shows as a gap.</summary>
internal static class PushLimits
{
    public const string Policy = "push";

    /// <summary>At once: a batch of refunds announces itself in a burst.</summary>
    public const int Burst = 300;

    private const int ASecond = 10;

    public static IServiceCollection AddPushLimits(this IServiceCollection services) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.AddPolicy(Policy, context => RateLimitPartition.GetTokenBucketLimiter(
            (Merchant(context), Address: context.Connection.RemoteIpAddress),
            _ => new TokenBucketRateLimiterOptions { TokenLimit = Burst, TokensPerPeriod = ASecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), AutoReplenishment = true }));
    });

    // All merchants that take nothing share a bucket: invented numbers make no new ones.
    private static int Merchant(HttpContext context) =>
        int.TryParse(context.Request.RouteValues["merchantId"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var merchant)
        && context.RequestServices.GetRequiredService<ReceivePush>().Takes(merchant) ? merchant : 0;
}
