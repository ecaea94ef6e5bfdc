using AssistPortal.Protocol;
using AssistPortal.Sandbox.Push;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Engine;

/// <summary>
/// charge: the second stage, once for a payment, in full or in part. Of an order paid partly with points the card's part alone is
/// confirmed, and only whole: plain billnumber, no amount.
/// </summary>
internal static class Confirmations
{
    private static readonly ErrorCode NotDelayed = new(15, 307);
    private static readonly ErrorCode TermOver = new(16, 307);

    public static CommandOutcome Confirm(Session session, MoneyCommand command, DateTimeOffset at)
    {
        if (OrderTable.Find(session, command.Billnumber.Order) is not { } order || order.MerchantId != command.MerchantId)
        {
            return new CommandOutcome.Refused(ErrorCode.NoOrder);
        }

        if (order.Payment is not { HoldId: { } holdId, EndedAt: { } paidAt } payment || order.State != OrderState.Delayed)
        {
            return new CommandOutcome.Refused(NotDelayed);
        }

        if (!command.Names(payment) || (order.PointsPayment is not null && command.Billnumber.Operation is not null))
        {
            return new CommandOutcome.Refused(MoneyCommandChecks.WrongBillnumber);
        }

        if (command.ReadAmount(payment.Amount, out var amount) is { } error)
        {
            return new CommandOutcome.Refused(error);
        }

        if (amount.Minor > payment.Amount.Minor || (order.PointsPayment is not null && command.Amount is not null))
        {
            return new CommandOutcome.Refused(MoneyCommandChecks.WrongAmount);
        }

        if (at > paidAt + Terms.ConfirmWithin)
        {
            return new CommandOutcome.Refused(TermOver);
        }

        var (confirmed, operation) = OrderTable.Add(session, order, payment with
        {
            Number = order.NextOperationNumber,
            Type = OperationType.Confirmation,
            Status = command.Forced is null ? OperationStatus.Completed : OperationStatus.Failed,
            Amount = amount,
            StartedAt = at,
            EndedAt = at,
            ResponseCode = command.Forced ?? ResponseCode.Completed,
            ClientIp = command.ClientIp,
            HoldId = null,
            Cheque = command.Cheque,
        });
        if (command.Forced is not null)
        {
            return new CommandOutcome.Made(PushOutbox.Announce(session, confirmed, at), [operation]);
        }

        ProcessingCentre.Present(session, holdId, amount.Minor, command.ReleaseRest, at);
        TransactionTable.Queue(session, order, operation.Number, amount, at);
        var state = amount == payment.Amount ? OrderState.Approved : OrderState.PartialDelayed;
        confirmed = Points.Accrue(session, confirmed, payment, at);
        return new CommandOutcome.Made(PushOutbox.Announce(session, OrderTable.Move(session, confirmed, state, null), at), [operation]);
    }
}
