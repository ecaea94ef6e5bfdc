using AssistPortal.Core.Actions;
using AssistPortal.Core.Audit;
using AssistPortal.Core.Staff;
using AssistPortal.Core.Sync;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Core.Tests.Actions;

public sealed class WorkActionTests(PostgresServer postgres) : IAsyncLifetime
{
    private const int Merchant = SandboxServer.Hypermarket;
    private static readonly TimeSpan Settling = new ActionOptions().SettlingTime;

    private readonly TempFolder _folder = new();
    private SandboxServer _sandbox = null!;
    private LedgerBench _bench = null!;

    public static TheoryData<DatabaseKind> Databases => [.. PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(Token);
        _bench = await LedgerBench.StartAsync(_sandbox, PortalDatabase.Sqlite(_folder), Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _sandbox.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(ActionKind.Confirm, 10_000, "Approved")]
    [InlineData(ActionKind.Confirm, 4_000, "PartialDelayed")]
    [InlineData(ActionKind.Cancel, 10_000, "Canceled")]
    public async Task Run_DelayedOrder_MovesTheMoneyAndShowsItInTheCopy(ActionKind kind, long amount, string state)
    {
        var billnumber = await _bench.PaidAsync(twoStage: true);

        var action = await _bench.SettleAsync(await _bench.GivenAsync(kind, billnumber, amount));

        Assert.Equal(ActionState.Succeeded, action.State);
        Assert.Equal(state, (await _bench.OrderAsync(billnumber)).State.Wire);
        Assert.Equal([ActionState.Queued, ActionState.Sending, ActionState.Succeeded], action.Steps.Select(step => step.State));
        await _bench.AssertTruthAsync(action);
    }

    [Fact]
    public async Task Run_Answered_CommitsTheOutcomeTogetherWithItsOperation()
    {
        var billnumber = await _bench.PaidAsync();
        var id = await _bench.GivenAsync(ActionKind.Cancel, billnumber, 4_000);

        var action = await _bench.StepAsync(id);

        Assert.Equal(ActionState.Succeeded, action.State);
        Assert.Equal(id, Assert.Single((await _bench.OrderAsync(billnumber)).Operations, operation => operation.Type == OperationType.Cancellation).ActionId);
    }

    [Fact]
    public async Task Run_OrderChangedElsewhereMeanwhile_IsStaleAndSendsNothing()
    {
        var billnumber = await _bench.PaidAsync();
        var id = await _bench.GivenAsync(ActionKind.Cancel, billnumber, 4_000);
        await CancelElsewhereAsync(billnumber, 1_000);

        var action = await _bench.SettleAsync(id);

        Assert.Equal(ActionState.Stale, action.State);
        Assert.Single((await _sandbox.TruthAsync(billnumber, Token)).Of(OperationType.Cancellation));
        Assert.Null(Assert.Single((await _bench.OrderAsync(billnumber)).Operations, operation => operation.Type == OperationType.Cancellation).ActionId);
    }

    [Fact]
    public async Task Run_TermOfTheHoldIsOver_IsStaleAndSendsNothing()
    {
        var billnumber = await _bench.PaidAsync(twoStage: true);
        var id = await _bench.GivenAsync(ActionKind.Confirm, billnumber, 10_000);
        await _sandbox.AdvanceAsync(TimeSpan.FromDays(8), Token);

        var action = await _bench.SettleAsync(id);

        Assert.Equal(ActionState.Stale, action.State);
        Assert.Empty((await _sandbox.TruthAsync(billnumber, Token)).Of(OperationType.Confirmation));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Run_AnswerComesAfterTheLeaseWasLost_ChangesNothing(DatabaseKind kind)
    {
        using var folder = new TempFolder();
        var database = await PortalDatabase.CreateAsync(kind, folder, postgres, Token);
        await using var slow = await LedgerBench.StartAsync(_sandbox, database, Token);
        await using var other = await LedgerBench.StartAsync(_sandbox, database, Token);
        var billnumber = await slow.PaidAsync();
        var id = await slow.GivenAsync(ActionKind.Cancel, billnumber, 4_000);
        await _sandbox.FaultAsync("wscancel", "delay:3", 1, Token);

        // The answer waits on the wire while the second node takes the action over; then it arrives.
        var sending = slow.Get<WorkAction>().RunAsync(id, Token);
        await Until.Async("the command is on its way", async _ => (await slow.ReadAsync(id)).State == ActionState.Sending, Token);
        await ExpireLeaseAsync(other, id);
        var unknown = await other.StepAsync(id);
        await sending.WaitAsync(Until.Patience, TimeProvider.System, Token);

        Assert.Equal(ActionState.OutcomeUnknown, unknown.State);
        var after = await other.ReadAsync(id);
        Assert.Equal(ActionState.OutcomeUnknown, after.State);
        Assert.Equal(unknown.Steps.Count, after.Steps.Count);

        other.Advance(TimeSpan.FromSeconds(1));
        var action = await other.SettleAsync(id);
        Assert.Equal(ActionState.Succeeded, action.State);
        Assert.Equal("found by operations", action.Steps.Last().Detail);
        await other.AssertTruthAsync(action);
    }

    [Fact]
    public async Task Run_WithdrawnWhileTheOrderIsAskedFor_SendsNothing()
    {
        var billnumber = await _bench.PaidAsync();
        var actor = await _bench.ActorAsync(StaffRole.Operator, Merchant);
        var id = LedgerBench.Done(await _bench.CancelAsync(actor, billnumber, 4_000));
        var held = await _bench.Get<Ledger>().TakeAsync(id, TimeSpan.FromMinutes(2), Token);

        Assert.Equal(id, LedgerBench.Done(await _bench.Get<DecideAction>().WithdrawAsync(id, actor, Token)));
        var late = await _bench.Get<Ledger>().ChangeAsync(held!, null, view =>
        {
            view.Action.Send(_sandbox.Clock.GetUtcNow(), _sandbox.Clock.GetUtcNow());
            return [];
        }, Token);

        Assert.Null(late);
        Assert.Equal(ActionState.Withdrawn, (await _bench.SettleAsync(id)).State);
        Assert.Empty((await _sandbox.TruthAsync(billnumber, Token)).Of(OperationType.Cancellation));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Take_ManyWorkersAtOnce_GivesTheActionToOne(DatabaseKind kind)
    {
        using var folder = new TempFolder();
        var database = await PortalDatabase.CreateAsync(kind, folder, postgres, Token);
        await using var bench = await LedgerBench.StartAsync(_sandbox, database, Token);
        var id = await bench.GivenAsync(ActionKind.Cancel, await bench.PaidAsync(), 4_000);

        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => bench.Get<Ledger>().TakeAsync(id, TimeSpan.FromMinutes(2), Token), Token)));

        Assert.Single(taken, held => held is not null);
    }

