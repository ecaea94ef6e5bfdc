using AssistPortal.Protocol;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Engine;

/// <summary>
/// The programme «Спасибо»: points pay a part of an order, a purchase earns points, a cancellation gives back and takes back. A point is
/// worth a rouble and has hundredths.
/// </summary>
internal static class Points
{
    /// <summary>What of an order is always paid by the card: one rouble.</summary>
    private const long LeastByCard = 100;

    /// <summary>One point for every hundred roubles paid by the card.</summary>
    private const long EarnedOneOf = 100;

    /// <summary>How many points may pay for the order with this card; nothing when none may.</summary>
    public static Money? Offer(Session session, Order order, TestCard card)
    {
        if (card.PointsMinor is null || !DemoMerchants.Get(order.MerchantId).Spasibo || order.Amount.Currency != Merchant.Currency)
        {
            return null;
        }

        var most = Math.Min(Math.Min(order.MaxPoints.Minor, PointsBank.Balance(session, card)), order.Amount.Minor - LeastByCard);
        return most > 0 ? new Money(most, Merchant.Currency) : null;
    }

    /// <summary>Writes points off for the order, at the first stage already.</summary>
    public static Order Pay(Session session, Order order, TestCard card, Money points, DateTimeOffset at)
    {
        PointsBank.WriteOff(session, card, points.Minor);
        return Add(session, order, OperationType.Payment, points, PaymentMeans.Points, TransactionKind.PointsWriteOff, at, order.PayerIp);
    }

    /// <summary>Accrues for the money that was taken, where the card and the merchant take part.</summary>
    public static Order Accrue(Session session, Order order, Operation payment, DateTimeOffset at)
    {
        if (CardOf(order, payment) is not { } card || Earned(order.Left(payment)) is not { Minor: > 0 } earned)
        {
            return order;
        }

        PointsBank.Accrue(session, card, earned.Minor);
        return Add(session, order, OperationType.Accrual, earned, PaymentMeans.Points with { Subtype = "Accrual" }, TransactionKind.Accrual, at, order.PayerIp);
    }

    /// <summary>Gives paid points back, as a cancellation of their own.</summary>
    public static Order GiveBack(Session session, Order order, Operation payment, Money points, MoneyCommand command, DateTimeOffset at)
    {
        PointsBank.GiveBack(session, TestCard.Behind(payment.Means.Mask), points.Minor);
        return Add(
            session, order, OperationType.Cancellation, points, PaymentMeans.Points, TransactionKind.PointsReturn, at, command.ClientIp, command.ExternalRefundId);
    }

    /// <summary>Takes back what was accrued for money that has been given back since. The account may go below zero: the points may be spent.</summary>
    public static Order TakeBack(Session session, Order order, Operation payment, string clientIp, DateTimeOffset at)
    {
        if (order.Accrued - Earned(order.Left(payment)).Minor is not (> 0 and var surplus) || CardOf(order, payment) is not { } card)
        {
            return order;
        }

        PointsBank.TakeBack(session, card, surplus);
        return Add(
            session, order, OperationType.Accrual, new Money(surplus, Merchant.Currency), PaymentMeans.Points with { Subtype = PaymentMeans.Reversal },
            TransactionKind.AccrualReversal, at, clientIp);
    }

    private static Money Earned(Money paid) => paid with { Minor = paid.Minor / EarnedOneOf };

    private static TestCard? CardOf(Order order, Operation payment) =>
        DemoMerchants.Get(order.MerchantId).Spasibo && payment.Amount.Currency == Merchant.Currency && payment.Means.Mask.Length > 0
        && TestCard.Behind(payment.Means.Mask) is { PointsMinor: not null } card
            ? card
            : null;

    private static Order Add(
        Session session, Order order, OperationType type, Money points, PaymentMeans means, string kind, DateTimeOffset at, string clientIp,
        string? externalRefundId = null)
    {
        var (added, operation) = OrderTable.Add(session, order, new Operation(
            0, order.NextOperationNumber, type, OperationStatus.Completed, points, at, at, ResponseCode.Completed, clientIp, means, "", "",
            externalRefundId, null));
        TransactionTable.Done(session, order, operation.Number, kind, points, at);
        return added;
    }
}

/// <summary>The programme's own book: one account a card, in hundredths of a point.</summary>
internal static class PointsBank
{
    public static long Balance(Session session, TestCard card)
    {
        var known = session.Query("SELECT balance FROM points_account WHERE mask = $1", row => row.GetInt64(0), card.Means.Mask);
        return known is [var balance] ? balance : card.PointsMinor ?? 0;
    }

    public static void WriteOff(Session session, TestCard card, long minor)
    {
        if (Balance(session, card) < minor)
        {
            throw new InvalidOperationException($"The account of {card.Means.Mask} hasn't got {minor} points.");
        }

        Change(session, card, -minor);
    }

    public static void GiveBack(Session session, TestCard card, long minor) => Change(session, card, minor);

    public static void Accrue(Session session, TestCard card, long minor) => Change(session, card, minor);

    public static void TakeBack(Session session, TestCard card, long minor) => Change(session, card, -minor);

    private static void Change(Session session, TestCard card, long by) => session.Execute(
        "INSERT INTO points_account (mask, balance) VALUES ($1, $2 + $3) ON CONFLICT (mask) DO UPDATE SET balance = balance + $3",
        card.Means.Mask, card.PointsMinor ?? 0, by);
}
