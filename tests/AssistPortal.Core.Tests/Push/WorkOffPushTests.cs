using AssistPortal.Core.Push;
using AssistPortal.Core.Sync;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Core.Tests.Push;

public sealed class WorkOffPushTests(PostgresServer postgres)
{
    public static TheoryData<DatabaseKind> Databases => [.. TestKit.PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task WorkOff_PushThatLies_TakesWhatTheGatewaySaysAndTellsThePages(DatabaseKind kind)
    {
        await using var sandbox = await SandboxServer.StartAsync(Token);
        await using var bench = await PushBench.StartAsync(kind, postgres, sandbox);
        var payment = await sandbox.PayAsync(SandboxServer.Shop, "real", Money.Parse("12.34", "RUB"), cancellationToken: Token);
        var push = await PushBench.StoreAsync(bench, PushBench.Push($"{payment.Billnumber}.1", amount: "999999.00", orderDate: sandbox.Clock.GetUtcNow()));
        List<OrderChange> told = [];
        using var subscription = bench.Get<OrderFeed>().Subscribe(told.Add);

        await bench.Get<WorkOffPush>().RunAsync(push.Id, Token);

        var after = await PushBench.ReadAsync(bench, push.Id);
        Assert.Equal((PushState.WorkedOff, PushEffect.NewOrder, (Guid?)null), (after.State, after.Effect, after.Lease));
        await using var db = bench.Open();
        var order = await db.Orders.SingleAsync(Token);
        Assert.Equal(("real", 1234L, OrderState.Approved), (order.OrderNumber, order.AmountMinor, order.State));
        Assert.Equal([new OrderChange(SandboxServer.Shop, payment.Billnumber, IsNew: true)], told);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task WorkOff_PushOlderThanTheLastAnswer_AsksNobody(DatabaseKind kind)
    {
        await using var bench = await PushBench.StartAsync(kind, postgres);
        var push = await PushBench.StoreAsync(bench, PushBench.Push());
        await bench.WriteAsync(CoreBench.Shop, true, CoreBench.Now.AddSeconds(1), Snapshots.Order(OrderState.Approved, Snapshots.Operation(1, OperationType.Payment, 10_000)));

        await bench.Get<WorkOffPush>().RunAsync(push.Id, Token);

        var after = await PushBench.ReadAsync(bench, push.Id);
        Assert.Equal((PushState.WorkedOff, PushEffect.Nothing, 0), (after.State, after.Effect, after.Tries));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task WorkOff_OrderTheGatewayDoesNotKnow_FailsAndMakesNone(DatabaseKind kind)
    {
        await using var sandbox = await SandboxServer.StartAsync(Token);
        await using var bench = await PushBench.StartAsync(kind, postgres, sandbox);
        var push = await PushBench.StoreAsync(bench, PushBench.Push("5900001000000999.1"));

        await bench.Get<WorkOffPush>().RunAsync(push.Id, Token);

        var after = await PushBench.ReadAsync(bench, push.Id);
        Assert.Equal((PushState.Failed, "the gateway doesn't know the order"), (after.State, after.Trouble));
        await using var db = bench.Open();
        Assert.Empty(await db.Orders.ToListAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task WorkOff_SilentGateway_WaitsLongerEachTimeAndEndsAfterADay(DatabaseKind kind)
    {
        await using var bench = await PushBench.StartAsync(kind, postgres);
        var push = await PushBench.StoreAsync(bench, PushBench.Push());
        var work = bench.Get<WorkOffPush>();

        await work.RunAsync(push.Id, Token);
        var first = await PushBench.ReadAsync(bench, push.Id);
        Assert.Equal((PushState.Received, 1, CoreBench.Now.AddSeconds(2), "no connection"), (first.State, first.Tries, first.NextTryAt, first.Trouble));

        await work.RunAsync(push.Id, Token);
        Assert.Equal(1, (await PushBench.ReadAsync(bench, push.Id)).Tries);

        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        await work.RunAsync(push.Id, Token);
        Assert.Equal(CoreBench.Now.AddSeconds(6), (await PushBench.ReadAsync(bench, push.Id)).NextTryAt);

        bench.Clock.Advance(TimeSpan.FromDays(1));
        await work.RunAsync(push.Id, Token);
        Assert.Equal(PushState.Failed, (await PushBench.ReadAsync(bench, push.Id)).State);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task WorkOff_PushAnotherNodeHolds_IsLeftAloneUntilItsLeaseEnds(DatabaseKind kind)
    {
        await using var bench = await PushBench.StartAsync(kind, postgres);
        var push = await PushBench.StoreAsync(bench, PushBench.Push());
        await using (var db = bench.Open())
        {
            await db.PushDeliveries.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Lease, Guid.CreateVersion7(CoreBench.Now)).SetProperty(row => row.LeaseUntil, CoreBench.Now.AddSeconds(30)), Token);
        }

        await bench.Get<WorkOffPush>().RunAsync(push.Id, Token);
        Assert.Equal(0, (await PushBench.ReadAsync(bench, push.Id)).Tries);

        bench.Clock.Advance(TimeSpan.FromSeconds(30));
        await bench.Get<WorkOffPush>().RunAsync(push.Id, Token);
        Assert.Equal(1, (await PushBench.ReadAsync(bench, push.Id)).Tries);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task WorkOff_RejectedPush_IsNeverTaken(DatabaseKind kind)
    {
        await using var bench = await PushBench.StartAsync(kind, postgres);
        var push = await PushBench.StoreAsync(bench, PushBench.Push(checkvalue: "forged"));

        await bench.Get<WorkOffPush>().RunAsync(push.Id, Token);

        var after = await PushBench.ReadAsync(bench, push.Id);
        Assert.Equal((PushState.Rejected, 0, (Guid?)null), (after.State, after.Tries, after.Lease));
    }
}