    [Fact]
    public async Task Run_TwoOperationsCouldBeTheActions_AsksAPerson()
    {
        var billnumber = await _bench.PaidAsync();
        var id = await _bench.GivenAsync(ActionKind.Cancel, billnumber, 4_000);
        await _sandbox.FaultAsync("wscancel", "drop-after", 1, Token);
        await _bench.StepAsync(id);
        await CancelElsewhereAsync(billnumber, 4_000);

        var action = await _bench.SettleAsync(id);

        Assert.Equal(ActionState.NeedsPerson, action.State);
        Assert.All((await _bench.OrderAsync(billnumber)).Operations, operation => Assert.Null(operation.ActionId));
    }

    [Fact]
    public async Task Run_GatewayDeadWhileTheOutcomeIsUnknown_KeepsAskingAndSendsNothing()
    {
        var billnumber = await _bench.PaidAsync();
        var id = await _bench.GivenAsync(ActionKind.Cancel, billnumber, 4_000);
        await _sandbox.FaultAsync("wscancel", "drop-after", 1, Token);
        await _bench.StepAsync(id);
        await _sandbox.FaultAsync("orderresult", "drop-before", 1_000, Token);
        _bench.Advance(Settling * 2);

        var blind = await _bench.StepAsync(id);

        Assert.Equal(ActionState.OutcomeUnknown, blind.State);
        Assert.Equal("orderresult: no answer", blind.Steps.Last().Detail);
        Assert.InRange(blind.NextStepAt - _sandbox.Clock.GetUtcNow(), TimeSpan.Zero, TimeSpan.FromSeconds(15));

        await _sandbox.ClearFaultsAsync(Token);
        _bench.Advance(blind.NextStepAt - _sandbox.Clock.GetUtcNow());
        var action = await _bench.SettleAsync(id);
        Assert.Equal(ActionState.Succeeded, action.State);
        Assert.Equal(1, action.Attempts);
        await _bench.AssertTruthAsync(action);
    }

