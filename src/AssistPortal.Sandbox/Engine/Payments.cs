using AssistPortal.Protocol;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Push;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Engine;

/// <summary>An order as a buyer's request brings it.</summary>
internal sealed record OrderDraft(
    Merchant Merchant, string Ordernumber, Money Amount, bool TwoStage, Customer Customer, string Comment, string PayerIp)
{
    /// <summary>The most «Спасибо» points that may pay for it.</summary>
    public Money MaxPoints { get; init; } = Money.Zero(Merchant.Currency);

    /// <summary>Whether an original amount in another currency is charged in roubles.</summary>
    public bool Convert { get; init; } = true;

    /// <summary>Cheque items, as JSON text.</summary>
    public string? Cheque { get; init; }
}

/// <summary>From the order to its successful payment, or to its end without one.</summary>
internal static class Payments
{
    /// <summary>How many attempts one order has.</summary>
    public const int MostAttempts = 5;

    private static readonly ResponseCode Declined = new("AS100");
    private static readonly ResponseCode ChallengeAwaited = new("AS110");

    public static Order Create(Session session, OrderDraft draft, DateTimeOffset at) =>
        OrderTable.Insert(session, new Order(
            0, "", draft.Merchant.Id, draft.Ordernumber, draft.Comment, draft.Amount, draft.TwoStage, OrderState.InProcess, at,
            at + Terms.PaymentTimeout, draft.Customer, draft.PayerIp, draft.MaxPoints, draft.Convert, draft.Cheque, []));

    /// <summary>Whether another attempt may be made.</summary>
    public static bool Takes(Order order) => order is { State: var state, Payment: null, Unfinished: null } && state == OrderState.InProcess
        && order.Operations.Count < MostAttempts;

    /// <summary>One attempt with a card. The order stays In Process when it fails: the buyer may try another.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="order">An order that <see cref="Takes"/> another attempt.</param>
    /// <param name="card">The card.</param>
    /// <param name="forced">An answer in place of the card's.</param>
    /// <param name="at">When.</param>
    /// <param name="points">Points that pay a part, at most what <see cref="Points.Offer"/> says; left alone when the card's answer is pending.</param>
    public static Order Attempt(Session session, Order order, TestCard card, ResponseCode? forced, DateTimeOffset at, Money? points = null)
    {
        var answer = forced ?? card.Answer;
        var byPoints = answer.Kind == ResponseKind.Pending ? null : points;
        if (byPoints is { } wanted && !(wanted.Minor > 0 && wanted.Minor <= Points.Offer(session, order, card)?.Minor))
        {
            throw new InvalidOperationException($"Order {order.Billnumber} can't be paid with {wanted} of points.");
        }

        var amount = byPoints is { } part ? order.ToPay - part : order.ToPay;
        return Authorise(session, Begin(session, order, card.Means, amount, answer, at), answer, card, byPoints, card.Means.Challenged ? "Y" : "", at);
    }

    /// <summary>One attempt by QR code or wallet, one-stage only: the buyer agrees there or doesn't.</summary>
    public static Order AttemptOther(Session session, Order order, PaymentMeans means, bool approved, DateTimeOffset at)
    {
        if (order.TwoStage)
        {
            throw new InvalidOperationException("Two-stage payments are made by card only.");
        }

        var answer = approved ? ResponseCode.Completed : Declined;
        return Authorise(session, Begin(session, order, means, order.ToPay, answer, at), answer, card: null, points: null, "", at);
    }

    /// <summary>An attempt with a card that asks for 3-D Secure: the operation waits for the buyer, nothing is sent yet.</summary>
    public static Order StartChallenge(Session session, Order order, TestCard card, DateTimeOffset at) =>
        Begin(session, order, card.Means, order.ToPay, ChallengeAwaited, at);

