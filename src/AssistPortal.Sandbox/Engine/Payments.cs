using AssistPortal.Protocol;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Engine;

/// <summary>An order as a buyer's request brings it.</summary>
internal sealed record OrderDraft(
    Merchant Merchant, string Ordernumber, Money Amount, bool TwoStage, Customer Customer, string Comment, string PayerIp);

/// <summary>From the order to its successful payment, or to its end without one.</summary>
internal static class Payments
{
    public static Order Create(Session session, OrderDraft draft, DateTimeOffset at) =>
        OrderTable.Insert(session, new Order(
            0, "", draft.Merchant.Id, draft.Ordernumber, draft.Comment, draft.Amount, draft.TwoStage, OrderState.InProcess, at,
            at + Terms.PaymentTimeout, draft.Customer, draft.PayerIp, []));

    /// <summary>One attempt with a card. The order stays In Process when it fails: the buyer may try another.</summary>
    public static Order Attempt(Session session, Order order, TestCard card, ResponseCode? forced, DateTimeOffset at)
    {
        var amount = ExchangeRate.ToCharge(order.Amount);
        var authorisation = ProcessingCentre.Authorise(session, amount, forced ?? card.Answer, at);
        var pending = authorisation.Code.Kind == ResponseKind.Pending;
        var status = pending ? OperationStatus.InProcess : StatusOf(authorisation);
        var (attempted, operation) = OrderTable.Add(session, order, new Operation(
            0, order.NextOperationNumber, OperationType.Payment, status, amount, at, pending ? null : at, authorisation.Code, order.PayerIp,
            card.Means, authorisation.ApprovalCode, authorisation.Rrn, null, authorisation.HoldId));
        if (pending)
        {
            return OrderTable.Move(session, attempted, OrderState.InProcess, at + Terms.PendingAnswer);
        }

        return Settle(session, attempted, operation, at);
    }

    /// <summary>The answer that was pending has come: the card is good.</summary>
    public static Order FinishPending(Session session, Order order, DateTimeOffset at)
    {
        var pending = order.Operations.First(operation => operation.Status == OperationStatus.InProcess);
        var authorisation = ProcessingCentre.Authorise(session, pending.Amount, ResponseCode.Completed, at);
        var finished = pending with
        {
            Status = OperationStatus.Completed,
            EndedAt = at,
            ResponseCode = authorisation.Code,
            ApprovalCode = authorisation.ApprovalCode,
            Rrn = authorisation.Rrn,
            HoldId = authorisation.HoldId,
        };
        return Settle(session, OrderTable.Finish(session, order, finished), finished, at);
    }

    /// <summary>The buyer gave up after failed attempts.</summary>
    public static Order GiveUp(Session session, Order order) => OrderTable.Move(session, order, OrderState.Declined, null);

    private static Order Settle(Session session, Order order, Operation operation, DateTimeOffset at)
    {
        if (operation.HoldId is not { } holdId)
        {
            TransactionTable.Declined(session, order, operation.Number, TransactionKind.Authorization, operation.Amount, at);
            return order;
        }

        TransactionTable.Done(session, order, operation.Number, TransactionKind.Authorization, operation.Amount, at);
        if (order.TwoStage)
        {
            return OrderTable.Move(session, order, OrderState.Delayed, at + Terms.CancelAfter);
        }

        ProcessingCentre.Present(session, holdId, operation.Amount.Minor, releaseRest: false, at);
        TransactionTable.Queue(session, order, operation.Number, operation.Amount, at);
        return OrderTable.Move(session, order, OrderState.Approved, null);
    }

    private static string StatusOf(Authorisation authorisation) =>
        authorisation.HoldId is null ? OperationStatus.Failed : OperationStatus.Completed;
}