    [Fact]
    public async Task Run_FullConfirmationLostAgainAndAgain_RestsAfterTheBound()
    {
        var billnumber = await _bench.PaidAsync(twoStage: true);
        await _sandbox.FaultAsync("charge", "drop-before", 10, Token);

        var action = await _bench.SettleAsync(await _bench.GivenAsync(ActionKind.Confirm, billnumber, 10_000));

        Assert.Equal(ActionState.NotExecuted, action.State);
        Assert.Equal(new ActionOptions().MaxConfirmAttempts, action.Attempts);
        await _bench.AssertTruthAsync(action);
    }

    [Fact]
    public async Task Run_NoConnectionForTheCommand_TriesAgainAndRestsAfterTheBoundAsNeverSent()
    {
        using var folder = new TempFolder();
        await using var bench = await LedgerBench.StartAsync(_sandbox, PortalDatabase.Sqlite(folder), Token, ("Actions:MaxTransportRetries", "2"));
        var billnumber = await bench.PaidAsync();
        var id = await bench.GivenAsync(ActionKind.Cancel, billnumber, 4_000);

        // The feed speaks between the commit of Sending and the sending itself.
        using var closing = bench.Get<OrderFeed>().Subscribe(_ =>
        {
            using var db = bench.Open();
            if (db.Actions.Any(action => action.Id == id && action.State == ActionState.Sending))
            {
                _sandbox.RefuseConnectionsAsync(TimeSpan.FromSeconds(2), Token).GetAwaiter().GetResult();
            }
        });
        var first = await bench.StepAsync(id);
        Assert.Equal(ActionState.Queued, first.State);
        Assert.Equal(0, first.Attempts);

        var action = await bench.SettleAsync(id);

        Assert.Equal(ActionState.NotExecuted, action.State);
        Assert.Equal(0, action.Attempts);
        Assert.Equal(2, action.Steps.Count(step => step.State == ActionState.Sending));
        Assert.Empty((await Until.Async("the gateway is back", TruthOrNothing(billnumber), truth => truth is not null, Token))!.Of(OperationType.Cancellation));
    }

    [Fact]
    public async Task SendAgain_NothingWasDone_SendsANewAttemptWithTheSameExternalId()
    {
        var billnumber = await _bench.PaidAsync();
        var actor = await _bench.ActorAsync(StaffRole.Operator, Merchant);
        var id = await NotExecutedAsync(billnumber, "drop-before");

        Assert.Equal(id, LedgerBench.Done(await _bench.Get<DecideAction>().SendAgainAsync(id, actor, Token)));
        var action = await _bench.SettleAsync(id);

        Assert.Equal(ActionState.Succeeded, action.State);
        Assert.Equal(2, action.Attempts);
        Assert.Equal(id.ToString("D"), Assert.Single((await _sandbox.TruthAsync(billnumber, Token)).Of(OperationType.Cancellation)).ExternalRefundId);
        await _bench.AssertTruthAsync(action);
    }

