using AssistPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Push;

/// <summary>Bounds what is kept, so that nobody fills the disk with pushes. What still waits is never dropped.</summary>
internal static class PushRetention
{
    /// <summary>Rejected pushes kept a merchant, the newest.</summary>
    public const int Rejected = 1_000;

    /// <summary>Settled pushes kept a merchant, the newest.</summary>
    public const int Settled = 100_000;

    private static readonly PushState[] SettledStates = [PushState.WorkedOff, PushState.Failed];

    /// <summary>Drops the oldest rejected pushes of a merchant beyond the limit.</summary>
    public static Task TrimRejectedAsync(PortalDbContext db, int merchantId, CancellationToken cancellationToken) =>
        TrimAsync(db.PushDeliveries.Where(push => push.MerchantId == merchantId && push.State == PushState.Rejected), Rejected, cancellationToken);

    /// <summary>Drops the oldest settled pushes of a merchant beyond the limit. Gaps are looked for only as far back as pushes are kept.</summary>
    public static Task TrimSettledAsync(PortalDbContext db, int merchantId, int kept, CancellationToken cancellationToken) =>
        TrimAsync(db.PushDeliveries.Where(push => push.MerchantId == merchantId && SettledStates.Contains(push.State)), kept, cancellationToken);

    private static async Task TrimAsync(IQueryable<PushDelivery> pushes, int kept, CancellationToken cancellationToken)
    {
        var newestSurplus = await pushes
            .OrderByDescending(push => push.ReceivedAt)
            .Select(push => (DateTimeOffset?)push.ReceivedAt)
            .Skip(kept)
            .FirstOrDefaultAsync(cancellationToken);
        if (newestSurplus is { } until)
        {
            await pushes.Where(push => push.ReceivedAt <= until).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
