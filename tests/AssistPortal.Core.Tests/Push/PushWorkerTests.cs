using AssistPortal.Core.Push;
using AssistPortal.Core.Sync;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Core.Tests.Push;

/// <summary>The worker as the portal hosts it. The regular exchange sleeps an hour after its first round, so whatever comes came by push.</summary>
public sealed class PushWorkerTests(PostgresServer postgres) : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<DatabaseKind> Databases => [.. TestKit.PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task Worker_AcceptedPush_BringsTheOrderAtOnce()
    {
        await using var sandbox = await SandboxServer.StartAsync(Token);
        await using var host = await StartAsync(sandbox, DatabaseKind.Sqlite);
        var seen = new TaskCompletionSource<OrderChange>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = host.Get<OrderFeed>().Subscribe(change => seen.TrySetResult(change));
        var payment = await sandbox.PayAsync(SandboxServer.Shop, "N-1", Money.Parse("10.00", "RUB"), cancellationToken: Token);

        await PushBench.ReceiveAsync(host.Services, PushBench.Push($"{payment.Billnumber}.1", orderDate: sandbox.Clock.GetUtcNow()));

        Assert.Equal(new OrderChange(SandboxServer.Shop, payment.Billnumber, IsNew: true), await seen.Task.WaitAsync(Until.Patience, Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Worker_KilledWhileTheGatewayIsDown_WorksOffAfterTheRestart(DatabaseKind kind)
    {
        await using var sandbox = await SandboxServer.StartAsync(Token);
        await using var host = await StartAsync(sandbox, kind);
        var payment = await sandbox.PayAsync(SandboxServer.Shop, "N-2", Money.Parse("10.00", "RUB"), cancellationToken: Token);
        await sandbox.FaultAsync("orderresult", "http-500", times: 1000, Token);
        await PushBench.ReceiveAsync(host.Services, PushBench.Push($"{payment.Billnumber}.1", orderDate: sandbox.Clock.GetUtcNow()));
        await Until.Async("the push waits for the gateway", token => PushAsync(host, token), push => push.Tries > 0, Token);

        await using var restarted = await host.CrashAndRestartAsync(Token);
        await sandbox.ClearFaultsAsync(Token);

        var after = await Until.Async("the push is worked off", token => PushAsync(restarted, token), push => push.State == PushState.WorkedOff, Token);
        await using var db = restarted.OpenDatabase();
        Assert.Equal(payment.Billnumber, (await db.Orders.SingleAsync(Token)).Billnumber);
        Assert.NotNull(after.Effect);
    }

    private async Task<CoreHost> StartAsync(SandboxServer sandbox, DatabaseKind kind)
    {
        var settings = PushBench.Settings.Append(("Sync:Interval", "01:00:00")).Select(setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2));
        var host = await CoreHost.StartAsync(sandbox, await TestKit.PortalDatabase.CreateAsync(kind, _folder, postgres, Token), settings, Token);
        await Until.Async(
            "the first exchange is over",
            async token =>
            {
                await using var db = host.OpenDatabase();
                return await db.SyncStates.CountAsync(state => state.LastSuccessAt != null, token) == 3;
            },
            Token);
        return host;
    }

    private static async Task<PushDelivery> PushAsync(CoreHost host, CancellationToken cancellationToken)
    {
        await using var db = host.OpenDatabase();
        return await db.PushDeliveries.AsNoTracking().SingleAsync(cancellationToken);
    }
}
