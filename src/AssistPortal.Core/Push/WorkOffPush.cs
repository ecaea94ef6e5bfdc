using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Sync;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AssistPortal.Core.Push;

/// <summary>Asks the gateway for the order a push speaks of. Nothing else of the push is used, so a forged one costs a query and no more.</summary>
internal sealed class WorkOffPush(
    IDbContextFactory<PortalDbContext> databases, AssistClient gateway, OrderWriter writer, MerchantDirectory merchants, OrderFeed feed, TimeProvider time, ILogger<WorkOffPush> logger)
{
    // A killed process is waited for so long. A query that takes longer may be asked twice, which does no harm.
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    // After that the regular exchange has long brought what there was.
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(1);

    // The gateway keeps orders a year and a half.
    private static readonly TimeSpan KeptByGateway = TimeSpan.FromDays(540);

    /// <summary>Takes the push and works it off; nothing when another worker has it.</summary>
    public async Task RunAsync(Guid pushId, CancellationToken stopping)
    {
        if (await TakeAsync(pushId, stopping) is not { } push)
        {
            return;
        }

        try
        {
            await (push.Billnumber is { } billnumber && merchants.Find(push.MerchantId) is not null
                ? AskAsync(push, billnumber, stopping)
                : EndAsync(push, found => found.Fail("the merchant isn't configured any more", time.GetUtcNow()), stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Given back at once: the next start goes on without waiting for the lease.
            await EndAsync(push, found => (found.NextTryAt, found.Lease, found.LeaseUntil) = (time.GetUtcNow(), null, null), CancellationToken.None);
        }
    }

    private async Task<PushDelivery?> TakeAsync(Guid pushId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var until = now + LeaseTime;
        var lease = Guid.CreateVersion7(now);
        var taken = await db.PushDeliveries
            .Where(push => push.Id == pushId && push.State == PushState.Received && push.NextTryAt <= now && (push.Lease == null || push.LeaseUntil <= now))
            .ExecuteUpdateAsync(
                set => set.SetProperty(push => push.Lease, lease).SetProperty(push => push.LeaseUntil, until).SetProperty(push => push.NextTryAt, until),
                cancellationToken);
        return taken == 0 ? null : await db.PushDeliveries.AsNoTracking().SingleAsync(push => push.Id == pushId, cancellationToken);
    }

    private async Task AskAsync(PushDelivery push, string billnumber, CancellationToken cancellationToken)
    {
        var known = await KnownAsync(push.MerchantId, billnumber, cancellationToken);
        if (known?.AskedAt >= push.StateAt)
        {
            // Another push about the same order was worked off meanwhile, or somebody opened it: the answer is younger than the push.
            await EndAsync(push, found => found.Finish(PushEffect.Nothing, time.GetUtcNow()), cancellationToken);
            return;
        }

        var start = time.GetUtcNow();
        var from = (known?.OrderDate ?? Claimed(push, start)).AddDays(-1);
        switch (await gateway.OrderResultAsync(new OrderResultQuery(push.MerchantId, new Billnumber(billnumber), null, from), cancellationToken))
        {
            case GatewayResult<IReadOnlyList<OrderSnapshot>>.Answered answered when answered.Value.FirstOrDefault(order => order.Billnumber.Order == billnumber) is { } order:
                await TakeInAsync(push, order, start, cancellationToken);
                break;
            case GatewayResult<IReadOnlyList<OrderSnapshot>>.Answered:
                await EndAsync(push, found => found.Fail("the gateway doesn't know the order", time.GetUtcNow()), cancellationToken);
                break;
            case GatewayResult<IReadOnlyList<OrderSnapshot>>.Failed { Failure: var failure }:
                await EndAsync(push, found => PutOff(found, failure), cancellationToken);
                break;
        }
    }

    private async Task<Known?> KnownAsync(int merchantId, string billnumber, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Orders
            .Where(order => order.MerchantId == merchantId && order.Billnumber == billnumber)
            .Select(order => new Known(order.OrderDate, order.AskedAt))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Where to look for an order the copy lacks: as the push says, within what the gateway keeps.</summary>
    private static DateTimeOffset Claimed(PushDelivery push, DateTimeOffset now)
    {
        var claimed = push.OrderDate ?? push.ReceivedAt;
        return claimed > now ? now : claimed < now - KeptByGateway ? now - KeptByGateway : claimed;
    }

    /// <summary>The answer and the push's end in one transaction; pages are told after it.</summary>
    private async Task TakeInAsync(PushDelivery push, OrderSnapshot order, DateTimeOffset start, CancellationToken cancellationToken)
    {
        OrderChange? change;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var changes = await writer.WriteAsync(db, push.MerchantId, [order], whole: true, start, cancellationToken);
            change = changes.SingleOrDefault();
            var effect = change switch { null => PushEffect.Nothing, { IsNew: true } => PushEffect.NewOrder, _ => PushEffect.Changed };
            if (await db.PushDeliveries.SingleOrDefaultAsync(found => found.Id == push.Id && found.Lease == push.Lease, cancellationToken) is { } held)
            {
                held.Finish(effect, time.GetUtcNow());
                await db.SaveChangesAsync(cancellationToken);
                logger.PushWorkedOff(push.Id, order.Billnumber.Order, effect);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        feed.Publish(change ?? new OrderChange(push.MerchantId, order.Billnumber.Order, IsNew: false));
    }

    private void PutOff(PushDelivery push, GatewayFailure failure)
    {
        var now = time.GetUtcNow();
        if (now - push.StateAt > GiveUpAfter)
        {
            push.Fail(failure.Brief, now);
            return;
        }

        var wait = FirstWait * Math.Pow(2, Math.Min(push.Tries, 10));
        push.Wait(failure.Brief, now + (wait < LongestWait ? wait : LongestWait));
        logger.PushWaits(push.Id, push.Billnumber!, push.Tries, failure.Brief);
    }

    /// <summary>Writes what became of the push, if it is still held, and tells the pages.</summary>
    private async Task EndAsync(PushDelivery push, Action<PushDelivery> end, CancellationToken cancellationToken)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            if (await db.PushDeliveries.SingleOrDefaultAsync(found => found.Id == push.Id && found.Lease == push.Lease, cancellationToken) is not { } held)
            {
                return;
            }

            end(held);
            await db.SaveChangesAsync(cancellationToken);
        }

        feed.Publish(new OrderChange(push.MerchantId, push.Billnumber ?? "", IsNew: false));
    }

    private sealed record Known(DateTimeOffset OrderDate, DateTimeOffset? AskedAt);
}
