using AssistPortal.Core.Audit;
using AssistPortal.Core.Push;
using AssistPortal.Core.Staff;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Core.Tests.Push;

public sealed class PushReadingTests(PostgresServer postgres)
{
    private static readonly Actor ShopOperator = CoreBench.Actor(StaffRole.Operator, CoreBench.Shop);
    private static readonly Actor AirlineOperator = CoreBench.Actor(StaffRole.Operator, CoreBench.Airline);

    public static TheoryData<DatabaseKind> Databases => [.. TestKit.PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Gaps_ShowOnlySuccessfulOperationsThatNoPushAnnouncedInTime(DatabaseKind kind)
    {
        await using var bench = await PushBench.StartAsync(kind, postgres);
        await PushBench.StoreAsync(bench, PushBench.Push($"{PushBench.Billnumber}.2"));
        await PushBench.StoreAsync(bench, PushBench.Push($"{PushBench.Billnumber}.3", checkvalue: "forged"));
        bench.Clock.Advance(TimeSpan.FromHours(1));
        OperationSnapshot Made(int number, int minutes, string code = "AS000") =>
            Snapshots.Operation(number, OperationType.Payment, 100 + number, code) with { Date = CoreBench.Now.AddMinutes(minutes) };

        await bench.WriteAsync(CoreBench.Shop, true, CoreBench.Now, Snapshots.Order(
            OrderState.Approved,
            Made(1, -1), // before the first push
            Made(2, 1), // announced
            Made(3, 2), // "announced" by a forgery
            Made(4, 3, "AS100"), // failed
            Made(5, 58), // may still be on its way
            Made(6, 4)));

        var gaps = CoreBench.Ok(await bench.Get<ListPushGaps>().RunAsync(null, 0, 50, ShopOperator, Token));

        Assert.Equal([6, 3], gaps.Rows.Select(gap => gap.Number));
        Assert.Equal((2, true, new Money(106, "RUB"), "A-1"), (gaps.Total, gaps.IsAnyPushing, gaps.Rows[0].Amount, gaps.Rows[0].OrderNumber));
        Assert.Empty(CoreBench.Ok(await bench.Get<ListPushGaps>().RunAsync(null, 0, 50, AirlineOperator, Token)).Rows);
        Assert.Single(CoreBench.Ok(await bench.Get<ListPushGaps>().RunAsync(CoreBench.Shop, 1, 1, ShopOperator, Token)).Rows);
    }

    [Fact]
    public async Task Gaps_PushThatNamesTheOrderAlone_AnnouncesItsOperations()
    {
        await using var bench = await PushBench.StartAsync(DatabaseKind.Sqlite, postgres);
        await PushBench.StoreAsync(bench, PushBench.Push(PushBench.Billnumber));
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.WriteAsync(CoreBench.Shop, true, CoreBench.Now, Snapshots.Order(
            OrderState.Approved, Snapshots.Operation(1, OperationType.Payment, 100) with { Date = CoreBench.Now.AddMinutes(1) }));

        Assert.Empty(CoreBench.Ok(await bench.Get<ListPushGaps>().RunAsync(null, 0, 50, ShopOperator, Token)).Rows);
    }

    [Fact]
    public async Task Gaps_NoMerchantTakesPushes_SayThatNoneCanBeMissing()
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);