    [Fact]
    public async Task SendAgain_FirstAttemptCameThroughAfterTheSettlingTime_SettlesItAndSendsNothing()
    {
        var billnumber = await _bench.PaidAsync();
        var actor = await _bench.ActorAsync(StaffRole.Operator, Merchant);
        var id = await NotExecutedAsync(billnumber, FormattableString.Invariant($"late:{Settling.TotalSeconds + 600}"));
        await _sandbox.AdvanceAsync(TimeSpan.FromHours(1), Token);
        Assert.Single((await _sandbox.TruthAsync(billnumber, Token)).Successful(OperationType.Cancellation));

        LedgerBench.Done(await _bench.Get<DecideAction>().SendAgainAsync(id, actor, Token));
        var action = await _bench.SettleAsync(id);

        Assert.Equal(ActionState.Succeeded, action.State);
        Assert.Equal(1, action.Attempts);
        await _bench.AssertTruthAsync(action);
    }

    [Fact]
    public async Task SendAgain_SecondAttemptRefusedBecauseTheFirstCameThrough_FindsTheFirst()
    {
        var billnumber = await _bench.PaidAsync();
        var actor = await _bench.ActorAsync(StaffRole.Operator, Merchant);
        var id = await NotExecutedAsync(billnumber, "drop-before");
        LedgerBench.Done(await _bench.Get<DecideAction>().SendAgainAsync(id, actor, Token));
        await _sandbox.FaultAsync("wscancel", "rate-limit", 1, Token);

        var refused = await _bench.StepAsync(id);
        Assert.Equal(ActionState.OutcomeUnknown, refused.State);
        Assert.Equal((17, 3), (refused.ErrorFirst, refused.ErrorSecond));
        await CancelElsewhereAsync(billnumber, 4_000);
        var action = await _bench.SettleAsync(id);

        Assert.Equal(ActionState.Succeeded, action.State);
        Assert.Equal(2, action.Attempts);
    }

    [Fact]
    public async Task SendAgain_AnotherActionIsOpen_NamesIt()
    {
        var billnumber = await _bench.PaidAsync();
        var actor = await _bench.ActorAsync(StaffRole.Operator, Merchant);
        var id = await NotExecutedAsync(billnumber, "drop-before");
        var other = LedgerBench.Done(await _bench.CancelAsync(actor, billnumber, 1_000));

        Assert.Equal(other, LedgerBench.Problem<Problem.OpenAction>(await _bench.Get<DecideAction>().SendAgainAsync(id, actor, Token)).ActionId);
    }

    [Fact]
    public async Task Decide_PersonWithoutTheRightOrWrongState_IsRefusedAndWrittenDown()
    {
        var billnumber = await _bench.PaidAsync();
        var accountant = await _bench.ActorAsync(StaffRole.Accountant, Merchant);
        var stranger = await _bench.ActorAsync(StaffRole.Operator, SandboxServer.Shop);
        var clerk = await _bench.ActorAsync(StaffRole.Operator, Merchant);
        var decide = _bench.Get<DecideAction>();
        var id = LedgerBench.Done(await _bench.CancelAsync(clerk, billnumber, 4_000));

        LedgerBench.Problem<Problem.Denied>(await decide.WithdrawAsync(id, accountant, Token));
        LedgerBench.Problem<Problem.NotFound>(await decide.WithdrawAsync(id, stranger, Token));
        LedgerBench.Problem<Problem.NotFound>(await decide.WithdrawAsync(Guid.CreateVersion7(Sample.Now), clerk, Token));
        Assert.Equal(InvalidReason.WrongActionState, LedgerBench.Problem<Problem.Invalid>(await decide.SendAgainAsync(id, clerk, Token)).Reason);
        await _bench.SettleAsync(id);
        Assert.Equal(InvalidReason.WrongActionState, LedgerBench.Problem<Problem.Invalid>(await decide.WithdrawAsync(id, clerk, Token)).Reason);

        await using var db = _bench.Open();
        var outcomes = await db.Audit.Where(entry => entry.Event == AuditEvents.ActionMoved && entry.UserId != null).OrderBy(entry => entry.Seq).Select(entry => entry.Outcome).ToListAsync(Token);
        Assert.Equal([AuditOutcome.Denied, AuditOutcome.Denied, AuditOutcome.Refused, AuditOutcome.Refused, AuditOutcome.Refused], outcomes);
    }

