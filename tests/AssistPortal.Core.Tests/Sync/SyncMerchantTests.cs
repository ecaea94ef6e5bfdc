using System.Net.Http.Json;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Orders;
using AssistPortal.Core.Staff;
using AssistPortal.Core.Sync;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Core.Tests.Sync;

public sealed class SyncMerchantTests(PostgresServer postgres) : IAsyncLifetime
{
    private static readonly Money Hundred = new(10_000, "RUB");

    private SandboxServer _sandbox = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _sandbox = await SandboxServer.StartAsync(Token);

    public async ValueTask DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task Run_FirstTime_TakesWhatTheBackfillReachesAndNothingOlder()
    {
        var old = await PayAsync();
        await _sandbox.AdvanceAsync(TimeSpan.FromDays(4), Token);
        var recent = await PayAsync();
        await using var bench = await BenchAsync(("Sync:BackfillDays", "2"));

        Assert.Null(await SyncAsync(bench));

        Assert.Equal([recent], await BillnumbersAsync(bench));
        Assert.DoesNotContain(old, await BillnumbersAsync(bench));
    }

    [Fact]
    public async Task Run_ClockJumpedDaysAhead_WalksWithoutAGap()
    {
        await using var bench = await BenchAsync();
        await SyncAsync(bench);
        List<string> paid = [];
        for (var i = 0; i < 24; i++)
        {
            paid.Add(await PayAsync());
            await _sandbox.AdvanceAsync(TimeSpan.FromHours(5) - TimeSpan.FromSeconds(7), Token);
        }

        Assert.Null(await SyncAsync(bench));

        Assert.Equal(paid.Order(), await BillnumbersAsync(bench));
        Assert.True((await HealthAsync(bench)).Behind < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Run_ClockWentBack_GoesOnFromNow()
    {
        await using var bench = await BenchAsync();
        await SyncAsync(bench);
        await using (var db = bench.Open())
        {
            await db.SyncStates.ExecuteUpdateAsync(set => set.SetProperty(state => state.DoneUntil, _sandbox.Clock.GetUtcNow().AddDays(30)), Token);
        }

        Assert.Equal(TimeSpan.Zero, (await HealthAsync(bench)).Behind);
        var paid = await PayAsync();
        await SyncAsync(bench);

        Assert.Equal([paid], await BillnumbersAsync(bench));
        Assert.True((await HealthAsync(bench)).DoneUntil <= _sandbox.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Run_CancelledElsewhereAfterThePaymentWasOutOfReach_HasBothOperations()
    {
        var paid = await PayAsync();
        await _sandbox.AdvanceAsync(TimeSpan.FromDays(10), Token);
        await using var bench = await BenchAsync(("Sync:BackfillDays", "1"));
        await bench.Get<AssistClient>().WsCancelAsync(
            new CancelCommand(SandboxServer.Shop, new Billnumber(paid), new Money(3_000, "RUB"), CancelReason.Customer, "elsewhere-0001"), Token);

        await SyncAsync(bench);

        var order = await OrderAsync(bench, paid);
        Assert.Equal(OrderState.PartialCanceled, order.State);
        Assert.Equal((2, 7_000), (order.Operations.Count, order.NetMinor));
    }

    [Fact]
    public async Task Run_PendingPayment_IsShownAndLaterFinished()
    {
        await using var bench = await BenchAsync();
        var payment = await _sandbox.PayAsync(SandboxServer.Shop, "wait", Hundred, card: "4000000000000341", cancellationToken: Token);
        await SyncAsync(bench);
        Assert.Equal(OperationOutcome.Running, Assert.Single((await OrderAsync(bench, payment.Billnumber)).Operations).Outcome);

        await _sandbox.AdvanceAsync(TimeSpan.FromMinutes(1), Token);
        await SyncAsync(bench);

        Assert.Equal(OrderState.Approved, (await OrderAsync(bench, payment.Billnumber)).State);
    }

    [Fact]
    public async Task Run_OrderTimedOut_IsShownAlthoughNoOperationTells()
    {
        await using var bench = await BenchAsync();
        using var control = new HttpClient { BaseAddress = _sandbox.Url };
        using (await control.PostAsJsonAsync("control/payments", new { merchant = SandboxServer.Shop, ordernumber = "left", amount = "1.00", currency = "RUB", abandon = true }, Token))
        {
        }

        var billnumber = Assert.Single(CoreBench.Ok(await bench.Get<RefreshOrder>().FindAsync(SandboxServer.Shop, "left", CoreBench.Actor(StaffRole.Auditor, SandboxServer.Shop), Token)));
        Assert.Equal(OrderState.InProcess, (await OrderAsync(bench, billnumber)).State);
        await _sandbox.AdvanceAsync(TimeSpan.FromMinutes(45), Token);

        await SyncAsync(bench);

        Assert.Equal(OrderState.Timeout, (await OrderAsync(bench, billnumber)).State);
    }

    [Theory]
    [InlineData("rate-limit", "refused with 17/3")]
    [InlineData("html", "unreadable answer")]
    [InlineData("redirect", "HTTP status 302")]
    public async Task Run_GatewayFails_NotesItKeepsTheCursorAndLosesNothing(string fault, string cause)
    {
        await using var bench = await BenchAsync();
        await SyncAsync(bench);
        var before = (await HealthAsync(bench)).DoneUntil;
        var paid = await PayAsync();
        await _sandbox.FaultAsync("resultbydate", fault, times: 10, Token);

        var failure = await SyncAsync(bench);

        Assert.Equal(cause, failure?.Brief);
        Assert.Equal((before, cause), ((await HealthAsync(bench)).DoneUntil, (await HealthAsync(bench)).LastFailure));
        await _sandbox.ClearFaultsAsync(Token);
        Assert.Null(await SyncAsync(bench));
        Assert.Equal([paid], await BillnumbersAsync(bench));
        Assert.Null((await HealthAsync(bench)).LastFailure);
    }

    [Fact]
    public async Task Run_OneOrderCantBeRead_TakesTheOthersAndTellsOfIt()
    {
        var broken = await PayAsync();
        await _sandbox.AdvanceAsync(TimeSpan.FromDays(10), Token);
        await using var bench = await BenchAsync(("Sync:BackfillDays", "1"));
        await bench.Get<AssistClient>().WsCancelAsync(
            new CancelCommand(SandboxServer.Shop, new Billnumber(broken), new Money(1, "RUB"), CancelReason.Customer, "elsewhere-0001"), Token);
        var paid = await PayAsync();
        await _sandbox.FaultAsync("orderresult", "malformed", times: 20, Token);

        Assert.Null(await SyncAsync(bench));

        Assert.Equal("unreadable answer", (await HealthAsync(bench)).LastFailure);
        Assert.Equal(new[] { broken, paid }.Order(), await BillnumbersAsync(bench));
        await _sandbox.ClearFaultsAsync(Token);
        await SyncAsync(bench);
        Assert.Equal(2, (await OrderAsync(bench, broken)).Operations.Count);
    }

    [Fact]
    public async Task Run_WrongSecretWord_UsesNothingAndSaysSo()
    {
        await PayAsync();
        await using var bench = await BenchAsync(("Assist:Merchants:0:SecretWord", "another"));

        var failure = await SyncAsync(bench);

        Assert.IsType<GatewayFailure.Mistrusted>(failure);
        Assert.Empty(await BillnumbersAsync(bench));
        Assert.Contains("checkvalue", (await HealthAsync(bench)).LastFailure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_NewPayment_IsInTheCopyByItself()
    {
        using var folder = new TempFolder();
        await using var host = await CoreHost.StartAsync(_sandbox, TestKit.PortalDatabase.Sqlite(folder), [new("Sync:Interval", "00:00:01")], Token);
        var seen = new TaskCompletionSource<OrderChange>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = host.Get<OrderFeed>().Subscribe(change => seen.TrySetResult(change));

        var paid = await PayAsync();

        Assert.Equal(new OrderChange(SandboxServer.Shop, paid, IsNew: true), await seen.Task.WaitAsync(Until.Patience, TimeProvider.System, Token));
    }

    private async Task<string> PayAsync() => (await _sandbox.PayAsync(SandboxServer.Shop, $"S-{Guid.CreateVersion7():N}", Hundred, cancellationToken: Token)).Billnumber;

    private Task<CoreBench> BenchAsync(params (string Name, string Setting)[] settings) => CoreBench.StartAsync(DatabaseKind.Sqlite, postgres, _sandbox, settings);

    private static Task<GatewayFailure?> SyncAsync(CoreBench bench) => bench.Get<SyncMerchant>().RunAsync(bench.Get<MerchantDirectory>().Find(SandboxServer.Shop)!, Token);

    private static async Task<SyncHealth> HealthAsync(CoreBench bench) =>
        Assert.Single(await bench.Get<GetSyncHealth>().RunAsync(CoreBench.Actor(StaffRole.Auditor, SandboxServer.Shop), Token));

    private static async Task<IReadOnlyList<string>> BillnumbersAsync(CoreBench bench)
    {
        await using var db = bench.Open();
        return [.. (await db.Orders.Select(order => order.Billnumber).ToListAsync(Token)).Order()];
    }

    private static async Task<Order> OrderAsync(CoreBench bench, string billnumber)
    {
        await using var db = bench.Open();
        return await db.Orders.AsNoTracking().Include(order => order.Operations).SingleAsync(order => order.Billnumber == billnumber, Token);
    }
}
