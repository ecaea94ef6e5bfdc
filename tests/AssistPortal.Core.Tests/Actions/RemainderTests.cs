using AssistPortal.Core.Actions;
using AssistPortal.Core.Orders;
using AssistPortal.Protocol;
using CsCheck;
using Xunit;

namespace AssistPortal.Core.Tests.Actions;

public sealed class RemainderTests
{
    [Fact]
    public void Of_DelayedOrder_LeavesTheWholeHoldToConfirmOrCancel()
    {
        var left = Remainder.Of(Sample.Order(OrderState.Delayed, Sample.Operation(1, OperationType.Payment, 10_000)), []);

        Assert.Equal(new Money(10_000, "RUB"), left.Confirmable);
        Assert.Equal(new Money(10_000, "RUB"), left.Cancellable);
        Assert.True(left.OnlyInFull);
        Assert.False(left.HasPoints);
    }

    [Theory]
    [InlineData("AS300")]
    [InlineData("AS998")]
    [InlineData("")]
    public void Of_DelayedOrderWithAConfirmationUnderWay_LeavesNothing(string code)
    {
        var order = Sample.Order(OrderState.Delayed, Sample.Operation(1, OperationType.Payment, 10_000), Sample.Operation(2, OperationType.Confirmation, 4_000, code));

        var left = Remainder.Of(order, []);

        Assert.Equal(0, left.Confirmable.Minor);
        Assert.Equal(0, left.Cancellable.Minor);
    }

    [Fact]
    public void Of_DelayedOrderWithADeclinedConfirmation_LeavesTheWholeHold()
    {
        var order = Sample.Order(OrderState.Delayed, Sample.Operation(1, OperationType.Payment, 10_000), Sample.Operation(2, OperationType.Confirmation, 10_000, "AS107"));

        Assert.Equal(10_000, Remainder.Of(order, []).Confirmable.Minor);
    }

    [Fact]
    public void Of_PartlyConfirmedOrder_LeavesWhatWasConfirmedToCancel()
    {
        var order = Sample.Order(OrderState.PartialDelayed, Sample.Operation(1, OperationType.Payment, 10_000), Sample.Operation(2, OperationType.Confirmation, 4_000));

        var left = Remainder.Of(order, []);

        Assert.Equal(0, left.Confirmable.Minor);
        Assert.Equal(4_000, left.Cancellable.Minor);
        Assert.Equal(4_000, left.Confirmed.Minor);
        Assert.False(left.OnlyInFull);
    }

    [Fact]
    public void Of_PaidOrder_TakesCancellationsDoneAndUnderWayOffAndIgnoresDeclinedOnesAndAccruals()
    {
        var order = Sample.Order(
            OrderState.PartialCanceled,
            Sample.Operation(1, OperationType.Payment, 10_000),
            Sample.Operation(2, OperationType.Cancellation, 1_000),
            Sample.Operation(3, OperationType.Cancellation, 2_000, "AS300"),
            Sample.Operation(4, OperationType.Cancellation, 5_000, "AS100"),
            Sample.Operation(5, OperationType.Accrual, 300));

        var left = Remainder.Of(order, []);

        Assert.Equal(7_000, left.Cancellable.Minor);
        Assert.Equal(1_000, left.Cancelled.Minor);
    }

    [Fact]
    public void Of_OpenAction_CountsAsTaken()
    {
        var order = Sample.Order(OrderState.Approved, Sample.Operation(1, OperationType.Payment, 10_000));

        Assert.Equal(6_000, Remainder.Of(order, [Sample.Action(ActionKind.Cancel, 4_000)]).Cancellable.Minor);
    }

    [Fact]
    public void Of_SucceededAction_CountsAsTakenUntilItsOperationIsInTheCopy()
    {
        var action = Sample.Sent(ActionKind.Cancel, 4_000);
        action.Succeed(ResponseCode.Completed, null, Sample.Now);
        var payment = Sample.Operation(1, OperationType.Payment, 10_000);

        var before = Remainder.Of(Sample.Order(OrderState.Approved, payment), [action]);
        var after = Remainder.Of(Sample.Order(OrderState.PartialCanceled, payment, Sample.Operation(2, OperationType.Cancellation, 4_000, actionId: action.Id)), [action]);

        Assert.Equal(6_000, before.Cancellable.Minor);
        Assert.Equal(6_000, after.Cancellable.Minor);
    }

    [Fact]
    public void Of_SettledActionThatMovedNothing_TakesNothing()
    {
        var action = Sample.Sent(ActionKind.Cancel, 4_000);
        action.Decline(new ResponseCode("AS100"), null, Sample.Now);

        Assert.Equal(10_000, Remainder.Of(Sample.Order(OrderState.Approved, Sample.Operation(1, OperationType.Payment, 10_000)), [action]).Cancellable.Minor);
    }

