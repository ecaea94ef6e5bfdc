using AssistPortal.Protocol;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Store;
using CsCheck;

namespace AssistPortal.Sandbox.Tests.Engine;

/// <summary>
/// The engine's laws on random lives of orders: what is held, captured and given back adds up after every step, states follow the table,
/// nothing gives back more than was paid, points are conserved over all orders together.
/// </summary>
public sealed class EngineLawsTests : IDisposable
{
    private const int Lives = 20_000;
    private const string Spasibo = "4276000000000009";

    private static readonly Dictionary<OrderState, OrderState[]> Table = new()
    {
        [OrderState.InProcess] = [OrderState.Approved, OrderState.Delayed, OrderState.Declined, OrderState.Timeout],
        [OrderState.Delayed] = [OrderState.Approved, OrderState.PartialDelayed, OrderState.Canceled],
        [OrderState.PartialDelayed] = [OrderState.PartialCanceled, OrderState.Canceled],
        [OrderState.Approved] = [OrderState.PartialCanceled, OrderState.Canceled],
        [OrderState.PartialCanceled] = [OrderState.Canceled],
        [OrderState.Declined] = [],
        [OrderState.Timeout] = [],
        [OrderState.Canceled] = [],
    };

    private static readonly Gen<long?> Whole = Gen.Bool.Select(_ => (long?)null);

