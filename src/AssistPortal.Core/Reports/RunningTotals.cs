using AssistPortal.Core.Orders;
using AssistPortal.Protocol;

namespace AssistPortal.Core.Reports;

/// <summary>Totals per currency of exactly the rows that were written: orders may change while a long file is on its way.</summary>
internal sealed class RunningTotals
{
    private readonly SortedDictionary<string, (int Count, Money? Amount, Money? Net)> _byCurrency = new(StringComparer.Ordinal);

    public void Add(Order order)
    {
        var priced = _byCurrency.GetValueOrDefault(order.Currency);
        _byCurrency[order.Currency] = priced with { Count = priced.Count + 1, Amount = Sum(priced.Amount, new Money(order.AmountMinor, order.Currency)) };
        if (order.PaymentCurrency is { } currency)
        {
            var paid = _byCurrency.GetValueOrDefault(currency);
            _byCurrency[currency] = paid with { Net = Sum(paid.Net, new Money(order.NetMinor, currency)) };
        }
    }

    public IReadOnlyList<OrderTotal> Result => [.. _byCurrency.Select(sum => new OrderTotal(sum.Key, sum.Value.Count, sum.Value.Amount, sum.Value.Net))];

    private static Money Sum(Money? sum, Money amount) => sum is { } before ? before + amount : amount;
}
