using System.Text.Json;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Orders;
using AssistPortal.Core.Sync;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using CsCheck;
using Xunit;

namespace AssistPortal.Core.Tests.Sync;

public sealed class OrderMergeTests
{
    private static readonly Merchant Shop = new(CoreBench.Shop, "Лавка", TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow"), TimeSpan.FromDays(4), TestMode: true);
    private static readonly string[] Codes = ["", "AS300", "AS000", "AS100"];

    /// <summary>An answer: what the order looked like when the query started, and which operations the answer showed.</summary>
    private sealed record Answer(OrderSnapshot Snapshot, bool Whole, DateTimeOffset Start);

    /// <summary>An order's life: each step adds an operation or brings a running one to its end; each moment may be answered whole or in part.</summary>
    private static readonly Gen<Answer[]> Lives =
        Gen.Select(Gen.Int[0, 3].Array[1, 8], Gen.Int[0, 15].Array[1, 8], Gen.Bool.Array[1, 8]).Select(life => Live(life.Item1, life.Item2, life.Item3));

    [Fact]
    public void Take_AnswersInAnyOrderAndTwice_EndInTheSameCopy() =>
        Gen.Select(Lives, Gen.Int[0, int.MaxValue]).Sample((answers, seed) =>
        {
            var random = new Random(seed);
            var mixed = answers.Concat(answers.Where(_ => random.Next(2) == 0)).ToArray();
            random.Shuffle(mixed);

            Assert.Equal(Text(Taken(answers)), Text(Taken(mixed)));
        });

    [Fact]
    public void Take_AnyAnswers_NeverGoesBackwards() =>
        Gen.Select(Lives, Gen.Int[0, int.MaxValue]).Sample((answers, seed) =>
        {
            var mixed = answers.ToArray();
            new Random(seed).Shuffle(mixed);
            Order? copy = null;
            HashSet<int> finished = [];
            var highest = 0;
            foreach (var answer in mixed)
            {
                copy = Take(copy, answer);
                Assert.True(copy.HighestOperation >= highest);
                Assert.Superset(finished, Finished(copy));
                (highest, finished) = (copy.HighestOperation, Finished(copy));
            }
        });

    [Fact]
    public void Take_TheLastWholeAnswerAmongOthers_IsTheCopy() =>
        Gen.Select(Lives, Gen.Int[0, int.MaxValue]).Sample((answers, seed) =>
        {
            var last = answers[^1] with { Whole = true };
            var mixed = answers.ToArray();
            mixed[^1] = last;
            new Random(seed).Shuffle(mixed);

            var copy = Taken(mixed);

            Assert.Equal(last.Snapshot.State, copy.State);
            Assert.Equal(
                last.Snapshot.Operations.Select(operation => (operation.Billnumber.Operation, operation.ResponseCode)),
                copy.Operations.OrderBy(operation => operation.Number).Select(operation => ((int?)operation.Number, operation.ResponseCode)));
        });

    [Theory]
    [InlineData("Delayed", 10_000, 0, 0, 0)]
    [InlineData("Approved", 10_000, 0, 0, 10_000)]
    [InlineData("PartialDelayed", 10_000, 6_000, 0, 6_000)]
    [InlineData("PartialCanceled", 10_000, 6_000, 1_001, 4_999)]
    [InlineData("Canceled", 10_000, 0, 10_000, 0)]
    public void Take_PaidOrder_ComputesWhatTheMerchantHas(string state, long paid, long confirmed, long cancelled, long net)
    {
        OperationSnapshot[] operations =
        [
            Snapshots.Operation(1, OperationType.Payment, 10_000, "AS100"),
            Snapshots.Operation(2, OperationType.Payment, paid),
            .. confirmed > 0 ? [Snapshots.Operation(3, OperationType.Confirmation, confirmed)] : Array.Empty<OperationSnapshot>(),
            .. cancelled > 0 ? [Snapshots.Operation(4, OperationType.Cancellation, cancelled), Snapshots.Operation(5, OperationType.Cancellation, 777, "AS300")] : Array.Empty<OperationSnapshot>(),
            Snapshots.Operation(6, OperationType.Accrual, 500),
        ];

        var order = Take(null, new Answer(Snapshots.Order(new OrderState(state), operations), true, CoreBench.Now));

        Assert.Equal(("RUB", paid, confirmed, cancelled, net), (order.PaymentCurrency, order.PaidMinor, order.ConfirmedMinor, order.CancelledMinor, order.NetMinor));
    }

    [Theory]
    [InlineData("AS000", OperationOutcome.Succeeded)]
    [InlineData("AS100", OperationOutcome.Failed)]
    [InlineData("AS109", OperationOutcome.Failed)]
    [InlineData("AS110", OperationOutcome.Running)]
    [InlineData("AS200", OperationOutcome.Running)]
    [InlineData("AS300", OperationOutcome.Running)]
    [InlineData("AS400", OperationOutcome.Running)]
    [InlineData("AS998", OperationOutcome.Running)]
    [InlineData("AS777", OperationOutcome.Running)]
    [InlineData("", OperationOutcome.Running)]
    public void OutcomeOf_EachCode_IsAnEndOnlyWhereItIsCertain(string code, OperationOutcome outcome) => Assert.Equal(outcome, OrderMerge.OutcomeOf(new ResponseCode(code)));

    [Fact]
    public void Take_CardAndPoints_ShowsTheCard()
    {
        var order = Take(null, new Answer(
            Snapshots.Order(OrderState.Approved, Snapshots.Operation(1, OperationType.Payment, 9_000, card: "427600****0009"), Snapshots.Operation(2, OperationType.Payment, 1_000)), true, CoreBench.Now));

        Assert.Equal("427600****0009", order.MeanNumber);
        Assert.Equal(10_000, order.PaidMinor);
    }

    [Fact]
    public void Take_ConfirmedCardAndPoints_CountsBothInTheNet()
    {
        var order = Take(null, new Answer(
            Snapshots.Order(
                OrderState.Approved, Snapshots.Operation(1, OperationType.Payment, 9_000), Snapshots.Operation(2, OperationType.Payment, 1_000),
                Snapshots.Operation(3, OperationType.Confirmation, 9_000), Snapshots.Operation(4, OperationType.Accrual, 90)),
            true, CoreBench.Now));

        Assert.Equal(10_000, order.NetMinor);
    }

    [Fact]
    public void Take_AnswerWithoutAField_KeepsIt()
    {
        var rich = Snapshots.Order(OrderState.Delayed) with { Email = "a@example.org", UnknownFields = new Dictionary<string, string> { ["b"] = "1", ["a"] = "2" } };
        var order = Take(null, new Answer(rich, false, CoreBench.Now));

        Take(order, new Answer(Snapshots.Order(OrderState.Approved) with { UnknownFields = new Dictionary<string, string> { ["b"] = "3" } }, false, CoreBench.Now.AddSeconds(1)));

        Assert.Equal("a@example.org", order.Email);
        Assert.Equal("""{"a":"2","b":"3"}""", order.UnknownFields);
    }

    [Fact]
    public void Take_OrderShortlyBeforeMidnightUtc_CountsInTheMerchantsDay()
    {
        var order = Take(null, new Answer(Snapshots.Order(OrderState.Approved) with { OrderDate = new(2026, 11, 23, 21, 0, 0, TimeSpan.Zero) }, true, CoreBench.Now));

        Assert.Equal(new DateOnly(2026, 11, 24), order.BusinessDate);
    }

    private static Answer[] Live(int[] steps, int[] masks, bool[] wholes)
    {
        List<(OperationType Type, int Code)> operations = [];
        List<Answer> answers = [];
        for (var moment = 0; moment < steps.Length; moment++)
        {
            var running = operations.FindIndex(operation => operation.Code < 2);
            if (running >= 0)
            {
                operations[running] = operations[running] with { Code = Math.Max(operations[running].Code, steps[moment]) };
            }
            else
            {
                operations.Add((moment == 0 ? OperationType.Payment : OperationType.Cancellation, steps[moment]));
            }

            var whole = wholes[moment % wholes.Length];
            var mask = whole ? ~0 : masks[moment % masks.Length];
            OperationSnapshot[] shown = [.. operations
                .Select((operation, index) => Snapshots.Operation(index + 1, operation.Type, 100 * (index + 1), Codes[operation.Code]))
                .Where((_, index) => (mask & (1 << index)) != 0)];
            answers.Add(new Answer(Snapshots.Order(OrderState.All[moment % OrderState.All.Count], shown), whole, CoreBench.Now.AddSeconds(moment)));
        }

        // The life ends with an answer that shows everything.
        var all = operations.Select((operation, index) => Snapshots.Operation(index + 1, operation.Type, 100 * (index + 1), Codes[operation.Code])).ToArray();
        answers.Add(new Answer(Snapshots.Order(OrderState.Canceled, all), true, CoreBench.Now.AddSeconds(steps.Length)));
        return [.. answers];
    }

    private static Order Taken(IEnumerable<Answer> answers)
    {
        Order? copy = null;
        foreach (var answer in answers)
        {
            copy = Take(copy, answer);
        }

        return copy!;
    }

    private static Order Take(Order? copy, Answer answer)
    {
        copy ??= OrderMerge.NewOrder(Shop, answer.Snapshot, answer.Start);
        OrderMerge.Take(copy, answer.Snapshot, Shop, answer.Whole, answer.Start);
        return copy;
    }

    private static HashSet<int> Finished(Order order) => [.. order.Operations.Where(operation => operation.IsFinished).Select(operation => operation.Number)];

    private static string Text(Order order)
    {
        var fields = JsonSerializer.SerializeToNode(order)!.AsObject();
        fields.Remove(nameof(Order.Operations));
        return fields.ToJsonString() + JsonSerializer.Serialize(order.Operations.OrderBy(operation => operation.Number));
    }
}
