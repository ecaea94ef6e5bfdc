using AssistPortal.Core.Orders;
using AssistPortal.Protocol;

namespace AssistPortal.Core.Actions;

/// <summary>
/// What an order holds and what is left of it, from its successful operations in the payment's currency; operations in progress and open
/// actions count as taken.
/// </summary>
/// <param name="Paid">Sum of the payments.</param>
/// <param name="Confirmed">Sum of the confirmations.</param>
/// <param name="Cancelled">Sum of the cancellations.</param>
/// <param name="Confirmable">What can be confirmed now; zero when nothing can.</param>
/// <param name="Cancellable">What can be cancelled now; zero when nothing can.</param>
/// <param name="OnlyInFull">Whether a cancellation must take all of it (Delayed, or paid with points).</param>
/// <param name="HasPoints">Whether the order was paid by more than one successful payment operation, so that actions go without an amount.</param>
public sealed record Remainder(Money Paid, Money Confirmed, Money Cancelled, Money Confirmable, Money Cancellable, bool OnlyInFull, bool HasPoints)
{
    /// <summary>Computes it. In a state the table doesn't know, and in every final one, nothing is left to confirm or cancel.</summary>
    /// <param name="order">The order with its operations.</param>
    /// <param name="actions">Actions of the order: open ones, and succeeded ones whose operation the copy may lack.</param>
    public static Remainder Of(Order order, IEnumerable<MoneyAction> actions)
    {
        var payments = order.Operations.Where(operation => operation.Type == OperationType.Payment && operation.Outcome == OperationOutcome.Succeeded).ToList();
        var currency = order.PaymentCurrency ?? payments.MinBy(payment => payment.Number)?.Currency ?? order.Currency;
        var hasPoints = payments.Count > 1;

        long Sum(OperationType type, OperationOutcome outcome) => order.Operations
            .Where(operation => operation.Type == type && operation.Outcome == outcome && operation.Currency == currency)
            .Sum(operation => operation.AmountMinor);

        var paid = Sum(OperationType.Payment, OperationOutcome.Succeeded);
        var confirmed = Sum(OperationType.Confirmation, OperationOutcome.Succeeded);
        var cancelled = Sum(OperationType.Cancellation, OperationOutcome.Succeeded);

        var claimed = order.Operations.Where(operation => operation.ActionId is not null).Select(operation => operation.ActionId!.Value).ToHashSet();
        var pending = actions.Where(action => action.State.IsOpen() || (action.State == ActionState.Succeeded && !claimed.Contains(action.Id))).ToList();

        long confirmable = 0;
        long cancellable = 0;
        if (order.State == OrderState.Delayed)
        {
            // One hold, taken whole or not at all: whatever is under way or already happened to it leaves nothing to decide.
            var isTouched = pending.Count > 0 || order.Operations.Any(operation =>
                (operation.Type == OperationType.Confirmation || operation.Type == OperationType.Cancellation) && operation.Outcome != OperationOutcome.Failed);
            confirmable = cancellable = isTouched ? 0 : paid;
        }
        else if (order.State == OrderState.Approved || order.State == OrderState.PartialApproved
                 || order.State == OrderState.PartialDelayed || order.State == OrderState.PartialCanceled)
        {
            // Of an order paid with points only the card part is confirmed, yet a cancellation gives both parts back.
            var held = confirmed > 0 && !hasPoints ? confirmed : paid;
            var underWay = Sum(OperationType.Cancellation, OperationOutcome.Running)
                + pending.Where(action => action.Kind == ActionKind.Cancel).Sum(action => action.AmountMinor);
            cancellable = Math.Max(0, held - cancelled - underWay);
        }

        return new Remainder(
            new Money(paid, currency),
            new Money(confirmed, currency),
            new Money(cancelled, currency),
            new Money(confirmable, currency),
            new Money(cancellable, currency),
            order.State == OrderState.Delayed || hasPoints,
            hasPoints);
    }
}
