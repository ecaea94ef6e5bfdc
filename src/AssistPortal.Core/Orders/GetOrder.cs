using AssistPortal.Core.Actions;
using AssistPortal.Core.Data;
using AssistPortal.Core.Audit;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Privacy;
using AssistPortal.Protocol;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Orders;

/// <summary>Everything the order page shows.</summary>
public sealed class GetOrder(IDbContextFactory<PortalDbContext> databases, MerchantDirectory merchants, AuditLog audit, TimeProvider time)
{
    private const int MaxRelated = 20;

    /// <summary>The order from the portal's copy. Personal data are masked without <see cref="Permission.PersonalData"/> unless <see cref="RevealOrder"/> uncovered them; that they were seen is written down.</summary>
    /// <param name="billnumber">Plain or extended.</param>
    /// <param name="actor">Who looks; an order of a merchant not granted is <see cref="Problem.NotFound"/>.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<Result<OrderDetails>> RunAsync(string billnumber, Actor actor, CancellationToken cancellationToken)
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
        var order = await db.Orders.SeenBy(actor)
            .Include(order => order.Operations.OrderBy(operation => operation.Number))
            .SingleOrDefaultAsync(order => order.Billnumber == number.Order, cancellationToken);
        if (order is null || merchants.Find(order.MerchantId) is not { } merchant)
        {
            return new Problem.NotFound();
        }

        var actions = await db.Actions.AsNoTracking()
            .Where(action => action.Billnumber == order.Billnumber)
            .OrderByDescending(action => action.CreatedAt)
            .Include(action => action.Steps.OrderBy(step => step.Number))
            .ToListAsync(cancellationToken);
        var related = await db.Orders.SeenBy(actor)
            .Where(other => other.MerchantId == order.MerchantId && other.OrderNumberSearch == order.OrderNumberSearch && other.Billnumber != order.Billnumber)
            .Sorted(OrderSort.Date, descending: true)
            .Take(MaxRelated)
            .Rows(db)
            .ToListAsync(cancellationToken);
        var until = await UncoveredAsync(db, order, actor, cancellationToken);
        if (until is null)
        {
            PersonalData.Hide(order);
        }

        return new OrderDetails(
            order, merchant, Remainder.Of(order, actions), await ListActions.WithOperationsAsync(db, actions, cancellationToken), [.. related.Select(row => row.For(actor))], until);
    }

    // Until when this person sees the order's data; whoever always may is written down once in that time, not with every reload of the page.
    private async Task<DateTimeOffset?> UncoveredAsync(PortalDbContext db, Order order, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var isOpen = actor.May(Permission.PersonalData, order.MerchantId);
        if (actor.IsPreview)
        {
            return isOpen ? now : null;
        }

        var until = isOpen || actor.May(Permission.Reveal, order.MerchantId)
            ? await db.RevealedOrders.Where(row => row.UserId == actor.UserId && row.Billnumber == order.Billnumber && row.Until > now).Select(row => (DateTimeOffset?)row.Until).SingleOrDefaultAsync(cancellationToken)
            : null;
        return until is null && isOpen
            ? await RevealOrder.UncoverAsync(db, audit, order.Billnumber, order.MerchantId, "opened", actor, now, cancellationToken)
            : until;
    }
}

/// <summary>An order with what belongs to it.</summary>
/// <param name="Order">The copy, with its operations in order of their numbers; not tracked.</param>
/// <param name="Merchant">Its merchant.</param>
/// <param name="Left">What was paid, confirmed, cancelled and is left.</param>
/// <param name="Actions">Actions given in the portal, newest first, with their steps.</param>
/// <param name="Related">Other orders with the same order number, newest first; at most 20.</param>
/// <param name="UncoveredUntil">Until when the personal data are uncovered; <see langword="null"/> while they are masked.</param>
public sealed record OrderDetails(
    Order Order, Merchant Merchant, Remainder Left, IReadOnlyList<ActionDetails> Actions, IReadOnlyList<OrderRow> Related, DateTimeOffset? UncoveredUntil);