    private static readonly Gen<Birth> Births = Gen.Select(
        OneOf(900001, 900002, 900003), Gen.Bool, Gen.Frequency((6, Gen.Const("RUB")), (1, Gen.Const("USD")), (1, Gen.Const("EUR"))),
        Gen.Long[150, 40_000], Gen.Long[0, 30_000], Gen.Bool, (merchant, twoStage, currency, minor, points, convert) =>
            new Birth(merchant, twoStage, merchant == 900003 ? currency : "RUB", minor, points, convert));

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (5, OneOf("4111111111111111", Spasibo, Spasibo, "4000000000000002", "4000000000000341").Select(card => (Step)new Step.Pay(card))),
        (1, Gen.Bool.Select(passed => (Step)new Step.Challenge(passed))),
        (1, Gen.Bool.Select(approved => (Step)new Step.PayOtherwise(approved))),
        (4, Gen.Frequency((2, Whole), (3, Gen.Long[1, 45_000].Select(minor => (long?)minor))).Select(minor => (Step)new Step.Charge(minor))),
        (7, Gen.Frequency((1, Whole), (3, Gen.Long[1, 25_000].Select(minor => (long?)minor))).Select(minor => (Step)new Step.Cancel(minor))),
        (1, Gen.Long[1, 25_000].Select(minor => (Step)new Step.AtOnce(minor))),
        (1, Gen.Const((Step)new Step.CloseDay())),
        (2, Gen.Int[1, 60].Select(hours => (Step)new Step.Wait(hours))));

    private readonly string _folder = Directory.CreateDirectory(Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), Path.GetRandomFileName())).FullName;

    private readonly SandboxDb _db;
    private DateTimeOffset _now = new(2026, 1, 1, 6, 0, 0, TimeSpan.Zero);

    public EngineLawsTests() => _db = new SandboxDb(_folder);

    private sealed record Birth(int Merchant, bool TwoStage, string Currency, long Minor, long Points, bool Convert);

    private abstract record Step
    {
        public sealed record Pay(string Card) : Step;

        public sealed record Challenge(bool Passed) : Step;

        public sealed record PayOtherwise(bool Approved) : Step;

        public sealed record Charge(long? Minor) : Step;

        public sealed record Cancel(long? Minor) : Step;

        /// <summary>A charge and three cancellations, all at the same time.</summary>
        public sealed record AtOnce(long Minor) : Step;

        public sealed record CloseDay : Step;

        public sealed record Wait(int Hours) : Step;
    }

    public void Dispose()
    {
        _db.Close();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Order_WhateverItLivesThrough_KeepsTheLaws()
    {
        Gen.Select(Births, Steps.Array[1, 7]).Sample(Live, iter: Lives, threads: 1, writeLine: TestContext.Current.TestOutputHelper!.WriteLine);
        AssertPointsConserved();
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private void Live(Birth birth, Step[] steps)
    {
        var order = _db.Write(session => Payments.Create(session, Draft(birth), _now));
        foreach (var step in steps)
        {
            var before = order;
            Take(order, step);
            order = _db.Read(session =>
            {
                var after = OrderTable.Find(session, order.Billnumber)!;
                AssertMoney(session, after);
                return after;
            });
            Assert.True(
                before.State == order.State || step is Step.AtOnce or Step.Wait || Table[before.State].Contains(order.State),
                $"{before.State} → {order.State} by {step}");
            Assert.True(order.Operations.Count >= before.Operations.Count);
        }
    }

    private static OrderDraft Draft(Birth birth) => new(
        DemoMerchants.Get(birth.Merchant), "LAW", new Money(birth.Minor, birth.Currency), birth.TwoStage, new Customer("", "", "", ""), "", "")
    {
        MaxPoints = new Money(birth.Points, Merchant.Currency),
        Convert = birth.Convert,
    };

    private void Take(Order order, Step step)
    {
        switch (step)
        {
            case Step.Pay(var number):
                Pay(order, session => Payments.Attempt(
                    session, order, TestCard.Find(number)!, null, _now, Points.Offer(session, order, TestCard.Find(number)!)));
                break;
            case Step.Challenge(var passed):
                Pay(order, session => Payments.FinishChallenge(
                    session, Payments.StartChallenge(session, order, TestCard.Find("4111111111111129")!, _now), passed, _now));
                break;
            case Step.PayOtherwise(var approved) when !order.TwoStage:
                Pay(order, session => Payments.AttemptOther(session, order, PaymentMeans.FastPayment, approved, _now));
                break;
            case Step.Charge(var minor):
                Command(order, minor, Confirmations.Confirm);
                break;
            case Step.Cancel(var minor):
                Command(order, minor, Cancellations.Cancel);
                break;
            case Step.AtOnce(var minor):
                Parallel.Invoke(
                    () => Command(order, minor, Confirmations.Confirm), () => Command(order, minor, Cancellations.Cancel),
                    () => Command(order, minor, Cancellations.Cancel), () => Command(order, null, Cancellations.Cancel));
                break;
            case Step.CloseDay:
                _db.Write(session => Terms.CloseDay(session, _now));
                break;
            case Step.Wait(var hours):
                _now += TimeSpan.FromHours(hours);
                _db.Write(session => Terms.RunUntil(session, _now));
                break;
            default:
                break;
        }
    }

    private void Pay(Order order, Func<Session, Order> attempt) => _db.Write(session =>
    {
        if (Payments.Takes(order))
        {
            attempt(session);
        }
        else
        {
            Assert.Throws<InvalidOperationException>(() => attempt(session));
        }
    });

    private void Command(Order order, long? minor, Func<Session, MoneyCommand, DateTimeOffset, CommandOutcome> run)
    {
        var amount = minor is { } part ? new Money(part, order.ToPay.Currency) : (Money?)null;
        _db.Write(session => run(
            session, new MoneyCommand(order.MerchantId, new Billnumber(order.Billnumber), amount?.ToWire(), amount?.Currency, ""), _now));
    }

    private static void AssertMoney(Session session, Order order)
    {
        long Sum(OperationType type, bool points) => order.Successful(type).Where(operation => operation.IsPoints == points).Sum(operation => operation.Amount.Minor);
        var (paid, confirmed, cancelled) = (Sum(OperationType.Payment, false), Sum(OperationType.Confirmation, false), Sum(OperationType.Cancellation, false));
        var (points, returned) = (Sum(OperationType.Payment, true), Sum(OperationType.Cancellation, true));
        Assert.InRange(cancelled, 0, confirmed > 0 ? confirmed : paid);
        Assert.InRange(returned, 0, points);
        Assert.InRange(order.Successful(OperationType.Payment).Count(payment => !payment.IsPoints), 0, 1);
        Assert.InRange(order.Successful(OperationType.Confirmation).Count(), 0, 1);
        Assert.Equal(Enumerable.Range(1, order.Operations.Count), order.Operations.Select(operation => operation.Number));
        if (order.Payment is not { HoldId: { } holdId } payment)
        {
            Assert.Equal((0L, 0L, 0L, 0L), (confirmed, cancelled, points, returned));
            Assert.Contains(order.State, new[] { OrderState.InProcess, OrderState.Declined, OrderState.Timeout });
            return;
        }

        Assert.Equal(order.ToPay.Minor, paid + points);
        var book = ProcessingCentre.Book(session, holdId);
        Assert.Equal(paid, book.Authorised);
        Assert.Equal(paid, book.Held + book.Captured + book.Voided + book.Released);
        Assert.Equal(cancelled, book.Refunded + book.Voided);
        var taken = (confirmed > 0 ? confirmed : paid) - cancelled;
        if (order.State == OrderState.Delayed)
        {
            Assert.Equal((paid, 0L, 0L, 0L), (book.Held, book.Presented, cancelled, returned));
            return;
        }

        Assert.Equal(taken, book.Presented + book.Captured - book.Refunded);
        Assert.Equal(taken == 0 && returned == points, order.State == OrderState.Canceled);
        Assert.Equal(order.Operations.Any(operation => operation is { IsPoints: true } && operation.Type == OperationType.Accrual) ? taken / 100 : 0, order.Accrued);
        AssertTransactions(session, order, payment, book);
    }

    /// <summary>What was sent to the processing centre says the same as its book.</summary>
    private static void AssertTransactions(Session session, Order order, Operation payment, HoldBook book)
    {
        var sent = TransactionTable.Of(session, order);
        long Sum(string kind, string state) => sent.Where(transaction => transaction.Kind == kind && transaction.State == state).Sum(transaction => transaction.Amount.Minor);
        Assert.Equal(payment.Amount.Minor, Sum(TransactionKind.Authorization, TransactionState.Done));
        Assert.Equal(book.Presented, Sum(TransactionKind.Financial, TransactionState.Queued));
        Assert.Equal(book.Captured, Sum(TransactionKind.Financial, TransactionState.Done));
        Assert.Equal(book.Voided, Sum(TransactionKind.Void, TransactionState.Done));
        Assert.Equal(book.Refunded, Sum(TransactionKind.Refund, TransactionState.Done));
    }

    private void AssertPointsConserved() => _db.Read(session =>
    {
        long Sum(string kind) => session.Number("SELECT coalesce(sum(amount), 0) FROM transact WHERE kind = $1", kind);
        var card = TestCard.Find(Spasibo)!;
        Assert.True(Sum(TransactionKind.PointsWriteOff) > 0 && Sum(TransactionKind.Accrual) > 0 && Sum(TransactionKind.AccrualReversal) > 0);
        Assert.Equal(
            card.PointsMinor - Sum(TransactionKind.PointsWriteOff) + Sum(TransactionKind.PointsReturn) + Sum(TransactionKind.Accrual) - Sum(TransactionKind.AccrualReversal),
            PointsBank.Balance(session, card));
        return true;
    });
}
