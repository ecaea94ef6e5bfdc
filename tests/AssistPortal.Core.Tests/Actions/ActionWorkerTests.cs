using System.Threading.Channels;
using AssistPortal.Core.Actions;
using AssistPortal.Core.Staff;
using AssistPortal.Core.Sync;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunit;

namespace AssistPortal.Core.Tests.Actions;

/// <summary>The worker as the portal runs it, in real time.</summary>
public sealed class ActionWorkerTests(PostgresServer postgres) : IAsyncLifetime
{
    private const int Merchant = SandboxServer.Hypermarket;

    private readonly TempFolder _folder = new();
    private SandboxServer _sandbox = null!;

    public static TheoryData<DatabaseKind> Databases => [.. PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _sandbox = await SandboxServer.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Worker_ActionRequested_SendsItAndTellsOpenPages()
    {
        await using var host = await CoreHost.StartAsync(_sandbox, PortalDatabase.Sqlite(_folder), null, Token);
        var actor = await Person.AddAsync(host.Services, StaffRole.Operator, Merchant);
        var billnumber = await PaidAsync(host);
        var told = Channel.CreateUnbounded<OrderChange>();
        using var page = host.Get<OrderFeed>().Subscribe(change => told.Writer.TryWrite(change));

        var id = LedgerBench.Done(await CancelAsync(host, actor, billnumber, 4_000));

        var action = await ReadAsync(host, id);
        while (action.State != ActionState.Succeeded)
        {
            var change = await told.Reader.ReadAsync(Token).AsTask().WaitAsync(Until.Patience, TimeProvider.System, Token);
            Assert.Equal((Merchant, billnumber), (change.MerchantId, change.Billnumber));
            action = await ReadAsync(host, id);
        }

        await using var db = host.OpenDatabase();
        Assert.Equal(OrderState.PartialCanceled, (await db.Orders.SingleAsync(order => order.Billnumber == billnumber, Token)).State);
    }

    [Fact]
    public async Task Worker_ManyOrders_WorksEachOnce()
    {
        await using var host = await CoreHost.StartAsync(_sandbox, PortalDatabase.Sqlite(_folder), null, Token);
        var actor = await Person.AddAsync(host.Services, StaffRole.Operator, Merchant);
        var billnumbers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PaidAsync(host)));

        var ids = await Task.WhenAll(billnumbers.Select(async billnumber => LedgerBench.Done(await CancelAsync(host, actor, billnumber, 10_000))));

        foreach (var id in ids)
        {
            var action = await UntilSettledAsync(host, id);
            Assert.Equal((ActionState.Succeeded, 1), (action.State, action.Attempts));
            Assert.Single((await _sandbox.TruthAsync(action.Billnumber, Token)).Of(OperationType.Cancellation));
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Worker_KilledBetweenSendingAndAnswer_EndsInTheTruthAfterARestart(DatabaseKind kind)
    {
        (string, string)[] slow = [("Assist:CommandTimeout", "00:00:04"), ("Actions:LeaseTime", "00:00:05"), ("Actions:SettlingTime", "00:00:10")];
        var database = await PortalDatabase.CreateAsync(kind, _folder, postgres, Token);
        await using var killed = await CoreHost.StartAsync(_sandbox, database, slow.Select(setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2)), Token);
        var actor = await Person.AddAsync(killed.Services, StaffRole.Operator, Merchant);
        var billnumber = await PaidAsync(killed);
        await _sandbox.FaultAsync("wscancel", "delay:60", 1, Token);
        var id = LedgerBench.Done(await CancelAsync(killed, actor, billnumber, 4_000));
        await UntilAsync(killed, id, ActionState.Sending);
        await Until.Async("the gateway has done it", async token => (await _sandbox.TruthAsync(billnumber, token)).Successful(OperationType.Cancellation).Count == 1, Token);

        await using var restarted = await killed.CrashAndRestartAsync(Token);

        var action = await UntilSettledAsync(restarted, id);
        Assert.Equal((ActionState.Succeeded, 1), (action.State, action.Attempts));
        Assert.Contains(action.Steps, step => step.State == ActionState.OutcomeUnknown);
        Assert.Single((await _sandbox.TruthAsync(billnumber, Token)).Of(OperationType.Cancellation));
    }

