using AssistPortal.Core.Audit;
using AssistPortal.Core.Sessions;
using AssistPortal.Core.Staff;
using AssistPortal.TestKit;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AssistPortal.Core.Tests.Staff;

public sealed class StaffTests(PostgresServer postgres)
{
    private const string Password = "Long enough 2026";

    public static TheoryData<DatabaseKind> Databases => [.. TestKit.PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Create_NewPerson_CanSignInAndIsAudited(DatabaseKind kind)
    {
        await using var bench = await CoreBench.StartAsync(kind, postgres);

        var id = await CreatedAsync(bench, StaffRole.Operator, CoreBench.Shop);

        await using var scope = bench.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        Assert.True(await users.CheckPasswordAsync((await users.FindByEmailAsync("ANNA@example.org"))!, Password));
        await using var db = bench.Open();
        var entry = await db.Audit.SingleAsync(Token);
        Assert.Equal(AuditEvents.StaffCreated, entry.Event);
        Assert.Contains(id.ToString(), entry.Details, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", entry.Details, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anna@example.org", "Анна", Password, CoreBench.Shop, "taken")]
    [InlineData("no address", "Анна", Password, CoreBench.Shop, "e-mail")]
    [InlineData("b@example.org", " ", Password, CoreBench.Shop, "name")]
    [InlineData("b@example.org", "Борис", "short", CoreBench.Shop, "12")]
    [InlineData("b@example.org", "Борис", Password, 777, "777")]
    public async Task Create_SomethingWrong_SaysWhatAndMakesNobody(string email, string name, string password, int merchant, string word)
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        await CreatedAsync(bench, StaffRole.Auditor, CoreBench.Shop);

        var result = await bench.Get<CreateStaff>().RunAsync(new NewStaff(email, name, StaffRole.Operator, [merchant]), password, Token);

        Assert.Contains(word, Assert.IsType<StaffCreation.Refused>(result).Reasons[0], StringComparison.Ordinal);
        await using var db = bench.Open();
        Assert.Equal((1, 1), (await db.Users.CountAsync(Token), await db.Audit.CountAsync(Token)));
    }

    [Theory]
    [InlineData(StaffRole.Owner, new int[0], new[] { CoreBench.Shop, CoreBench.Airline })]
    [InlineData(StaffRole.Operator, new[] { CoreBench.Shop }, new[] { CoreBench.Shop })]
    public async Task Actor_OfARole_SeesWhatTheRoleAndTheMerchantsGive(StaffRole role, int[] granted, int[] seen)
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var id = await CreatedAsync(bench, role, granted);
        await using (var db = bench.Open())
        {
            // A merchant that the configuration no longer names.
            db.Assignments.Add(new Assignment { Id = Guid.CreateVersion7(), UserId = id, Role = role, MerchantId = 900009, GivenAt = CoreBench.Now });
            await db.SaveChangesAsync(Token);
        }

        var actor = await bench.Get<StaffDirectory>().ActorAsync(id, await BeganAsync(bench, id), "10.0.0.1", new string('u', 300), Token);

        Assert.NotNull(actor);
        Assert.Equal(seen, actor.Rights.MerchantsOf(Permission.View).Order());
        Assert.Equal([new RoleName(role, null)], actor.Roles);
        Assert.Equal(("Анна", 256), (actor.Name, actor.UserAgent!.Length));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Actor_DismissedOrLockedOut_IsNobody(bool dismissed, bool locked)
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var id = await CreatedAsync(bench, StaffRole.Owner);
        var session = await BeganAsync(bench, id);
        Assert.NotNull(await bench.Get<StaffDirectory>().ActorAsync(id, session, null, null, Token));
        await using (var db = bench.Open())
        {
            var user = await db.Users.SingleAsync(Token);
            user.IsDismissed = dismissed;
            user.LockoutEnabled = true;
            user.LockoutEnd = locked ? TimeProvider.System.GetUtcNow().AddMinutes(5) : null;
            await db.SaveChangesAsync(Token);
        }

        Assert.Null(await bench.Get<StaffDirectory>().ActorAsync(id, session, null, null, Token));
        Assert.Null(await bench.Get<StaffDirectory>().ActorAsync(Guid.CreateVersion7(), session, null, null, Token));
    }

    [Fact]
    public async Task AuditLog_LongAddressAndBrowser_AreCut()
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var actor = CoreBench.Actor(StaffRole.Auditor) with { Ip = new string('1', 100), UserAgent = new string('u', 999) };

        await bench.Get<AuditLog>().WriteAsync(actor, AuditEvents.AccessDenied, AuditOutcome.Denied, CoreBench.Shop, Snapshots.Billnumber, "why", Token);

        await using var db = bench.Open();
        var entry = await db.Audit.SingleAsync(Token);
        Assert.Equal((64, 256, CoreBench.Now), (entry.Ip!.Length, entry.UserAgent!.Length, entry.At));
    }

    private static Task<Guid> BeganAsync(CoreBench bench, Guid userId) => bench.Get<StaffSessions>().BeginAsync(userId, null, null, proven: false, before: null, Token);

    private static async Task<Guid> CreatedAsync(CoreBench bench, StaffRole role, params int[] merchants) =>
        Assert.IsType<StaffCreation.Created>(await bench.Get<CreateStaff>().RunAsync(new NewStaff("anna@example.org", "Анна", role, merchants), Password, Token)).UserId;
}
