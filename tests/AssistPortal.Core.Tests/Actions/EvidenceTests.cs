using AssistPortal.Core.Actions;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using CsCheck;
using Xunit;

namespace AssistPortal.Core.Tests.Actions;

public sealed class EvidenceTests
{
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(15);
    private static readonly OperationSnapshot Payment = Sample.Shown(1, OperationType.Payment, 10_000);

    [Fact]
    public void Judge_OneSuccessfulOperation_IsTheActions()
    {
        var finding = Judge(Sample.Sent(ActionKind.Cancel, 4_000), [Payment, Sample.Shown(2, OperationType.Cancellation, 4_000)]);

        var executed = Assert.IsType<Finding.Executed>(finding);
        Assert.True(executed.Succeeded);
        Assert.Equal([2], executed.Operations);
    }

    [Fact]
    public void Judge_OneDeclinedOperation_IsADecline()
    {
        var finding = Judge(Sample.Sent(ActionKind.Cancel, 4_000), [Payment, Sample.Shown(2, OperationType.Cancellation, 4_000, "AS100")]);

        Assert.False(Assert.IsType<Finding.Executed>(finding).Succeeded);
    }

    [Theory]
    [InlineData("AS300")]
    [InlineData("AS998")]
    public void Judge_UnfinishedOperation_IsWaitedForEvenAfterTheSettlingTime(string code) =>
        Assert.IsType<Finding.Running>(Judge(Sample.Sent(ActionKind.Cancel, 4_000), [Payment, Sample.Shown(2, OperationType.Cancellation, 4_000, code)], TimeSpan.FromDays(1)));

    [Theory]
    [InlineData(0, false)]
    [InlineData(899, false)]
    [InlineData(900, true)]
    public void Judge_NoOperation_IsNotExecutedOnlyOnceTheSettlingTimeIsOver(int seconds, bool isOver)
    {
        var finding = Judge(Sample.Sent(ActionKind.Confirm, 10_000), [Payment], TimeSpan.FromSeconds(seconds));

        Assert.Equal(isOver, finding is Finding.NotExecuted);
        Assert.Equal(!isOver, finding is Finding.NothingYet);
    }

    [Fact]
    public void Judge_AnotherKindOrAmountOrAnOlderOperation_IsNoCandidate()
    {
        var action = Sample.Sent(ActionKind.Cancel, 4_000, baseline: 2);
        OperationSnapshot[] shown =
        [
            Payment,
            Sample.Shown(2, OperationType.Cancellation, 4_000),
            Sample.Shown(3, OperationType.Cancellation, 4_001),
            Sample.Shown(4, OperationType.Confirmation, 4_000),
            Sample.Shown(5, OperationType.Cancellation, 4_000, currency: "USD"),
        ];

        Assert.IsType<Finding.NotExecuted>(Judge(action, shown, Settling, known: [1, 2]));
    }

    [Fact]
    public void Judge_OperationOfAnotherAction_IsNoCandidate() =>
        Assert.IsType<Finding.NotExecuted>(Judge(Sample.Sent(ActionKind.Cancel, 4_000), [Payment, Sample.Shown(2, OperationType.Cancellation, 4_000)], Settling, claimed: new HashSet<int> { 2 }));

    [Fact]
    public void Judge_TwoPossibleOperations_NeedAPerson() =>
        Assert.IsType<Finding.Ambiguous>(Judge(
            Sample.Sent(ActionKind.Cancel, 4_000), [Payment, Sample.Shown(2, OperationType.Cancellation, 4_000), Sample.Shown(3, OperationType.Cancellation, 4_000)]));

    [Fact]
    public void Judge_AnswerWithoutABaselineOperation_ProvesNothing() =>
        Assert.IsType<Finding.ProvesNothing>(Judge(Sample.Sent(ActionKind.Cancel, 4_000, baseline: 2), [Payment], TimeSpan.FromDays(1), known: [1, 2]));

    [Fact]
    public void Judge_AnswerAboutAnotherOrder_ProvesNothing()
    {
        var answer = Sample.Answer(Payment, Sample.Shown(2, OperationType.Cancellation, 4_000)) with { Billnumber = new Billnumber("5775486650107612") };

        Assert.IsType<Finding.ProvesNothing>(Evidence.Judge(Sample.Sent(ActionKind.Cancel, 4_000), answer, [1], new HashSet<int>(), Sample.Now.AddDays(1), Settling));
    }

    [Fact]
    public void Judge_DeclinedOperationAfterASecondSending_IsFinalOnlyOnceTheSettlingTimeIsOver()
    {
        var action = Sample.Sent(ActionKind.Cancel, 4_000, at: Sample.Now.AddHours(-1));
        action.LoseOutcome(null, null, "lost", Sample.Now, Sample.Now);
        action.FindNotExecuted("nothing", Sample.Now);
        action.SendAgain("Анна", Sample.Now);
        action.Send(Sample.Now, Sample.Now.AddMinutes(2));
        OperationSnapshot[] shown = [Payment, Sample.Shown(2, OperationType.Cancellation, 4_000, "AS100")];

        Assert.IsType<Finding.NothingYet>(Judge(action, shown));
        Assert.IsType<Finding.Executed>(Judge(action, shown, Settling));
    }