    /// <summary>The buyer came back from the 3-D Secure check: the card is authorised, or the attempt has failed.</summary>
    public static Order FinishChallenge(Session session, Order order, bool passed, DateTimeOffset at)
    {
        if (order.Unfinished is not { } waiting || waiting.ResponseCode != ChallengeAwaited)
        {
            throw new InvalidOperationException($"Order {order.Billnumber} awaits no 3-D Secure check.");
        }

        var card = TestCard.Behind(waiting.Means.Mask);
        return Authorise(session, order, passed ? card.Answer : Declined, card, points: null, passed ? "Y" : "N", at);
    }

    /// <summary>The term is over while the buyer was still at the 3-D Secure check, or hadn't come so far.</summary>
    public static Order TimeOut(Session session, Order order, DateTimeOffset at)
    {
        if (order.Unfinished is { } waiting)
        {
            order = OrderTable.Finish(session, order, waiting with { Status = OperationStatus.TimedOut, EndedAt = at, ResponseCode = Declined, AuthResult = "C" });
        }

        return OrderTable.Move(session, order, OrderState.Timeout, null);
    }

    /// <summary>Whether an answer of the processing centre is awaited, not the buyer.</summary>
    public static bool AwaitsAnswer(Order order) => order.Unfinished is { } unfinished && unfinished.ResponseCode != ChallengeAwaited;

    /// <summary>The answer that was pending has come: the card is good.</summary>
    public static Order FinishPending(Session session, Order order, DateTimeOffset at) =>
        Authorise(session, order, ResponseCode.Completed, card: null, points: null, order.Unfinished!.AuthResult, at);

    /// <summary>The buyer gave up after failed attempts.</summary>
    public static Order GiveUp(Session session, Order order) => OrderTable.Move(session, order, OrderState.Declined, null);

    private static Order Begin(Session session, Order order, PaymentMeans means, Money amount, ResponseCode code, DateTimeOffset at)
    {
        if (!Takes(order))
        {
            throw new InvalidOperationException($"Order {order.Billnumber} takes no payment.");
        }

        return OrderTable.Add(session, order, new Operation(
            0, order.NextOperationNumber, OperationType.Payment, OperationStatus.InProcess, amount, at, null, code, order.PayerIp, means, "", "",
            null, null, Cheque: order.Cheque)).Order;
    }

    /// <summary>Sends the unfinished payment to the processing centre and moves transaction, operation and order by its answer.</summary>
    private static Order Authorise(
        Session session, Order order, ResponseCode answer, TestCard? card, Money? points, string authResult, DateTimeOffset at)
    {
        var unfinished = order.Unfinished!;
        var authorisation = ProcessingCentre.Authorise(session, unfinished.Amount, answer, at);
        var pending = authorisation.Code.Kind == ResponseKind.Pending;
        var operation = unfinished with
        {
            Status = pending ? OperationStatus.InProcess : authorisation.HoldId is null ? OperationStatus.Failed : OperationStatus.Completed,
            EndedAt = pending ? null : at,
            ResponseCode = authorisation.Code,
            ApprovalCode = authorisation.ApprovalCode,
            Rrn = authorisation.Rrn,
            HoldId = authorisation.HoldId,
            AuthResult = authResult,
        };
        order = OrderTable.Finish(session, order, operation);
        if (pending)
        {
            return OrderTable.Move(session, order, OrderState.InProcess, at + Terms.PendingAnswer);
        }

        if (operation.HoldId is not { } holdId)
        {
            TransactionTable.Declined(session, order, operation.Number, TransactionKind.Authorization, operation.Amount, at);
            return PushOutbox.Announce(session, order, at);
        }

        TransactionTable.Done(session, order, operation.Number, TransactionKind.Authorization, operation.Amount, at);
        if (points is { } part)
        {
            order = Points.Pay(session, order, card!, part, at);
        }

        if (order.TwoStage)
        {
            return PushOutbox.Announce(session, OrderTable.Move(session, order, OrderState.Delayed, at + Terms.CancelAfter), at);
        }

        ProcessingCentre.Present(session, holdId, operation.Amount.Minor, releaseRest: false, at);
        TransactionTable.Queue(session, order, operation.Number, operation.Amount, at);
        order = Points.Accrue(session, order, operation, at);
        return PushOutbox.Announce(session, OrderTable.Move(session, order, OrderState.Approved, null), at);
    }
}
