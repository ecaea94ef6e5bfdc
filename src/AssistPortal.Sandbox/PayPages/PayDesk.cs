using AssistPortal.Protocol;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Services;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>What came of a request for payment.</summary>
internal abstract record PayOpening
{
    private PayOpening()
    {
    }

    /// <summary>The order is made; the buyer's way begins.</summary>
    public sealed record Opened(PayVisit Visit, Order Order) : PayOpening;

    /// <summary>Nothing was made.</summary>
    public sealed record Refused(ErrorCode Error) : PayOpening;
}

/// <summary>
/// The buyer's way from the request to the result. Everything done is done in one transaction that first lets due terms fire and then
/// looks whether the buyer still is where the form was written: a form sent twice, or from a page gone back to, does nothing.
/// </summary>
internal sealed class PayDesk(SandboxDb db, SandboxClock clock)
{
    private const string RightCode = "1234";
    public const int MostWrongCodes = 3;

    public PayOpening Open(WireRequest request)
    {
        if (PayOrder.Read(request, out var asked) is { } error)
        {
            return new PayOpening.Refused(error);
        }

        var now = clock.GetUtcNow();
        return db.Write(session =>
        {
            var order = Payments.Create(session, asked.Draft, now);
            var visit = new PayVisit(
                PayVisit.NewCfsid(), order.Billnumber, asked.Language, asked.Means, asked.Forced, asked.ReturnOk, asked.ReturnNo, 0, null, 0);
            PayVisitTable.Insert(session, visit);
            return new PayOpening.Opened(visit, order);
        });
    }

    /// <returns>Nothing when no such visit is known.</returns>
    public PayView? View(string cfsid) => db.Read(session => Load(session, cfsid, clock.GetUtcNow()));

    public void Speak(string cfsid, Language language) => db.Write(session =>
    {
        if (PayVisitTable.Find(session, cfsid) is { } visit)
        {
            PayVisitTable.Save(session, visit with { Language = language });
        }
    });

    public void Introduce(string cfsid, int step, CustomerEntry entry) => Act(cfsid, step, PayStage.Customer, (session, view) =>
    {
        OrderTable.Introduce(session, view.Order, entry.ToCustomer(view.Order.Customer));
        return view.Visit;
    });

    /// <summary>Pays with the card, or keeps it in hand while the buyer decides about points.</summary>
    public void PayByCard(string cfsid, int step, CardInHand card) => Act(cfsid, step, PayStage.Means, (session, view) =>
    {
        if (!view.Visit.Means.HasFlag(PayMeans.Card))
        {
            return view.Visit;
        }

        if (Points.Offer(session, view.Order, card.ToTestCard()) is { Minor: > 0 })
        {
            return view.Visit with { Card = card };
        }

        Attempt(session, view, card.ToTestCard(), null);
        return view.Visit with { Card = null, WrongCodes = 0 };
    });

    /// <param name="cfsid">Whose way.</param>
    /// <param name="step">Step of the form.</param>
    /// <param name="points">How many of the points offered; nothing for none.</param>
    public void UsePoints(string cfsid, int step, Money? points) => Act(cfsid, step, PayStage.Points, (session, view) =>
    {
        if (points is { } used && (used.Minor <= 0 || used.Minor > view.Points!.Value.Minor))
        {
            return view.Visit;
        }

        Attempt(session, view, view.Visit.Card!.ToTestCard(), points);
        return view.Visit with { Card = null };
    });

    public void TakeOtherCard(string cfsid, int step) => Act(cfsid, step, PayStage.Points, (_, view) => view.Visit with { Card = null });

    public void AnswerChallenge(string cfsid, int step, string code) => Act(cfsid, step, PayStage.Challenge, (session, view) =>
    {
        var right = code.Trim() == RightCode;
        var wrongCodes = view.Visit.WrongCodes + (right ? 0 : 1);
        if (right || wrongCodes == MostWrongCodes)
        {
            GiveUpAfterLast(session, Payments.FinishChallenge(session, view.Order, right, view.Now));
        }

        return view.Visit with { WrongCodes = wrongCodes };
    });

    public void LeaveChallenge(string cfsid, int step) => Act(cfsid, step, PayStage.Challenge, (session, view) =>
    {
        GiveUpAfterLast(session, Payments.FinishChallenge(session, view.Order, false, view.Now));
        return view.Visit;
    });

    public void PayOther(string cfsid, int step, PayMeans means, bool approved) => Act(cfsid, step, PayStage.Means, (session, view) =>
    {
        if (view.Visit.Means.HasFlag(means) && OtherOf(means) is { } other)
        {
            var agreed = approved && view.Visit.Forced is not { Kind: ResponseKind.Declined };
            GiveUpAfterLast(session, Payments.AttemptOther(session, view.Order, other, agreed, view.Now));
        }

        return view.Visit;
    });

    /// <summary>The buyer doesn't want to pay any more; possible wherever nothing runs.</summary>
    public void GiveUp(string cfsid, int step) => Act(cfsid, step, null, (session, view) =>
    {
        if (view.Stage is PayStage.Customer or PayStage.Means or PayStage.Points)
        {
            Payments.GiveUp(session, view.Order);
        }

        return view.Visit;
    });

    private static void Attempt(Session session, PayView view, TestCard card, Money? points)
    {
        var order = card.Means.Challenged && view.Visit.Forced is null
            ? Payments.StartChallenge(session, view.Order, card, view.Now)
            : Payments.Attempt(session, view.Order, card, view.Visit.Forced, view.Now, points);
        GiveUpAfterLast(session, order);
    }

    /// <summary>The last attempt there is has failed: the order ends.</summary>
    private static void GiveUpAfterLast(Session session, Order order)
    {
        if (order.State == OrderState.InProcess && order.Unfinished is null && !Payments.Takes(order))
        {
            Payments.GiveUp(session, order);
        }
    }

    private static PaymentMeans? OtherOf(PayMeans means) => means switch
    {
        PayMeans.FastPay => PaymentMeans.FastPayment,
        PayMeans.Wallet => PaymentMeans.Wallet,
        _ => null,
    };

    private void Act(string cfsid, int step, PayStage? stage, Func<Session, PayView, PayVisit> work) => db.Write(session =>
    {
        var now = clock.GetUtcNow();
        Terms.RunUntil(session, now);
        if (Load(session, cfsid, now) is { } view && view.Visit.Step == step && (stage is null || view.Stage == stage))
        {
            PayVisitTable.Save(session, work(session, view) with { Step = step + 1 });
        }
    });

    private static PayView? Load(Session session, string cfsid, DateTimeOffset now)
    {
        if (PayVisitTable.Find(session, cfsid) is not { } visit || OrderTable.Find(session, visit.Billnumber) is not { } order)
        {
            return null;
        }

        var points = visit.Card is { } card ? Points.Offer(session, order, card.ToTestCard()) : null;
        return new PayView(visit, order, points is { Minor: > 0 } ? points : null, now);
    }
}
