using AssistPortal.Core.Orders;
using AssistPortal.Core.Sync;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Core.Tests.Sync;

public sealed class OrderWriterTests(PostgresServer postgres)
{
    public static TheoryData<DatabaseKind> Databases => [.. TestKit.PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Write_SameAnswerTwice_TellsOfItOnce(DatabaseKind kind)
    {
        await using var bench = await CoreBench.StartAsync(kind, postgres);
        List<OrderChange> told = [];
        using var subscription = bench.Get<OrderFeed>().Subscribe(told.Add);
        var answer = Snapshots.Order(OrderState.Approved, Snapshots.Operation(1, OperationType.Payment, 10_000));

        await bench.WriteAsync(CoreBench.Shop, true, CoreBench.Now, answer);
        var again = await bench.WriteAsync(CoreBench.Shop, true, CoreBench.Now.AddSeconds(1), answer);

        Assert.Empty(again);
        Assert.Equal([new OrderChange(CoreBench.Shop, Snapshots.Billnumber, IsNew: true)], told);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Write_ChangedOperation_TellsOfTheOrderAndKeepsItsAction(DatabaseKind kind)
    {
        await using var bench = await CoreBench.StartAsync(kind, postgres);
        await bench.WriteAsync(CoreBench.Shop, false, CoreBench.Now, Snapshots.Order(OrderState.InProcess, Snapshots.Operation(1, OperationType.Payment, 10_000, "AS300")));
        var action = Actions.Sample.Action(Core.Actions.ActionKind.Cancel, 100);
        action.Billnumber = Snapshots.Billnumber;
        await using (var db = bench.Open())
        {
            db.Actions.Add(action);
            (await db.Operations.SingleAsync(Token)).ActionId = action.Id;
            await db.SaveChangesAsync(Token);
        }

        var changes = await bench.WriteAsync(CoreBench.Shop, false, CoreBench.Now.AddSeconds(1), Snapshots.Order(OrderState.Approved, Snapshots.Operation(1, OperationType.Payment, 10_000)));

        Assert.False(Assert.Single(changes).IsNew);
        await using var after = bench.Open();
        var operation = await after.Operations.SingleAsync(Token);
        Assert.Equal((OperationOutcome.Succeeded, (Guid?)action.Id), (operation.Outcome, operation.ActionId));
        Assert.Equal(10_000, (await after.Orders.SingleAsync(Token)).PaidMinor);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Write_ManyWritersOfTheSameNewOrders_LoseAndDoubleNothing(DatabaseKind kind)
    {
        await using var bench = await CoreBench.StartAsync(kind, postgres);
        const int Writers = 12;

        // Each writer brings one operation of its own to the same three orders, in another order of orders.
        await Task.WhenAll(Enumerable.Range(1, Writers).Select(number => Task.Run(
            () => bench.WriteAsync(
                CoreBench.Shop,
                false,
                CoreBench.Now.AddSeconds(number),
                [.. Enumerable.Range(0, 3).Select(index => Snapshots.Paid((index + number) % 3, "same")).Select(order => order with
                {
                    Operations = [Snapshots.Operation(number, OperationType.Payment, number, billnumber: order.Billnumber.Order)],
                })]),
            Token)));

        await using var db = bench.Open();
        var orders = await db.Orders.Include(order => order.Operations).ToListAsync(Token);
        Assert.Equal(3, orders.Count);
        Assert.All(orders, order =>
        {
            Assert.Equal(Enumerable.Range(1, Writers), order.Operations.Select(operation => operation.Number).Order());
            Assert.Equal((Writers, Writers, Writers * (Writers + 1) / 2), (order.HighestOperation, order.FinishedOperations, order.PaidMinor));
        });
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Write_CallersTransactionRolledBack_LeavesNothingAndTellsNothing(DatabaseKind kind)
    {
        await using var bench = await CoreBench.StartAsync(kind, postgres);
        List<OrderChange> told = [];
        using var subscription = bench.Get<OrderFeed>().Subscribe(told.Add);
        await using (var db = bench.Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Token);
            Assert.Single(await bench.Get<OrderWriter>().WriteAsync(db, CoreBench.Shop, [Snapshots.Order(OrderState.Approved)], true, CoreBench.Now, Token));
            await transaction.RollbackAsync(Token);
        }

        await using var after = bench.Open();
        Assert.Empty(await after.Orders.ToListAsync(Token));
        Assert.Empty(told);
    }

    [Fact]
    public async Task Write_OrderOfAnotherMerchant_Throws()
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        await bench.WriteAsync(CoreBench.Shop, true, CoreBench.Now, Snapshots.Order(OrderState.Approved));

        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.WriteAsync(CoreBench.Airline, true, CoreBench.Now, Snapshots.Order(OrderState.Canceled)));
        await Assert.ThrowsAsync<ArgumentException>(() => bench.WriteAsync(1, true, CoreBench.Now, Snapshots.Order(OrderState.Canceled)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Write_TextsLongerThanTheirColumns_AreCut(DatabaseKind kind)
    {
        await using var bench = await CoreBench.StartAsync(kind, postgres);
        var odd = Snapshots.Order(new OrderState(new string('x', 60)), Snapshots.Operation(1, OperationType.Payment, 1, new string('C', 30))) with { OrderNumber = "A\0" + new string('9', 200) };

        await bench.WriteAsync(CoreBench.Shop, true, CoreBench.Now, odd);

        await using var db = bench.Open();
        Assert.Equal(128, (await db.Orders.SingleAsync(Token)).OrderNumber.Length);
    }
}