    [Fact]
    public async Task List_Actions_ShowsGrantedMerchantsNewestFirstWithStepsAndOperations()
    {
        var first = await _bench.GivenAsync(ActionKind.Cancel, await _bench.PaidAsync(), 4_000);
        await _bench.SettleAsync(first);
        await _sandbox.AdvanceAsync(TimeSpan.FromSeconds(1), Token);
        var second = await _bench.GivenAsync(ActionKind.Cancel, await _bench.PaidAsync(), 1_000);
        var list = _bench.Get<ListActions>();
        var auditor = await _bench.ActorAsync(StaffRole.Auditor, Merchant);
        var stranger = await _bench.ActorAsync(StaffRole.Operator, SandboxServer.Shop);

        var all = Assert.IsType<Result<ActionPage>.Ok>(await list.RunAsync(new ActionFilter(), 0, 10, auditor, Token)).Value;
        var open = Assert.IsType<Result<ActionPage>.Ok>(await list.RunAsync(new ActionFilter(OnlyOpen: true), 0, 10, auditor, Token)).Value;
        var details = Assert.IsType<Result<ActionDetails>.Ok>(await list.GetAsync(first, auditor, Token)).Value;
        var foreign = Assert.IsType<Result<ActionPage>.Ok>(await list.RunAsync(new ActionFilter(), 0, 10, stranger, Token)).Value;

        Assert.Equal([second, first], all.Rows.Select(row => row.Action.Id));
        Assert.Equal([second], open.Rows.Select(row => row.Action.Id));
        Assert.Equal([2], details.OperationNumbers);
        Assert.Equal([1, 2, 3], details.Action.Steps.Select(step => step.Number));
        Assert.Empty(foreign.Rows);
        Assert.IsType<Result<ActionDetails>.Failed>(await list.GetAsync(first, stranger, Token));
        Assert.Equal(1, await list.CountOpenAsync(auditor, Token));
        Assert.Equal(0, await list.CountOpenAsync(stranger, Token));
    }

    private async Task<Guid> NotExecutedAsync(string billnumber, string fault)
    {
        var id = await _bench.GivenAsync(ActionKind.Cancel, billnumber, 4_000);
        await _sandbox.FaultAsync("wscancel", fault, 1, Token);
        Assert.Equal(ActionState.NotExecuted, (await _bench.SettleAsync(id)).State);
        return id;
    }

    private async Task CancelElsewhereAsync(string billnumber, long amount)
    {
        var command = new CancelCommand(Merchant, new Billnumber(billnumber), new Money(amount, "RUB"), CancelReason.Shop);
        Assert.Equal(CommandVerdict.Succeeded, (await _bench.Get<AssistClient>().WsCancelAsync(command, Token)).Verdict);
    }

    private static async Task ExpireLeaseAsync(LedgerBench bench, Guid id)
    {
        await using var db = bench.Open();
        var past = bench.Sandbox.Clock.GetUtcNow().AddSeconds(-1);
        await db.Actions.Where(action => action.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(action => action.LeaseUntil, past).SetProperty(action => action.NextStepAt, past), Token);
    }

    private Func<CancellationToken, Task<SandboxTruth?>> TruthOrNothing(string billnumber) => async token =>
    {
        try
        {
            return await _sandbox.TruthAsync(billnumber, token);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    };
}
