using System.Text;
using AssistPortal.Core.Audit;
using AssistPortal.Core.SecondFactor;
using AssistPortal.Core.Sessions;
using AssistPortal.Core.Staff;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using Xunit;

namespace AssistPortal.Core.Tests.SecondFactor;

public sealed class SecondFactorsTests(PostgresServer postgres)
{
    private const string Password = "Long enough 2026";

    public static TheoryData<DatabaseKind> Databases => [.. TestKit.PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // RFC 6238, appendix B; six of its eight digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Code_OfTheStandard_IsKnownInItsStepAndTheNeighbours(long seconds, string code)
    {
        var key = Encoding.ASCII.GetBytes("12345678901234567890");
        var now = DateTimeOffset.FromUnixTimeSeconds(seconds);

        Assert.All(new[] { -30, 0, 30 }, offset => Assert.Equal(seconds / 30, Core.SecondFactor.Totp.StepOf(key, code, now.AddSeconds(offset))));
        Assert.All(new[] { -60, 60 }.Where(offset => seconds + offset >= 0), offset => Assert.Null(Core.SecondFactor.Totp.StepOf(key, code, now.AddSeconds(offset))));
        Assert.Null(Core.SecondFactor.Totp.StepOf(key, "", now));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Use_OneCodeManyTimesAtOnce_IsTakenOnce(DatabaseKind kind)
    {
        await using var bench = await CoreBench.StartAsync(kind, postgres);
        var (actor, key, sheet) = await EnrolAsync(bench, "anna@example.org");
        var factors = bench.Get<SecondFactors>();

        foreach (var code in new[] { Code(key, 0), sheet.Codes[0] })
        {
            var uses = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => factors.UseAsync(actor.UserId, code, Token), Token)));
            Assert.Single(uses, use => use != CodeUse.Wrong);
        }

