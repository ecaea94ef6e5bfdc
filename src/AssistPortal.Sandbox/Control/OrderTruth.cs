using AssistPortal.Protocol;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Control;

/// <summary>The truth about an order, what tests compare with: amounts in minor units, instants UTC.</summary>
internal static class OrderTruth
{
    public static object Of(Session session, Order order) => new
    {
        order.Billnumber,
        Merchant = order.MerchantId,
        order.Ordernumber,
        State = order.State.Wire,
        AmountMinor = order.Amount.Minor,
        order.Amount.Currency,
        Delay = order.TwoStage ? 1 : 0,
        MaxPointsMinor = order.MaxPoints.Minor,
        order.Convert,
        order.Comment,
        order.Cheque,
        order.Customer,
        Created = order.CreatedAt,
        Due = order.DueAt,
        Operations = order.Operations.Select(operation => new
        {
            Billnumber = new Billnumber(order.Billnumber, operation.Number).ToString(),
            operation.Number,
            Type = operation.Type.Code,
            State = operation.Status,
            AmountMinor = operation.Amount.Minor,
            operation.Amount.Currency,
            Responsecode = operation.ResponseCode.Wire,
            Started = operation.StartedAt,
            Ended = operation.EndedAt,
            operation.ClientIp,
            operation.ExternalRefundId,
            Means = operation.Means.TypeName,
            operation.Means.Subtype,
            operation.AuthResult,
            operation.Cheque,
        }),
        Transactions = TransactionTable.Of(session, order).Select(transaction => new
        {
            Operation = transaction.OperationNumber,
            transaction.Kind,
            transaction.State,
            AmountMinor = transaction.Amount.Minor,
            transaction.Amount.Currency,
            Created = transaction.CreatedAt,
            Done = transaction.DoneAt,
        }),
        Money = order.Payment?.HoldId is { } hold ? ProcessingCentre.Book(session, hold) : null,
        Points = order is { PointsPayment: { } points, Payment: { } payment }
            ? new { PaidMinor = points.Amount.Minor, LeftMinor = order.Left(points).Minor, BalanceMinor = PointsBank.Balance(session, TestCard.Behind(payment.Means.Mask)) }
            : null,
        AccruedMinor = order.Accrued,
    };
}
