using AssistPortal.Core.Actions;
using AssistPortal.Core.Audit;
using AssistPortal.Core.Staff;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Core.Tests.Actions;

public sealed class RequestActionTests(PostgresServer postgres) : IAsyncLifetime
{
    private const int Merchant = SandboxServer.Hypermarket;

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
    [MemberData(nameof(Databases))]
    public async Task Request_TwentyAtOnceFromTwoNodes_GiveOneActionAndMoveTheMoneyOnce(DatabaseKind kind)
    {
        using var folder = new TempFolder();
        var database = await PortalDatabase.CreateAsync(kind, folder, postgres, Token);
        await using var one = await LedgerBench.StartAsync(_sandbox, database, Token);
        await using var other = await LedgerBench.StartAsync(_sandbox, database, Token);
        var billnumber = await one.PaidAsync(twoStage: true);
        var actor = await one.ActorAsync(StaffRole.Operator, Merchant);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => Task.Run(
            () => (index % 2 == 0 ? one : other) is var node && index % 4 < 2 ? node.ConfirmAsync(actor, billnumber, 10_000) : node.CancelAsync(actor, billnumber, 10_000), Token)));

        var id = Assert.Single(results.OfType<Result<Guid>.Ok>()).Value;
        Assert.All(results.OfType<Result<Guid>.Failed>(), failed => Assert.Equal(new Problem.OpenAction(id), failed.Problem));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(index => Task.Run(() => (index % 2 == 0 ? one : other).Get<WorkAction>().RunAsync(id, Token), Token)));
        var action = await one.SettleAsync(id);
        Assert.Equal(ActionState.Succeeded, action.State);
        Assert.Equal(1, action.Attempts);
        await one.AssertTruthAsync(action);
        Assert.Equal(2, (await _sandbox.TruthAsync(billnumber, Token)).Operations.Count);

        await using var db = one.Open();
        Assert.Equal(1, await db.Actions.CountAsync(Token));
        Assert.Equal(1, await db.Audit.CountAsync(entry => entry.Event == AuditEvents.ActionRequested && entry.Outcome == AuditOutcome.Done, Token));
        Assert.Equal(19, await db.Audit.CountAsync(entry => entry.Event == AuditEvents.ActionRequested && entry.Outcome == AuditOutcome.Refused, Token));
    }

    [Fact]
    public async Task Cancel_OneAfterTheOther_NeverGivesBackMoreThanWasPaid()
    {
        var billnumber = await _bench.PaidAsync();
        var actor = await _bench.ActorAsync(StaffRole.Operator, Merchant);
        await _bench.SettleAsync(LedgerBench.Done(await _bench.CancelAsync(actor, billnumber, 6_000)));

        var above = LedgerBench.Problem<Problem.Invalid>(await _bench.CancelAsync(actor, billnumber, 4_001, baseline: 2));
        Assert.Equal(new Problem.Invalid(InvalidReason.AboveRest, new Money(4_000, "RUB")), above);

        var last = await _bench.SettleAsync(LedgerBench.Done(await _bench.CancelAsync(actor, billnumber, 4_000, baseline: 2)));
        Assert.True(last.IsFull);
        Assert.Equal(InvalidReason.NothingLeft, LedgerBench.Problem<Problem.Invalid>(await _bench.CancelAsync(actor, billnumber, 1, baseline: 3)).Reason);
        Assert.Equal("Canceled", (await _sandbox.TruthAsync(billnumber, Token)).State);
    }

    [Theory]
    [InlineData(0, "RUB", InvalidReason.AmountNotPositive)]
    [InlineData(-1, "RUB", InvalidReason.AmountNotPositive)]
    [InlineData(10_001, "RUB", InvalidReason.AboveRest)]
    [InlineData(long.MaxValue, "RUB", InvalidReason.AboveRest)]
    [InlineData(10_000, "USD", InvalidReason.WrongCurrency)]
    [InlineData(9_999, "RUB", InvalidReason.DelayedOnlyInFull)]
    public async Task Cancel_AmountThatCannotBe_IsRefusedInWordsAndWrittenDown(long minor, string currency, InvalidReason reason)
    {
        var billnumber = await _bench.PaidAsync(twoStage: true);
        var actor = await _bench.ActorAsync(StaffRole.Operator, Merchant);

        var result = await _bench.Get<RequestAction>().CancelAsync(new CancelRequest(billnumber, new Money(minor, currency), CancelReason.Shop, null, 1), actor, Token);

        Assert.Equal(reason, LedgerBench.Problem<Problem.Invalid>(result).Reason);
        Assert.Equal(AuditOutcome.Refused, (await AuditAsync(billnumber)).Outcome);
        await AssertNoActionAsync();
    }

    [Fact]
    public async Task Cancel_WithoutReasonOrWithALongComment_IsRefused()
    {
        var billnumber = await _bench.PaidAsync();
        var actor = await _bench.ActorAsync(StaffRole.Operator, Merchant);
        var requests = _bench.Get<RequestAction>();
        var amount = new Money(10_000, "RUB");

        var silent = await requests.CancelAsync(new CancelRequest(billnumber, amount, null, null, 1), actor, Token);
        var unknown = await requests.CancelAsync(new CancelRequest(billnumber, amount, (CancelReason)7, null, 1), actor, Token);
        var wordy = await requests.CancelAsync(new CancelRequest(billnumber, amount, CancelReason.Shop, new string('я', 501), 1), actor, Token);

        Assert.Equal(InvalidReason.ReasonMissing, LedgerBench.Problem<Problem.Invalid>(silent).Reason);
        Assert.Equal(InvalidReason.ReasonMissing, LedgerBench.Problem<Problem.Invalid>(unknown).Reason);
        Assert.Equal(InvalidReason.CommentTooLong, LedgerBench.Problem<Problem.Invalid>(wordy).Reason);
        await AssertNoActionAsync();
    }

    [Fact]
    public async Task Confirm_PaidOrder_IsNotDelayed()
    {
        var billnumber = await _bench.PaidAsync();
        var actor = await _bench.ActorAsync(StaffRole.Operator, Merchant);

        Assert.Equal(InvalidReason.NotDelayed, LedgerBench.Problem<Problem.Invalid>(await _bench.ConfirmAsync(actor, billnumber, 10_000)).Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Cancel_BaselineOtherThanTheCopys_HasChanged(int baseline)
    {
        var billnumber = await _bench.PaidAsync();
        var actor = await _bench.ActorAsync(StaffRole.Operator, Merchant);

        LedgerBench.Problem<Problem.Changed>(await _bench.CancelAsync(actor, billnumber, 10_000, baseline));
    }

    [Theory]
    [InlineData(StaffRole.Auditor)]
    [InlineData(StaffRole.Accountant)]
    public async Task Request_RoleWithoutTheRight_IsDeniedAndWrittenDown(StaffRole role)
    {
        var billnumber = await _bench.PaidAsync();
        var actor = await _bench.ActorAsync(role, Merchant);

        LedgerBench.Problem<Problem.Denied>(await _bench.CancelAsync(actor, billnumber, 10_000));

        var entry = await AuditAsync(billnumber);
        Assert.Equal((AuditOutcome.Denied, actor.UserId), (entry.Outcome, entry.UserId));
        await AssertNoActionAsync();
    }

    [Fact]
    public async Task Request_ForeignMerchantsOrder_LooksLikeNoOrderAndIsWrittenDown()
    {
        var billnumber = await _bench.PaidAsync();
        var actor = await _bench.ActorAsync(StaffRole.Operator, SandboxServer.Shop);

        var foreign = LedgerBench.Problem<Problem.NotFound>(await _bench.CancelAsync(actor, billnumber, 10_000));
        var missing = LedgerBench.Problem<Problem.NotFound>(await _bench.CancelAsync(actor, "5000000000000001", 10_000));
        var nonsense = LedgerBench.Problem<Problem.NotFound>(await _bench.CancelAsync(actor, "' OR 1=1 --", 10_000));

        Assert.Equal(foreign, missing);
        Assert.Equal(foreign, nonsense);
        Assert.Equal(AuditOutcome.Denied, (await AuditAsync(billnumber)).Outcome);
        await AssertNoActionAsync();
    }

    [Fact]
    public async Task Request_RightsTakenAwayMeanwhile_AreReadAfresh()
    {
        var billnumber = await _bench.PaidAsync();
        var dismissed = await _bench.ActorAsync(StaffRole.Operator, Merchant);
        var demoted = await _bench.ActorAsync(StaffRole.Operator, Merchant);
        var locked = await _bench.ActorAsync(StaffRole.Operator, Merchant);
        var ended = await _bench.ActorAsync(StaffRole.Operator, Merchant);
        var ungranted = await _bench.ActorAsync(StaffRole.Operator, Merchant);
        await using (var db = _bench.Open())
        {
            var later = _sandbox.Clock.GetUtcNow().AddHours(1);
            await db.Users.Where(user => user.Id == dismissed.UserId).ExecuteUpdateAsync(set => set.SetProperty(user => user.IsDismissed, true), Token);
            await db.Assignments.Where(held => held.UserId == demoted.UserId).ExecuteUpdateAsync(set => set.SetProperty(held => held.Role, StaffRole.Auditor), Token);
            await db.Users.Where(user => user.Id == locked.UserId).ExecuteUpdateAsync(set => set.SetProperty(user => user.LockoutEnd, later), Token);
            await db.Assignments.Where(held => held.UserId == ungranted.UserId).ExecuteUpdateAsync(set => set.SetProperty(held => held.MerchantId, SandboxServer.Shop), Token);
            await db.Assignments.Where(held => held.UserId == ended.UserId).ExecuteUpdateAsync(set => set.SetProperty(held => held.EndsAt, _sandbox.Clock.GetUtcNow()), Token);
        }

        LedgerBench.Problem<Problem.Denied>(await _bench.CancelAsync(dismissed, billnumber, 10_000));
        LedgerBench.Problem<Problem.Denied>(await _bench.CancelAsync(demoted, billnumber, 10_000));
        LedgerBench.Problem<Problem.Denied>(await _bench.CancelAsync(locked, billnumber, 10_000));
        LedgerBench.Problem<Problem.Denied>(await _bench.CancelAsync(ended, billnumber, 10_000));
        LedgerBench.Problem<Problem.NotFound>(await _bench.CancelAsync(ungranted, billnumber, 10_000));
        await AssertNoActionAsync();
    }

    private async Task<AuditEntry> AuditAsync(string billnumber)
    {
        await using var db = _bench.Open();
        return await db.Audit.AsNoTracking().SingleAsync(entry => entry.Billnumber == billnumber && entry.Event == AuditEvents.ActionRequested, Token);
    }

    private async Task AssertNoActionAsync()
    {
        await using var db = _bench.Open();
        Assert.Equal(0, await db.Actions.CountAsync(Token));
    }
}