    [Theory]
    [InlineData("In Process")]
    [InlineData("Declined")]
    [InlineData("Timeout")]
    [InlineData("Canceled")]
    [InlineData("Frozen")]
    public void Of_FinalOrUnknownState_LeavesNothing(string state)
    {
        var left = Remainder.Of(Sample.Order(new OrderState(state), Sample.Operation(1, OperationType.Payment, 10_000)), []);

        Assert.Equal(0, left.Confirmable.Minor);
        Assert.Equal(0, left.Cancellable.Minor);
        Assert.Equal(10_000, left.Paid.Minor);
    }

    [Fact]
    public void Of_OrderPaidWithPoints_GoesOnlyInFullAndGivesBothPartsBack()
    {
        var order = Sample.Order(
            OrderState.Approved,
            Sample.Operation(1, OperationType.Payment, 7_000),
            Sample.Operation(2, OperationType.Payment, 3_000),
            Sample.Operation(3, OperationType.Confirmation, 7_000));

        var left = Remainder.Of(order, []);

        Assert.True(left.HasPoints);
        Assert.True(left.OnlyInFull);
        Assert.Equal(10_000, left.Cancellable.Minor);
    }

    [Fact]
    public void Of_PaymentInAnotherCurrencyThanTheOrder_SpeaksThePaymentsCurrency()
    {
        var order = Sample.Order(OrderState.Approved, Sample.Operation(1, OperationType.Payment, 9_000, currency: "BYN"), Sample.Operation(2, OperationType.Cancellation, 500, currency: "RUB"));

        var left = Remainder.Of(order, []);

        Assert.Equal(new Money(9_000, "BYN"), left.Paid);
        Assert.Equal(new Money(9_000, "BYN"), left.Cancellable);
    }

    [Fact]
    public void Of_AnyOrder_IsNeverNegativeNeverAboveWhatWasPaidAndBlockedByNothingItDoesNotHold()
    {
        var code = OneOf("AS000", "AS100", "AS300", "AS998", "");
        var type = OneOf(OperationType.Payment, OperationType.Confirmation, OperationType.Cancellation, OperationType.Accrual, new OperationType(400));
        var currency = OneOf("RUB", "RUB", "RUB", "USD");
        var operations = Gen.Select(type, Gen.Long[0, 1_000_000], code, currency).Array[0, 8];
        var state = OneOf([.. OrderState.All, new OrderState("Frozen")]);
        var actions = Gen.Select(OneOf(ActionKind.Confirm, ActionKind.Cancel), Gen.Long[1, 1_000_000]).Array[0, 2];

        Gen.Select(state, operations, actions).Sample((orderState, drawn, open) =>
        {
            var order = Sample.Order(orderState, [.. drawn.Select((operation, index) => Sample.Operation(index + 1, operation.Item1, operation.Item2, operation.Item3, operation.Item4))]);
            var left = Remainder.Of(order, open.Select(action => Sample.Action(action.Item1, action.Item2)));

            Assert.InRange(left.Confirmable.Minor, 0, left.Paid.Minor);
            Assert.InRange(left.Cancellable.Minor, 0, Math.Max(left.Paid.Minor, left.Confirmed.Minor));
            Assert.True(left.Confirmable.Minor == 0 || (orderState == OrderState.Delayed && left.Confirmable == left.Paid && left.Confirmed.Minor == 0));
            Assert.True(open.Length == 0 || orderState != OrderState.Delayed || left.Cancellable.Minor == 0);
            Assert.Equal(left.Confirmable.Currency, left.Paid.Currency);
        });
    }

    [Fact]
    public void Of_CancellationsTakenOneAfterTheOther_NeverSumUpToMoreThanWasPaid()
    {
        Gen.Select(Gen.Long[1, 1_000_000], Gen.Long[1, 400_000].Array[0, 10]).Sample((paid, wishes) =>
        {
            List<Operation> operations = [Sample.Operation(1, OperationType.Payment, paid)];
            foreach (var wish in wishes)
            {
                var left = Remainder.Of(Sample.Order(OrderState.PartialCanceled, [.. operations]), []).Cancellable.Minor;
                if (wish <= left)
                {
                    operations.Add(Sample.Operation(operations.Count + 1, OperationType.Cancellation, wish));
                }
            }

            var cancelled = operations.Where(operation => operation.Type == OperationType.Cancellation).Sum(operation => operation.AmountMinor);
            Assert.InRange(cancelled, 0, paid);
            Assert.Equal(paid - cancelled, Remainder.Of(Sample.Order(OrderState.PartialCanceled, [.. operations]), []).Cancellable.Minor);
        });
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
