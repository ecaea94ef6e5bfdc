using AssistPortal.Core.Data;
using AssistPortal.Protocol;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Orders;

/// <summary>Counters of the state tabs and totals per currency for a filter.</summary>
public sealed class CountOrders(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>Counts what fits the filter; the filter's state is left out of the counters and kept in the totals.</summary>
    /// <param name="filter">What fits.</param>
    /// <param name="actor">Who looks; needs <see cref="Permission.View"/>.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<Result<OrderCounts>> RunAsync(OrderFilter filter, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.View))
        {
            return new Problem.Denied(Permission.View);
        }

        if (OrderQuery.Check(filter) is { } problem)
        {
            return problem;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var seen = db.Orders.SeenBy(actor);
        var states = await seen
            .Fitting(filter with { State = null }, actor)
            .GroupBy(order => order.State)
            .Select(group => new { State = group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.State, group => group.Count, cancellationToken);
        return new OrderCounts(states, await TotalsAsync(seen.Fitting(filter, actor), cancellationToken));
    }

    /// <summary>Totals per currency: an order paid in another currency than it was priced in counts in each with its own figure.</summary>
    private static async Task<IReadOnlyList<OrderTotal>> TotalsAsync(IQueryable<Order> orders, CancellationToken cancellationToken)
    {
        var sums = await orders
            .GroupBy(order => new { order.Currency, order.PaymentCurrency })
            .Select(group => new { group.Key.Currency, group.Key.PaymentCurrency, Count = group.Count(), Amount = group.Sum(order => order.AmountMinor), Net = group.Sum(order => order.NetMinor) })
            .ToListAsync(cancellationToken);
        return [.. sums
            .SelectMany(sum => new[] { sum.Currency, sum.PaymentCurrency })
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(currency =>
            {
                var priced = sums.Where(sum => sum.Currency == currency).ToList();
                var paid = sums.Where(sum => sum.PaymentCurrency == currency).ToList();
                return new OrderTotal(
                    currency,
                    priced.Sum(sum => sum.Count),
                    priced.Count == 0 ? null : new Money(priced.Sum(sum => sum.Amount), currency),
                    paid.Count == 0 ? null : new Money(paid.Sum(sum => sum.Net), currency));
            })];
    }
}

/// <summary>Counters and totals.</summary>
/// <param name="ByState">How many orders are in each state that occurs.</param>
/// <param name="Totals">Totals per currency of what fits the whole filter.</param>
public sealed record OrderCounts(IReadOnlyDictionary<OrderState, int> ByState, IReadOnlyList<OrderTotal> Totals)
{
    /// <summary>All states together.</summary>
    public int All => ByState.Values.Sum();
}

/// <summary>Totals of one currency.</summary>
/// <param name="Count">Orders that have it as original currency.</param>
/// <param name="Amount">Sum of the original amounts in their currency; <see langword="null"/> when no order has it as original currency.</param>
/// <param name="Net">Sum after cancellations in the payment's currency; <see langword="null"/> when none was paid in it.</param>
/// <param name="Currency">The currency.</param>
public sealed record OrderTotal(string Currency, int Count, Money? Amount, Money? Net);
