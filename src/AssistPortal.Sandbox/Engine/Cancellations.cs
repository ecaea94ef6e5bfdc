using AssistPortal.Protocol;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Push;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Engine;

/// <summary>
/// cancel and wscancel: until nothing is left, each time choosing void or refund. While no financial transaction has gone, everything that
/// is left is voided, and a part of it where the processing can do that; otherwise the financial transaction is sent ahead of the batch and
/// the money is refunded. Money goes back before points do, and points accrued for money given back are taken back: each an operation of
/// its own.
/// </summary>
internal static class Cancellations
{
    private static readonly ErrorCode NotCancellable = new(15, 308);
    private static readonly ErrorCode KnownRefundId = new(11, 308);

    public static CommandOutcome Cancel(Session session, MoneyCommand command, DateTimeOffset at)
    {
        if (OrderTable.Find(session, command.Billnumber.Order) is not { } order || order.MerchantId != command.MerchantId)
        {
            return new CommandOutcome.Refused(ErrorCode.NoOrder);
        }

        if (command.ExternalRefundId is { } id && order.Successful(OperationType.Cancellation).Any(known => known.ExternalRefundId == id))
        {
            return new CommandOutcome.Refused(KnownRefundId);
        }

        if (order.Payment is not { HoldId: not null } payment || order.Left() is not { Minor: > 0 } left)
        {
            return new CommandOutcome.Refused(NotCancellable);
        }

        if (!command.Names(payment) || (order.PointsPayment is not null && command.Billnumber.Operation is not null))
        {
            return new CommandOutcome.Refused(MoneyCommandChecks.WrongBillnumber);
        }

        if (command.ReadAmount(left, out var amount) is { } error)
        {
            return new CommandOutcome.Refused(error);
        }

        if (amount.Minor > left.Minor || (order.State == OrderState.Delayed && amount != left)
            || (order.PointsPayment is not null && command.AnswersOne))
        {
            return new CommandOutcome.Refused(NotCancellable);
        }

        return Make(session, order, payment, amount, left, command, at);
    }

    /// <summary>The term is over and nobody confirmed: the gateway gives the hold up.</summary>
    public static void CancelAutomatically(Session session, Order order, DateTimeOffset at)
    {
        if (order is not { Payment: { } payment } || order.Left() is not { } left)
        {
            throw new InvalidOperationException($"Order {order.Billnumber} is Delayed without a payment.");
        }

        Make(session, order, payment, left, left, new MoneyCommand(order.MerchantId, new Billnumber(order.Billnumber), null, null, ""), at);
    }

    private static CommandOutcome.Made Make(
        Session session, Order order, Operation payment, Money amount, Money left, MoneyCommand command, DateTimeOffset at)
    {
        var before = order.Operations.Count;
        var money = order.Left(payment);
        var ofMoney = amount.Minor <= money.Minor ? amount : money;
        if (ofMoney.Minor > 0 || command.Forced is not null)
        {
            order = CancelMoney(session, order, payment, command.Forced is null ? ofMoney : amount, money, command, at);
        }

        if (command.Forced is null)
        {
            if (order.PointsPayment is not null && amount - ofMoney is { Minor: > 0 } ofPoints)
            {
                order = Points.GiveBack(session, order, payment, ofPoints, command, at);
            }

            order = Points.TakeBack(session, order, payment, command.ClientIp, at);
            order = OrderTable.Move(session, order, amount == left ? OrderState.Canceled : OrderState.PartialCanceled, null);
        }

        return new CommandOutcome.Made(PushOutbox.Announce(session, order, at), [.. order.Operations.Skip(before)]);
    }

    private static Order CancelMoney(
        Session session, Order order, Operation payment, Money amount, Money left, MoneyCommand command, DateTimeOffset at)
    {
        var (cancelled, operation) = OrderTable.Add(session, order, payment with
        {
            Number = order.NextOperationNumber,
            Type = OperationType.Cancellation,
            Status = command.Forced is null ? OperationStatus.Completed : OperationStatus.Failed,
            Amount = amount,
            StartedAt = at,
            EndedAt = at,
            ResponseCode = command.Forced ?? ResponseCode.Completed,
            ClientIp = command.ClientIp,
            ExternalRefundId = command.ExternalRefundId,
            HoldId = null,
            Cheque = command.Cheque,
        });
        if (command.Forced is null)
        {
            GiveBack(session, order, payment.HoldId!.Value, operation, left, at);
        }

        return cancelled;
    }

    private static void GiveBack(Session session, Order order, long holdId, Operation cancellation, Money left, DateTimeOffset at)
    {
        var amount = cancellation.Amount;
        var book = ProcessingCentre.Book(session, holdId);
        var beforeFinancial = book.Captured == 0;
        if (beforeFinancial && amount == left)
        {
            ProcessingCentre.VoidAll(session, holdId, amount.Minor);
            TransactionTable.LowerQueued(session, order, amount.Minor, at);
            TransactionTable.Done(session, order, cancellation.Number, TransactionKind.Void, amount, at);
            return;
        }

        if (beforeFinancial && DemoMerchants.Get(order.MerchantId).CanVoidPart)
        {
            ProcessingCentre.VoidPart(session, holdId, amount.Minor);
            TransactionTable.LowerQueued(session, order, amount.Minor, at);
            TransactionTable.Done(session, order, cancellation.Number, TransactionKind.Void, amount, at);
            return;
        }

        if (beforeFinancial)
        {
            ProcessingCentre.Take(session, holdId);
            TransactionTable.QueuedWent(session, order, at);
        }

        ProcessingCentre.Refund(session, holdId, amount.Minor);
        TransactionTable.Done(session, order, cancellation.Number, TransactionKind.Refund, amount, at);
    }
}