    [Fact]
    public async Task Worker_StoppedWhileACommandIsOnItsWay_WaitsForItsVerdict()
    {
        var database = PortalDatabase.Sqlite(_folder);
        Guid id;
        await using (var stopping = await CoreHost.StartAsync(_sandbox, database, [KeyValuePair.Create("Assist:CommandTimeout", (string?)"00:00:02.5")], Token))
        {
            var actor = await Person.AddAsync(stopping.Services, StaffRole.Operator, Merchant);
            var billnumber = await PaidAsync(stopping);
            await _sandbox.FaultAsync("wscancel", "delay:1", 1, Token);
            id = LedgerBench.Done(await CancelAsync(stopping, actor, billnumber, 4_000));
            await UntilAsync(stopping, id, ActionState.Sending);
        }

        await using var bench = await LedgerBench.StartAsync(_sandbox, database, Token);
        Assert.Equal(ActionState.Succeeded, (await bench.ReadAsync(id)).State);
    }

    [Fact]
    public async Task Worker_GatewayRefusesConnections_KeepsTheActionAndSendsItWhenItIsBack()
    {
        await using var host = await CoreHost.StartAsync(_sandbox, PortalDatabase.Sqlite(_folder), null, Token);
        var actor = await Person.AddAsync(host.Services, StaffRole.Operator, Merchant);
        var billnumber = await PaidAsync(host, twoStage: true);
        await _sandbox.RefuseConnectionsAsync(TimeSpan.FromSeconds(2), Token);

        var result = await host.Get<RequestAction>().ConfirmAsync(new ConfirmRequest(billnumber, new Money(10_000, "RUB"), null, 1), actor, Token);

        var action = await UntilSettledAsync(host, LedgerBench.Done(result));
        Assert.Equal((ActionState.Succeeded, 1), (action.State, action.Attempts));
        Assert.Contains(action.Steps, step => step is { State: ActionState.Queued, Detail: "orderresult: no connection" });
    }

    [Theory]
    [InlineData("00:01:00", "00:02:00", "00:15:00", true)]
    [InlineData("00:01:00", "00:01:00", "00:15:00", false)]
    [InlineData("00:01:00", "00:02:00", "00:03:00", false)]
    [InlineData("00:00:04", "00:00:05", "00:00:10", true)]
    public void Options_TimesThatCouldSendTwice_AreRefused(string command, string lease, string settling, bool isValid)
    {
        var validator = new ActionOptionsValidator(Options.Create(new AssistOptions { CommandTimeout = TimeSpan.Parse(command, null) }));

        var result = validator.Validate(null, new ActionOptions { LeaseTime = TimeSpan.Parse(lease, null), SettlingTime = TimeSpan.Parse(settling, null) });

        Assert.Equal(isValid, result.Succeeded);
    }

    private async Task<string> PaidAsync(CoreHost host, bool twoStage = false)
    {
        var billnumber = await Person.PayAsync(_sandbox, Merchant, 10_000, twoStage);
        await Person.TakeAsync(host.Services, billnumber, Merchant);
        return billnumber;
    }

    private static Task<Result<Guid>> CancelAsync(CoreHost host, Actor actor, string billnumber, long amount) =>
        host.Get<RequestAction>().CancelAsync(new CancelRequest(billnumber, new Money(amount, "RUB"), CancelReason.Customer, null, 1), actor, Token);

    private static async Task<MoneyAction> ReadAsync(CoreHost host, Guid id)
    {
        await using var db = host.OpenDatabase();
        return await db.Actions.AsNoTracking().Include(action => action.Steps).SingleAsync(action => action.Id == id, Token);
    }

    private static Task<MoneyAction> UntilAsync(CoreHost host, Guid id, ActionState state) =>
        Until.Async($"the action is {state}", _ => ReadAsync(host, id), action => action.State == state, Token);

    private static Task<MoneyAction> UntilSettledAsync(CoreHost host, Guid id) =>
        Until.Async("the action is settled", _ => ReadAsync(host, id), action => !action.State.IsOpen(), Token);
}
