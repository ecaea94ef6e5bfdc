using AssistPortal.Core.Audit;
using AssistPortal.Core.Sessions;
using AssistPortal.Core.Staff;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Core.Tests.Sessions;

public sealed class StaffSessionsTests(PostgresServer postgres)
{
    public static TheoryData<DatabaseKind> Databases => [.. TestKit.PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task EndOthers_ThreeSessions_LeavesTheOneAskedFrom(DatabaseKind kind)
    {
        await using var bench = await CoreBench.StartAsync(kind, postgres);
        var (anna, boris) = (await HireAsync(bench, "anna@example.org"), await HireAsync(bench, "boris@example.org"));
        var (one, two, own, foreign) = (await BeginAsync(bench, anna), await BeginAsync(bench, anna), await BeginAsync(bench, anna), await BeginAsync(bench, boris));
        var actor = await ActorAsync(bench, anna, own);

        Assert.Equal(2, await bench.Get<StaffSessions>().EndOthersAsync(actor, Token));
        Assert.Equal(0, await bench.Get<StaffSessions>().EndOthersAsync(actor, Token));

        Assert.Equal([false, false, true, true], await OpenAsync(bench, (one, anna), (two, anna), (own, anna), (foreign, boris)));
        Assert.Equal([own], (await bench.Get<StaffSessions>().ListAsync(actor, Token)).Select(session => session.Id));
        Assert.Null(await bench.Get<StaffDirectory>().ActorAsync(anna, two, null, null, Token));
        await using var db = bench.Open();
        Assert.Equal(1, await db.Audit.CountAsync(entry => entry.Event == AuditEvents.SessionEnded && entry.Outcome == AuditOutcome.Done, Token));
        Assert.All(await db.Sessions.Where(session => session.EndedAt != null).ToListAsync(Token), session => Assert.Equal((SessionEnd.ByPerson, anna), (session.EndedWhy, session.EndedBy)));
    }

    [Fact]
    public async Task End_SessionOfSomebodyElse_IsNotFoundAndAudited()
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var (anna, boris) = (await HireAsync(bench, "anna@example.org"), await HireAsync(bench, "boris@example.org"));
        var foreign = await BeginAsync(bench, boris);
        var actor = await ActorAsync(bench, anna, await BeginAsync(bench, anna));

        CoreBench.Problem<int, Problem.NotFound>(await bench.Get<StaffSessions>().EndAsync(foreign, actor, Token));

        Assert.Equal([true], await OpenAsync(bench, (foreign, boris)));
        await using var db = bench.Open();
        Assert.Equal(AuditOutcome.Denied, (await db.Audit.SingleAsync(entry => entry.Event == AuditEvents.SessionEnded, Token)).Outcome);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task See_WithinAMinute_WritesNothing(DatabaseKind kind)
    {
        await using var bench = await CoreBench.StartAsync(kind, postgres);
        var anna = await HireAsync(bench, "anna@example.org");
        var session = await BeginAsync(bench, anna);
        var (recent, stale) = (TimeProvider.System.GetUtcNow().AddSeconds(-50), TimeProvider.System.GetUtcNow().AddSeconds(-70));

        Assert.Equal(recent.ToUnixTimeSeconds(), await SeenAsync(recent));
        Assert.True(await SeenAsync(stale) > recent.ToUnixTimeSeconds());

        async Task<long> SeenAsync(DateTimeOffset before)
        {
            await using var db = bench.Open();
            await db.Sessions.ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSeenAt, before), Token);
            Assert.True(await bench.Get<StaffSessions>().SeeAsync(session, anna, Token));
            return (await db.Sessions.AsNoTracking().SingleAsync(Token)).LastSeenAt.ToUnixTimeSeconds();
        }
    }

    [Fact]
    public async Task Begin_RowsOfLongAgo_AreForgotten()
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var anna = await HireAsync(bench, "anna@example.org");
        await BeginAsync(bench, anna);
        await using var db = bench.Open();
        var longAgo = TimeProvider.System.GetUtcNow().AddDays(-91);
        await db.Sessions.ExecuteUpdateAsync(set => set.SetProperty(row => row.StartedAt, longAgo), Token);

        var session = await BeginAsync(bench, anna);

        Assert.Equal(session, (await db.Sessions.AsNoTracking().SingleAsync(Token)).Id);
    }

    private static async Task<Guid> HireAsync(CoreBench bench, string email) => Assert.IsType<StaffCreation.Created>(
        await bench.Get<CreateStaff>().RunAsync(new NewStaff(email, "Анна", StaffRole.Operator, [CoreBench.Shop]), "Long enough 2026", Token)).UserId;

    private static Task<Guid> BeginAsync(CoreBench bench, Guid userId) => bench.Get<StaffSessions>().BeginAsync(userId, "10.0.0.1", "tests", proven: false, before: null, Token);

    private static async Task<Actor> ActorAsync(CoreBench bench, Guid userId, Guid session) =>
        Assert.IsType<Actor>(await bench.Get<StaffDirectory>().ActorAsync(userId, session, null, null, Token));

    private static async Task<List<bool>> OpenAsync(CoreBench bench, params (Guid Session, Guid User)[] sessions)
    {
        List<bool> open = [];
        foreach (var (session, user) in sessions)
        {
            open.Add(await bench.Get<StaffSessions>().IsOpenAsync(session, user, Token));
        }

        return open;
    }
}
