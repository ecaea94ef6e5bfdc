using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Sync;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Orders;

/// <summary>Asks the gateway for orders now: one known order, or an order number the copy lacks.</summary>
public sealed class RefreshOrder(IDbContextFactory<PortalDbContext> databases, AssistClient gateway, OrderWriter writer, MerchantDirectory merchants, TimeProvider time)
{
    /// <summary>Age from which opening an order asks the gateway again.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(10);

    // The gateway keeps orders a year and a half.
    private static readonly TimeSpan FindWithin = TimeSpan.FromDays(540);
    private const int MaxOrderNumber = 128;

    /// <summary>Asks orderresult for a known order when its copy is older than <see cref="FreshFor"/>, or always.</summary>
    /// <param name="billnumber">Plain or extended.</param>
    /// <param name="always">Ask even when the copy is fresh.</param>
    /// <param name="actor">Who looks; needs <see cref="Permission.View"/>.</param>
    /// <param name="cancellationToken">Gives up asking.</param>
    /// <returns>Whether the copy changed.</returns>
    public async Task<Result<bool>> RunAsync(string billnumber, bool always, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.View))
        {
            return new Problem.Denied(Permission.View);
        }

        if (!Billnumber.TryParse(billnumber, out var number))
        {
            return new Problem.NotFound();
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var known = await db.Orders.SeenBy(actor)
            .Where(order => order.Billnumber == number.Order)
            .Select(order => new { order.MerchantId, order.OrderDate, order.AskedAt })
            .SingleOrDefaultAsync(cancellationToken);
        if (known is null || merchants.Find(known.MerchantId) is null)
        {
            return new Problem.NotFound();
        }

        if (!always && known.AskedAt is { } askedAt && time.GetUtcNow() - askedAt < FreshFor)
        {
            return false;
        }

        var asked = await AskAsync(new OrderResultQuery(known.MerchantId, number.Plain, null, known.OrderDate.AddDays(-1)), cancellationToken);
        return asked is Result<Answer>.Ok answer ? answer.Value.Changes.Count > 0 : ((Result<Answer>.Failed)asked).Problem;
    }

    /// <summary>Asks orderresult for an order number over the last 540 days and takes what it finds into the copy.</summary>
    /// <param name="merchantId">Merchant_ID; must be granted.</param>
    /// <param name="orderNumber">Exact order number, 1–128 characters.</param>
    /// <param name="actor">Who looks; needs <see cref="Permission.View"/>.</param>
    /// <param name="cancellationToken">Gives up asking.</param>
    /// <returns>Billnumbers found, newest first; empty when the gateway knows none.</returns>
    public async Task<Result<IReadOnlyList<string>>> FindAsync(int merchantId, string orderNumber, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.View))
        {
            return new Problem.Denied(Permission.View);
        }

        if (!actor.Sees(merchantId) || merchants.Find(merchantId) is null)
        {
            return new Problem.NotFound();
        }

        var number = orderNumber.Trim();
        if (number.Length is 0 or > MaxOrderNumber)
        {
            return new Problem.Invalid(InvalidReason.Filter);
        }

        var asked = await AskAsync(new OrderResultQuery(merchantId, null, number, time.GetUtcNow() - FindWithin), cancellationToken);
        return asked is Result<Answer>.Ok answer
            ? new Result<IReadOnlyList<string>>.Ok([.. answer.Value.Orders.OrderByDescending(order => order.OrderDate).Select(order => order.Billnumber.Order)])
            : ((Result<Answer>.Failed)asked).Problem;
    }

    private async Task<Result<Answer>> AskAsync(OrderResultQuery query, CancellationToken cancellationToken)
    {
        var start = time.GetUtcNow();
        switch (await gateway.OrderResultAsync(query, cancellationToken))
        {
            case GatewayResult<IReadOnlyList<OrderSnapshot>>.Answered answered:
                return new Answer(answered.Value, await writer.WriteAsync(query.MerchantId, answered.Value, whole: true, start, cancellationToken));
            case GatewayResult<IReadOnlyList<OrderSnapshot>>.Failed failed:
                return new Problem.Gateway(failed.Failure);
            case var other:
                throw new InvalidOperationException($"Unknown result {other.GetType().Name}.");
        }
    }

    private sealed record Answer(IReadOnlyList<OrderSnapshot> Orders, IReadOnlyList<OrderChange> Changes);
}
