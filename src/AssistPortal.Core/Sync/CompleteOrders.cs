using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Orders;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Sync;

/// <summary>Why an exchange isn't whole, and whether it has to stop here and begin again from the cursor.</summary>
internal sealed record Trouble(GatewayFailure Failure, bool Stops);

/// <summary>Asks for orders as a whole where resultbydate alone can't tell how they stand.</summary>
internal sealed partial class CompleteOrders(
    IDbContextFactory<PortalDbContext> databases, AssistClient gateway, OrderWriter writer, IOptions<SyncOptions> options, TimeProvider time, ILogger<CompleteOrders> logger)
{
    private const int MostUnsettled = 20;

    /// <summary>How often an order in process is asked for, and for how long: a time-out makes no operation, so no window ever shows it.</summary>
    private static readonly TimeSpan UnsettledEvery = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan UnsettledFor = TimeSpan.FromDays(3);

    /// <summary>A window shows an order's operations of that window alone: those it leaves incomplete, or in another state than the copy's, are asked for.</summary>
    /// <param name="merchant">Whose orders they are.</param>
    /// <param name="shown">The orders as the window showed them, already taken into the copy.</param>
    /// <param name="start">When the window was asked for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Trouble?> AfterWindowAsync(Merchant merchant, IReadOnlyList<OrderSnapshot> shown, DateTimeOffset start, CancellationToken cancellationToken)
    {
        var states = shown.ToDictionary(order => order.Billnumber.Order, order => order.State);
        var billnumbers = states.Keys.ToList();
        List<Copy> copies;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            copies = await db.Orders.AsNoTracking()
                .Where(order => billnumbers.Contains(order.Billnumber))
                .Select(order => new Copy(order, order.Operations.Count))
                .ToListAsync(cancellationToken);
        }

        return await AskAsync(
            merchant,
            copies
                .Where(copy => (LooksIncomplete(copy) && !(copy.Order.AskedAt >= copy.Order.ChangedAt))
                    || (copy.Order.State != states[copy.Order.Billnumber] && !(copy.Order.AskedAt >= Microseconds.Stored(start))))
                .Select(copy => copy.Order),
            cancellationToken);
    }

    /// <summary>Asks for orders that stay in process after their operations left the windows.</summary>
    public async Task<Trouble?> UnsettledAsync(Merchant merchant, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (first, last, asked) = (now - UnsettledFor, now - options.Value.Overlap, now - UnsettledEvery);
        List<Order> orders;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            orders = await db.Orders.AsNoTracking()
                .Where(order => order.MerchantId == merchant.Id && order.State == OrderState.InProcess && order.OrderDate > first && order.OrderDate < last)
                .Where(order => order.AskedAt == null || order.AskedAt < asked)
                .OrderBy(order => order.OrderDate)
                .Take(MostUnsettled)
                .ToListAsync(cancellationToken);
        }

        return await AskAsync(merchant, orders, cancellationToken);
    }

    /// <summary>Whether operations are missing: below the highest number, or such as the state can't do without.</summary>
    private static bool LooksIncomplete(Copy copy)
    {
        var order = copy.Order;
        return copy.Operations < order.HighestOperation
            || (order.State == OrderState.PartialDelayed && order.ConfirmedMinor == 0)
            || ((order.State == OrderState.Canceled || order.State == OrderState.PartialCanceled) && order.CancelledMinor == 0)
            || ((order.State == OrderState.Delayed || order.State == OrderState.Approved) && order.PaidMinor == 0);
    }

    private async Task<Trouble?> AskAsync(Merchant merchant, IEnumerable<Order> orders, CancellationToken cancellationToken)
    {
        Trouble? trouble = null;
        foreach (var order in orders)
        {
            var start = time.GetUtcNow();
            switch (await gateway.OrderResultAsync(new OrderResultQuery(merchant.Id, new Billnumber(order.Billnumber), null, order.OrderDate.AddDays(-1)), cancellationToken))
            {
                case GatewayResult<IReadOnlyList<OrderSnapshot>>.Answered answered:
                    await writer.WriteAsync(merchant.Id, answered.Value, whole: true, start, cancellationToken);
                    break;
                case GatewayResult<IReadOnlyList<OrderSnapshot>>.Failed { Failure: var failure } when ConcernsAll(failure):
                    return new Trouble(failure, Stops: true);
                case GatewayResult<IReadOnlyList<OrderSnapshot>>.Failed { Failure: var failure }:
                    // One order that can't be read must not keep all the others back.
                    NotTaken(logger, merchant.Id, order.Billnumber, failure.Brief);
                    trouble = new Trouble(failure, Stops: false);
                    break;
            }
        }

        return trouble;
    }

    private static bool ConcernsAll(GatewayFailure failure) => failure is GatewayFailure.Transport or GatewayFailure.Refused { Code.First: 7 or 8 or 17 or 19 };

    private sealed record Copy(Order Order, int Operations);

    [LoggerMessage(LogLevel.Error, "Order {Billnumber} of merchant {MerchantId} can't be completed: {Cause}")]
    private static partial void NotTaken(ILogger logger, int merchantId, string billnumber, string cause);
}