    [Fact]
    public void Judge_OrderPaidWithPoints_TakesTheSetOfOperationsBySum()
    {
        OperationSnapshot[] payments = [Sample.Shown(1, OperationType.Payment, 7_000), Sample.Shown(2, OperationType.Payment, 3_000)];
        var action = Sample.Sent(ActionKind.Cancel, 10_000, baseline: 2);
        var half = Sample.Shown(3, OperationType.Cancellation, 7_000);
        var rest = Sample.Shown(4, OperationType.Cancellation, 3_000);

        Assert.Equal([3, 4], Assert.IsType<Finding.Executed>(Judge(action, [.. payments, half, rest], known: [1, 2])).Operations);
        Assert.IsType<Finding.NothingYet>(Judge(action, [.. payments, half], known: [1, 2]));
        Assert.IsType<Finding.Ambiguous>(Judge(action, [.. payments, half], Settling, known: [1, 2]));
        Assert.IsType<Finding.Ambiguous>(Judge(action, [.. payments, half, rest, Sample.Shown(5, OperationType.Cancellation, 1)], Settling, known: [1, 2]));
    }

    [Fact]
    public void Judge_ConfirmationOfAnOrderPaidWithPoints_MayTakeTheCardPartAlone()
    {
        OperationSnapshot[] shown =
            [Sample.Shown(1, OperationType.Payment, 7_000), Sample.Shown(2, OperationType.Payment, 3_000), Sample.Shown(3, OperationType.Confirmation, 7_000)];

        Assert.True(Assert.IsType<Finding.Executed>(Judge(Sample.Sent(ActionKind.Confirm, 10_000, baseline: 2), shown, known: [1, 2])).Succeeded);
    }

    [Fact]
    public void Judge_NeverSentAction_IsAMistakeOfTheCaller() =>
        Assert.Throws<ArgumentException>(() => Judge(Sample.Action(ActionKind.Cancel, 4_000), [Payment]));

    [Fact]
    public void Judge_AnyAnswer_SettlesOnlyOnOneUnclaimedFinishedOperationOfTheRightKindAndAmountAboveTheBaseline()
    {
        var code = OneOf("AS000", "AS000", "AS100", "AS300", "AS998", "");
        var type = OneOf(OperationType.Confirmation, OperationType.Cancellation, OperationType.Accrual);
        var drawnOperations = Gen.Select(type, OneOf(4_000L, 4_000L, 5_000L), code, Gen.Bool).Array[0, 5];

        Gen.Select(drawnOperations, Gen.Int[1, 4], Gen.Int[0, 1_800], OneOf(ActionKind.Confirm, ActionKind.Cancel)).Sample((drawn, baseline, seconds, kind) =>
        {
            var shown = drawn.Select((operation, index) => Sample.Shown(index + 2, operation.Item1, operation.Item2, operation.Item3)).ToArray();
            var claimed = shown.Where((_, index) => drawn[index].Item4).Select(operation => operation.Billnumber.Operation!.Value).ToHashSet();
            int[] known = [.. Enumerable.Range(1, baseline)];
            var action = Sample.Sent(kind, 4_000, baseline);

            var finding = Judge(action, [Payment, .. shown], TimeSpan.FromSeconds(seconds), known, claimed);

            var isWhole = baseline <= shown.Length + 1;
            var candidates = shown
                .Where(operation => operation.Billnumber.Operation > baseline && operation.Amount.Minor == 4_000
                    && operation.Type == Evidence.OperationOf(kind) && !claimed.Contains(operation.Billnumber.Operation!.Value))
                .ToList();
            Assert.Equal(!isWhole, finding is Finding.ProvesNothing);
            if (isWhole)
            {
                var isFinished = candidates is [var only] && only.ResponseCode.Kind is ResponseKind.Completed or ResponseKind.Declined;
                Assert.Equal(candidates.Count == 1 && isFinished, finding is Finding.Executed);
                Assert.Equal(candidates.Count == 1 && !isFinished, finding is Finding.Running);
                Assert.Equal(candidates.Count > 1, finding is Finding.Ambiguous);
                Assert.Equal(candidates.Count == 0 && seconds >= Settling.TotalSeconds, finding is Finding.NotExecuted);
                Assert.Equal(candidates.Count == 0 && seconds < Settling.TotalSeconds, finding is Finding.NothingYet);
            }

            if (finding is Finding.Executed executed)
            {
                Assert.Equal(candidates[0].ResponseCode == ResponseCode.Completed, executed.Succeeded);
                Assert.Equal([candidates[0].Billnumber.Operation!.Value], executed.Operations);
            }
        });
    }

    private static Finding Judge(MoneyAction action, OperationSnapshot[] shown, TimeSpan after = default, int[]? known = null, IReadOnlySet<int>? claimed = null) =>
        Evidence.Judge(action, Sample.Answer(shown), known ?? [1], claimed ?? new HashSet<int>(), Sample.Now + after, Settling);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