        Assert.False(CoreBench.Ok(await bench.Get<ListPushGaps>().RunAsync(null, 0, 50, ShopOperator, Token)).IsAnyPushing);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task List_ShowsOnlyGrantedMerchantsAndWhatFits(DatabaseKind kind)
    {
        await using var bench = await PushBench.StartAsync(kind, postgres);
        var first = await PushBench.StoreAsync(bench, PushBench.Push());
        var other = await PushBench.StoreAsync(bench, PushBench.Push("5775486650107699.1", CoreBench.Airline), CoreBench.Airline);
        bench.Clock.Advance(TimeSpan.FromDays(1));
        var forged = await PushBench.StoreAsync(bench, PushBench.Push(checkvalue: "forged"));
        var list = bench.Get<ListPushes>();
        var both = CoreBench.Actor(StaffRole.Auditor, CoreBench.Shop, CoreBench.Airline);

        async Task<Guid[]> Ids(PushFilter filter, Actor actor) => [.. CoreBench.Ok(await list.RunAsync(filter, 0, 50, actor, Token)).Rows.Select(push => push.Id)];

        Assert.Equal([forged.Id, first.Id], await Ids(new PushFilter(), ShopOperator));
        Assert.Equal([other.Id], await Ids(new PushFilter(), AirlineOperator));
        Assert.Equal([forged.Id], await Ids(new PushFilter(State: PushState.Rejected), both));
        Assert.Equal([forged.Id], await Ids(new PushFilter(From: new DateOnly(2026, 11, 25)), ShopOperator));
        Assert.Equal([first.Id], await Ids(new PushFilter(Until: new DateOnly(2026, 11, 24)), ShopOperator));
        Assert.Equal([other.Id], await Ids(new PushFilter(Order: "5775486650107699"), both));
        Assert.Equal(3, (await Ids(new PushFilter(Order: "A-1"), both)).Length);
        Assert.Equal([other.Id], await Ids(new PushFilter(MerchantId: CoreBench.Airline), both));
        Assert.Empty(await Ids(new PushFilter(MerchantId: CoreBench.Airline), ShopOperator));
        CoreBench.Problem<PushPage, Problem.Invalid>(await list.RunAsync(new PushFilter(new DateOnly(2026, 11, 25), new DateOnly(2026, 11, 24)), 0, 50, both, Token));
        CoreBench.Problem<PushDetails, Problem.NotFound>(await list.GetAsync(first.Id, AirlineOperator, Token));
        Assert.False(CoreBench.Ok(await list.GetAsync(first.Id, ShopOperator, Token)).HasOrder);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Repeat_AcceptedPush_GoesBackToTheWorkerAndIntoTheAudit(DatabaseKind kind)
    {
        await using var bench = await PushBench.StartAsync(kind, postgres);
        var push = await PushBench.StoreAsync(bench, PushBench.Push());
        await using (var db = bench.Open())
        {
            await db.PushDeliveries.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, PushState.Failed).SetProperty(row => row.Trouble, "no connection"), Token);
        }

        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = CoreBench.Ok(await bench.Get<RepeatPush>().RunAsync(push.Id, ShopOperator, Token));

        Assert.Equal((PushState.Received, CoreBench.Now.AddMinutes(1), (string?)null), (again.State, again.NextTryAt, again.Trouble));
        await using var after = bench.Open();
        var entry = await after.Audit.SingleAsync(Token);
        Assert.Equal((AuditEvents.PushRepeated, AuditOutcome.Done, CoreBench.Shop, PushBench.Billnumber), (entry.Event, entry.Outcome, entry.MerchantId, entry.Billnumber));
    }

    [Fact]
    public async Task Repeat_WithoutTheRight_IsDeniedAndAudited()
    {
        await using var bench = await PushBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var push = await PushBench.StoreAsync(bench, PushBench.Push());

        foreach (var role in new[] { StaffRole.Auditor, StaffRole.Accountant })
        {
            CoreBench.Problem<PushDelivery, Problem.Denied>(await bench.Get<RepeatPush>().RunAsync(push.Id, CoreBench.Actor(role, CoreBench.Shop), Token));
        }

        CoreBench.Problem<PushDelivery, Problem.NotFound>(await bench.Get<RepeatPush>().RunAsync(push.Id, AirlineOperator, Token));
        await using var db = bench.Open();
        Assert.Equal([AuditOutcome.Denied, AuditOutcome.Denied], await db.Audit.Select(entry => entry.Outcome).ToListAsync(Token));
    }

    [Fact]
    public async Task Repeat_RejectedPush_IsRefused()
    {
        await using var bench = await PushBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var push = await PushBench.StoreAsync(bench, PushBench.Push(checkvalue: "forged"));

        var problem = CoreBench.Problem<PushDelivery, Problem.Invalid>(await bench.Get<RepeatPush>().RunAsync(push.Id, ShopOperator, Token));

        Assert.Equal(InvalidReason.PushNotAccepted, problem.Reason);
        Assert.Equal(PushState.Rejected, (await PushBench.ReadAsync(bench, push.Id)).State);
    }
}
