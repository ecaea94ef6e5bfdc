using AssistPortal.Core.Actions;
using AssistPortal.Core.Data;
using AssistPortal.Core.Orders;
using AssistPortal.Core.Staff;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AssistPortal.Core.Tests.Actions;

/// <summary>
/// The ledger on a real database against a real sandbox, with no worker running: the test does each step itself and moves the clock, so
/// nothing depends on how fast the machine is. Several benches may share one database, as portal nodes do.
/// </summary>
internal sealed class LedgerBench : IAsyncDisposable
{
    private const int MostSteps = 400;

    private readonly ServiceProvider _services;

    private LedgerBench(SandboxServer sandbox, ServiceProvider services)
    {
        Sandbox = sandbox;
        _services = services;
    }

    public SandboxServer Sandbox { get; }

    public static async Task<LedgerBench> StartAsync(SandboxServer sandbox, TestKit.PortalDatabase database, CancellationToken cancellationToken, params (string Name, string Setting)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([.. sandbox.Settings, .. database.Settings])
            .AddInMemoryCollection([.. settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Setting))])
            .Build();
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(sandbox.Clock)
            .AddLogging()
            .AddAssistGateway(configuration)
            .AddPortalCore(configuration)
            .BuildServiceProvider();
        var bench = new LedgerBench(sandbox, services);
        await using var db = bench.Open();
        await db.Database.MigrateAsync(cancellationToken);
        return bench;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public PortalDbContext Open() => Get<IDbContextFactory<PortalDbContext>>().CreateDbContext();

    public Task<Actor> ActorAsync(StaffRole role, params int[] merchants) => Person.AddAsync(_services, role, merchants);

    /// <summary>A buyer has paid, and the copy shows it.</summary>
    public async Task<string> PaidAsync(long amountMinor = 10_000, bool twoStage = false, int merchant = SandboxServer.Hypermarket)
    {
        var billnumber = await Person.PayAsync(Sandbox, merchant, amountMinor, twoStage);
        await TakeAsync(billnumber, merchant);
        return billnumber;
    }

    /// <summary>Takes the order into the copy as the exchange would.</summary>
    public Task TakeAsync(string billnumber, int merchant = SandboxServer.Hypermarket) => Person.TakeAsync(_services, billnumber, merchant);

    public Task<Result<Guid>> ConfirmAsync(Actor actor, string billnumber, long amountMinor, int baseline = 1) =>
        Get<RequestAction>().ConfirmAsync(new ConfirmRequest(billnumber, new Money(amountMinor, "RUB"), null, baseline), actor, TestContext.Current.CancellationToken);

    public Task<Result<Guid>> CancelAsync(Actor actor, string billnumber, long amountMinor, int baseline = 1) =>
        Get<RequestAction>().CancelAsync(
            new CancelRequest(billnumber, new Money(amountMinor, "RUB"), CancelReason.Customer, null, baseline), actor, TestContext.Current.CancellationToken);

    /// <summary>A new operator asks for an action, and gets it.</summary>
    public async Task<Guid> GivenAsync(ActionKind kind, string billnumber, long amountMinor, int baseline = 1)
    {
        var actor = await ActorAsync(StaffRole.Operator, SandboxServer.Hypermarket);
        return Done(kind == ActionKind.Confirm ? await ConfirmAsync(actor, billnumber, amountMinor, baseline) : await CancelAsync(actor, billnumber, amountMinor, baseline));
    }

    public static Guid Done(Result<Guid> result) => Assert.IsType<Result<Guid>.Ok>(result).Value;

    public static T Problem<T>(Result<Guid> result)
        where T : Problem => Assert.IsType<T>(Assert.IsType<Result<Guid>.Failed>(result).Problem);

    /// <summary>One step of the worker.</summary>
    public async Task<MoneyAction> StepAsync(Guid actionId)
    {
        await Get<WorkAction>().RunAsync(actionId, TestContext.Current.CancellationToken);
        return await ReadAsync(actionId);
    }

    /// <summary>Steps until the worker has nothing left to do with the action; the clock goes to each next step.</summary>
    public async Task<MoneyAction> SettleAsync(Guid actionId)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            var action = await StepAsync(actionId);
            if (action.NextStepAt == MoneyAction.Never)
            {
                return action;
            }

            Advance(action.NextStepAt - Sandbox.Clock.GetUtcNow());
        }

        throw new InvalidOperationException("The action never settles: " + await StoryAsync(actionId));
    }

    /// <summary>Moves the clock of portal and gateway to just after the end of the time; terms and late commands of the sandbox fire.</summary>
    public void Advance(TimeSpan by)
    {
        if (by > TimeSpan.Zero)
        {
            Sandbox.Clock.Advance(by + TimeSpan.FromMilliseconds(1));
        }
    }

    public async Task<MoneyAction> ReadAsync(Guid actionId)
    {
        await using var db = Open();
        return await db.Actions.AsNoTracking().Include(action => action.Steps.OrderBy(step => step.Number)).SingleAsync(action => action.Id == actionId, TestContext.Current.CancellationToken);
    }

    public async Task<Order> OrderAsync(string billnumber)
    {
        await using var db = Open();
        return await db.Orders.AsNoTracking().Include(order => order.Operations).SingleAsync(order => order.Billnumber == billnumber, TestContext.Current.CancellationToken);
    }

    public async Task<string> StoryAsync(Guid actionId) =>
        string.Join(" | ", (await ReadAsync(actionId)).Steps.Select(step => $"{step.State}#{step.Attempt} {step.Detail}"));

    /// <summary>What the portal says of the action is what the gateway really did, and the copy shows the same.</summary>
    public async Task AssertTruthAsync(MoneyAction action)
    {
        var truth = await Sandbox.TruthAsync(action.Billnumber, TestContext.Current.CancellationToken);
        var made = truth.Of(Evidence.OperationOf(action.Kind)).Where(operation => operation.ExternalRefundId is null || operation.ExternalRefundId == action.Id.ToString("D")).ToList();
        var story = await StoryAsync(action.Id);
        switch (action.State)
        {
            case ActionState.Succeeded:
                Assert.True(made.Count(operation => operation.Responsecode == "AS000") == 1, story);
                Assert.Equal(action.Amount, made.Single(operation => operation.Responsecode == "AS000").Amount);
                break;
            case ActionState.Declined:
                Assert.True(made is [{ Responsecode: not "AS000" }], story);
                break;
            default:
                Assert.True(made.Count == 0 && action.State is ActionState.NotExecuted or ActionState.Refused or ActionState.Stale or ActionState.Withdrawn, story);
                break;
        }

        var order = await OrderAsync(action.Billnumber);
        Assert.Equal(truth.State, order.State.Wire);
        Assert.Equal(
            truth.Operations.Select(operation => (operation.Number, operation.Responsecode, operation.Amount)),
            order.Operations.OrderBy(operation => operation.Number).Select(operation => (operation.Number, operation.ResponseCode.Wire, operation.Amount)));
        Assert.Equal(
            action.State is ActionState.Succeeded or ActionState.Declined ? [made[^1].Number] : [],
            order.Operations.Where(operation => operation.ActionId == action.Id).Select(operation => operation.Number));
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();
}
