using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Orders;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Push;

/// <summary>
/// Operations that were found by asking though no push announced them: successful ones of merchants that take pushes, made since their
/// first accepted push that is kept, within the last 30 days. The gateway may be set to announce no failures, so those count as no gap.
/// </summary>
public sealed class ListPushGaps(IDbContextFactory<PortalDbContext> databases, MerchantDirectory merchants, PushReader reader, TimeProvider time)
{
    /// <summary>How long a push may be on its way before its absence is a gap.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>How far back gaps are looked for.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(30);

    private const int MaxPageSize = 100;

    /// <summary>A page of gaps, newest first.</summary>
    /// <param name="merchantId">Merchant_ID; <see langword="null"/> for all the actor sees.</param>
    /// <param name="page">Page number from 0; one beyond the end is the last.</param>
    /// <param name="pageSize">Rows a page, 1–100.</param>
    /// <param name="actor">Who looks; needs <see cref="Permission.View"/> and sees only granted merchants.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<Result<PushGapPage>> RunAsync(int? merchantId, int page, int pageSize, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.View))
        {
            return new Problem.Denied(Permission.View);
        }

        var pushing = merchants.All
            .Where(merchant => actor.Sees(merchant.Id) && (merchantId is null || merchant.Id == merchantId) && reader.ReplyOf(merchant.Id) != PushReply.Off)
            .Select(merchant => merchant.Id)
            .ToArray();
        var now = time.GetUtcNow();
        var (oldest, newest) = (now - Within, now - Grace);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var gaps = from operation in db.Operations.AsNoTracking()
                   join order in db.Orders.AsNoTracking() on operation.Billnumber equals order.Billnumber
                   where pushing.Contains(order.MerchantId)
                       && operation.Outcome == OperationOutcome.Succeeded
                       && operation.Date >= oldest
                       && operation.Date <= newest
                       && operation.Date >= db.PushDeliveries
                           .Where(push => push.MerchantId == order.MerchantId && push.Verdict == PushVerdict.Accepted)
                           .OrderBy(push => push.ReceivedAt)
                           .Select(push => (DateTimeOffset?)push.ReceivedAt)
                           .FirstOrDefault()
                       && !db.PushDeliveries.Any(push => push.MerchantId == order.MerchantId
                           && push.Billnumber == operation.Billnumber
                           && (push.OperationNumber == null || push.OperationNumber == operation.Number)
                           && push.Verdict == PushVerdict.Accepted)
                   orderby operation.Date descending, operation.Billnumber descending, operation.Number descending
                   select new PushGap(
                       order.Billnumber, operation.Number, order.MerchantId, order.OrderNumber, operation.Type, new Money(operation.AmountMinor, operation.Currency), operation.Date!.Value);
        var total = await gaps.CountAsync(cancellationToken);
        var size = Math.Clamp(pageSize, 1, MaxPageSize);
        var last = total == 0 ? 0 : (total - 1) / size;
        return new PushGapPage(await gaps.Skip(Math.Clamp(page, 0, last) * size).Take(size).ToListAsync(cancellationToken), total, pushing.Length > 0);
    }
}

/// <summary>An operation no push announced.</summary>
/// <param name="Billnumber">The order, plain.</param>
/// <param name="Number">The operation's number.</param>
/// <param name="MerchantId">Merchant_ID.</param>
/// <param name="OrderNumber">The merchant's number of the order.</param>
/// <param name="Type">What it was.</param>
/// <param name="Amount">Its amount.</param>
/// <param name="At">When it was made, UTC.</param>
public sealed record PushGap(string Billnumber, int Number, int MerchantId, string OrderNumber, OperationType Type, Money Amount, DateTimeOffset At);

/// <summary>A page of gaps.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="IsAnyPushing">Whether any of the merchants looked at takes pushes; without one there can be no gap.</param>
public sealed record PushGapPage(IReadOnlyList<PushGap> Rows, int Total, bool IsAnyPushing);
