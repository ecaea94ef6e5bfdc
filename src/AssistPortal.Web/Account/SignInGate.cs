using System.Threading.RateLimiting;

namespace AssistPortal.Web.Account;

/// <summary>Lets one address try to sign in ten times a minute. The account's own lockout doesn't help against one try at each of a thousand accounts.</summary>
public sealed class SignInGate : IDisposable
{
    private const int TriesPerMinute = 10;

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = TriesPerMinute,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
        }));

    /// <summary>Whether the address may try now.</summary>
    public bool Admits(string? address)
    {
        using var lease = _limiter.AttemptAcquire(address ?? "");
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