        Assert.Equal(9, (await factors.StateAsync(actor.UserId, Token)).RecoveryCodes);
    }

    [Fact]
    public async Task Remove_OrRenew_NeedsAFreshProofAndLeavesTheLastFactorOfWhoeverMustHaveOne()
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var (actor, _, sheet) = await EnrolAsync(bench, "anna@example.org");
        var factors = bench.Get<SecondFactors>();

        CoreBench.Problem<FactorState, Problem.StepUp>(await factors.RemoveAsync(actor, Token));
        CoreBench.Problem<RecoverySheet, Problem.StepUp>(await factors.RenewRecoveryAsync(actor, Token));
        Assert.Equal(Proof.Right, await bench.Get<Prove>().ByCodeAsync(sheet.Codes[0], actor, Token));
        Assert.Equal(InvalidReason.FactorRequired, CoreBench.Problem<FactorState, Problem.Invalid>(await factors.RemoveAsync(actor, Token)).Reason);
        var renewed = CoreBench.Ok(await factors.RenewRecoveryAsync(actor, Token));

        Assert.Equal(CodeUse.Wrong, await factors.UseAsync(actor.UserId, sheet.Codes[1], Token));
        Assert.Equal(CodeUse.Recovery, await factors.UseAsync(actor.UserId, renewed.Codes[1], Token));
        Assert.Equal((true, 9), ((await factors.StateAsync(actor.UserId, Token)).HasAny, (await factors.StateAsync(actor.UserId, Token)).RecoveryCodes));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Reset_ByAnOwner_TakesEverythingAwayAndEndsTheSessions(DatabaseKind kind)
    {
        await using var bench = await CoreBench.StartAsync(kind, postgres);
        var (anna, _, _) = await EnrolAsync(bench, "anna@example.org");
        var (owner, _, sheet) = await EnrolAsync(bench, "owner@example.org", StaffRole.Owner);
        var factors = bench.Get<SecondFactors>();
        CoreBench.Problem<int, Problem.StepUp>(await factors.ResetAsync(anna.UserId, owner, Token));
        Assert.Equal(Proof.Right, await bench.Get<Prove>().ByCodeAsync(sheet.Codes[0], owner, Token));

        Assert.Equal(1, CoreBench.Ok(await factors.ResetAsync(anna.UserId, owner, Token)));

        var state = await factors.StateAsync(anna.UserId, Token);
        Assert.Equal((false, 0, true), (state.HasAny, state.RecoveryCodes, state.IsRequired));
        Assert.False(await bench.Get<StaffSessions>().IsOpenAsync(anna.SessionId!.Value, anna.UserId, Token));
        Assert.True((await factors.StateAsync(owner.UserId, Token)).HasAny);
        await using var db = bench.Open();
        Assert.Equal(
            [AuditOutcome.Refused, AuditOutcome.Done],
            await db.Audit.Where(entry => entry.Event == AuditEvents.FactorReset && entry.UserId == owner.UserId).OrderBy(entry => entry.Seq).Select(entry => entry.Outcome).ToListAsync(Token));
    }

    [Fact]
    public async Task Reset_WithoutTheRight_IsDeniedAndAudited()
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var (anna, _, _) = await EnrolAsync(bench, "anna@example.org");
        var (clerk, _, sheet) = await EnrolAsync(bench, "clerk@example.org");
        await bench.Get<Prove>().ByCodeAsync(sheet.Codes[0], clerk, Token);

        CoreBench.Problem<int, Problem.Denied>(await bench.Get<SecondFactors>().ResetAsync(anna.UserId, clerk, Token));

        Assert.True((await bench.Get<SecondFactors>().StateAsync(anna.UserId, Token)).HasAny);
        await using var db = bench.Open();
        Assert.Equal(AuditOutcome.Denied, (await db.Audit.SingleAsync(entry => entry.Event == AuditEvents.FactorReset, Token)).Outcome);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Prove_WrongManyTimesAtOnce_EndsTheSessionAndNoSixthIsLookedAt(DatabaseKind kind)
    {
        await using var bench = await CoreBench.StartAsync(kind, postgres);
        var (actor, _, sheet) = await EnrolAsync(bench, "anna@example.org");
        var prove = bench.Get<Prove>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => prove.ByCodeAsync("000000", actor, Token), Token)));

        Assert.Contains(Proof.SessionOver, answers);
        Assert.DoesNotContain(Proof.Right, answers);
        Assert.Equal(Proof.SessionOver, await prove.ByCodeAsync(sheet.Codes[0], actor, Token));
        Assert.Equal(10, (await bench.Get<SecondFactors>().StateAsync(actor.UserId, Token)).RecoveryCodes);
        Assert.False(await bench.Get<StaffSessions>().IsOpenAsync(actor.SessionId!.Value, actor.UserId, Token));
        await using var db = bench.Open();
        Assert.Equal(5, await db.Audit.CountAsync(entry => entry.Event == AuditEvents.StepUp && entry.Outcome == AuditOutcome.Denied, Token));
        Assert.Equal(SessionEnd.WrongProofs, (await db.Sessions.SingleAsync(session => session.Id == actor.SessionId, Token)).EndedWhy);
    }

    [Fact]
    public async Task Prove_ByPassword_CountsOnlyForWhoeverHasNothingBetter()
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var plain = await HireAsync(bench, "plain@example.org", StaffRole.Operator);
        var (armed, _, _) = await EnrolAsync(bench, "armed@example.org");
        var prove = bench.Get<Prove>();

        Assert.Equal(new ProofWays(Code: false, Passkey: false, Password: true), await prove.WaysAsync(plain, Token));
        Assert.Equal(Proof.Wrong, await prove.ByPasswordAsync("another password", plain, Token));
        Assert.Equal(Proof.Right, await prove.ByPasswordAsync(Password, plain, Token));
        Assert.Equal(new ProofWays(Code: true, Passkey: false, Password: false), await prove.WaysAsync(armed, Token));
        Assert.Equal(Proof.Wrong, await prove.ByPasswordAsync(Password, armed, Token));
    }

    private static async Task<(Actor Actor, byte[] Key, RecoverySheet Sheet)> EnrolAsync(CoreBench bench, string email, StaffRole role = StaffRole.Operator)
    {
        var actor = await HireAsync(bench, email, role);
        var begun = bench.Get<SecondFactors>().Begin(actor.UserId, email);
        var key = Base32Encoding.ToBytes(begun.Key.Replace(" ", "", StringComparison.Ordinal));
        return (actor, key, CoreBench.Ok(await bench.Get<SecondFactors>().AddAsync(begun.Seal, Code(key, -1), actor, Token)));
    }

    private static async Task<Actor> HireAsync(CoreBench bench, string email, StaffRole role)
    {
        int[] merchants = role == StaffRole.Owner ? [] : [CoreBench.Shop];
        var id = Assert.IsType<StaffCreation.Created>(await bench.Get<CreateStaff>().RunAsync(new NewStaff(email, "Анна", role, merchants), Password, Token)).UserId;
        var session = await bench.Get<StaffSessions>().BeginAsync(id, "10.0.0.1", "tests", proven: false, before: null, Token);
        return Assert.IsType<Actor>(await bench.Get<StaffDirectory>().ActorAsync(id, session, "10.0.0.1", "tests", Token));
    }

    private static string Code(byte[] key, int steps) => new OtpNet.Totp(key).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30 * steps));
}
