using AssistPortal.Core.Audit;
using AssistPortal.Core.Sessions;
using AssistPortal.Core.Staff;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Core.Tests.Staff;

/// <summary>Who may change whose rights, and what two people at once do to each other.</summary>
public sealed class ChangeStaffTests(PostgresServer postgres)
{
    public static TheoryData<DatabaseKind> Databases => [.. TestKit.PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task ChangeRoles_ByTheOwner_TakesEffectAtOnceAndIsWrittenDown(DatabaseKind kind)
    {
        await using var bench = await CoreBench.StartAsync(kind, postgres);
        var owner = await AddAsync(bench, StaffRole.Owner);
        var clerk = await AddAsync(bench, StaffRole.Operator, CoreBench.Shop);
        var held = Assert.Single((await SeenAsync(bench, owner, clerk)).Held);

        CoreBench.Ok(await bench.Get<ChangeStaff>().ChangeRolesAsync(
            clerk.UserId, await VersionAsync(bench, clerk), [RoleGrant.Of(StaffRole.Accountant, CoreBench.Airline)], [held.Id], owner, Token));

        var now = await ActorAsync(bench, clerk);
        Assert.False(now.May(Permission.Cancel));
        Assert.Equal([CoreBench.Airline], now.Rights.MerchantsOf(Permission.Export));
        await using var db = bench.Open();
        var entry = await db.Audit.SingleAsync(entry => entry.Event == AuditEvents.RightsChanged, Token);
        Assert.Equal((AuditOutcome.Done, owner.UserId), (entry.Outcome, entry.UserId));
        Assert.Contains("Operator@900001", entry.Details, StringComparison.Ordinal);
        Assert.Contains("Accountant@900002", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangeRoles_WithAnEnd_GiveNothingFromThatInstantOn()
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var owner = await AddAsync(bench, StaffRole.Owner);
        var clerk = await AddAsync(bench, StaffRole.Support, CoreBench.Shop);
        var version = await VersionAsync(bench, clerk);
        var ends = CoreBench.Now.AddHours(1);

        CoreBench.Ok(await bench.Get<ChangeStaff>().ChangeRolesAsync(clerk.UserId, version, [new RoleGrant(StaffRole.Operator, null, CoreBench.Shop, ends)], [], owner, Token));

        Assert.True((await ActorAsync(bench, clerk)).May(Permission.Cancel, CoreBench.Shop));
        bench.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False((await ActorAsync(bench, clerk)).May(Permission.Cancel));
        var past = CoreBench.Problem<Guid, Problem.Invalid>(await bench.Get<ChangeStaff>().ChangeRolesAsync(
            clerk.UserId, await VersionAsync(bench, clerk), [new RoleGrant(StaffRole.Operator, null, CoreBench.Shop, ends)], [], owner, Token));
        Assert.Equal(InvalidReason.EndsInThePast, past.Reason);
    }

    [Fact]
    public async Task ChangeRoles_ByAManagerOfOneShop_ReachesNoFurther()
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        await AddAsync(bench, StaffRole.Owner);
        var manager = await AddAsync(bench, StaffRole.Owner, CoreBench.Shop);
        var mine = await AddAsync(bench, StaffRole.Operator, CoreBench.Shop);
        var both = await AddAsync(bench, StaffRole.Operator, CoreBench.Shop, CoreBench.Airline);
        var foreign = await AddAsync(bench, StaffRole.Operator, CoreBench.Airline);
        var change = bench.Get<ChangeStaff>();

        CoreBench.Ok(await change.ChangeRolesAsync(mine.UserId, await VersionAsync(bench, mine), [RoleGrant.Of(StaffRole.Support, CoreBench.Shop)], [], manager, Token));
        Assert.Equal([CoreBench.Shop], (await SeenAsync(bench, manager, both)).Held.Select(held => held.MerchantId!.Value));
        CoreBench.Problem<Guid, Problem.NotFound>(await change.ChangeRolesAsync(mine.UserId, await VersionAsync(bench, mine), [RoleGrant.Of(StaffRole.Operator, CoreBench.Airline)], [], manager, Token));
        CoreBench.Problem<Guid, Problem.NotYours>(await change.ChangeRolesAsync(mine.UserId, await VersionAsync(bench, mine), [RoleGrant.Of(StaffRole.Operator, null)], [], manager, Token));
        CoreBench.Problem<Guid, Problem.NotFound>(await change.DismissAsync(foreign.UserId, await VersionAsync(bench, foreign), manager, Token));
        CoreBench.Problem<Guid, Problem.NotYours>(await change.DismissAsync(both.UserId, await VersionAsync(bench, both), manager, Token));
        CoreBench.Problem<StaffMember, Problem.NotFound>(await bench.Get<ListStaff>().GetAsync(foreign.UserId, manager, Token));
        Assert.DoesNotContain(CoreBench.Ok(await bench.Get<ListStaff>().RunAsync(manager, Token)), person => person.Person.Id == foreign.UserId);
    }

    [Theory]
    [InlineData(StaffRole.Supervisor)]
    [InlineData(StaffRole.Operator)]
    [InlineData(StaffRole.Support)]
    [InlineData(StaffRole.Accountant)]
    [InlineData(StaffRole.Auditor)]
    [InlineData(StaffRole.Developer)]
    public async Task Everything_WithoutTheRight_IsDeniedAndWrittenDown(StaffRole role)
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        await AddAsync(bench, StaffRole.Owner);
        var actor = await AddAsync(bench, role);
        var other = await AddAsync(bench, StaffRole.Operator, CoreBench.Shop);
        var (change, roles, version) = (bench.Get<ChangeStaff>(), bench.Get<OwnRoles>(), await VersionAsync(bench, other));

        CoreBench.Problem<Guid, Problem.Denied>(await change.ChangeRolesAsync(other.UserId, version, [RoleGrant.Of(StaffRole.Support, CoreBench.Shop)], [], actor, Token));
        CoreBench.Problem<Guid, Problem.Denied>(await change.ChangeRolesAsync(actor.UserId, await VersionAsync(bench, actor), [RoleGrant.Of(StaffRole.Owner, null)], [], actor, Token));
        CoreBench.Problem<Guid, Problem.Denied>(await change.DismissAsync(other.UserId, version, actor, Token));
        CoreBench.Problem<Guid, Problem.Denied>(await change.ReinstateAsync(other.UserId, version, actor, Token));
        CoreBench.Problem<Guid, Problem.Denied>(await change.SignReviewAsync(other.UserId, version, actor, Token));
        CoreBench.Problem<Guid, Problem.Denied>(await roles.SaveAsync(null, default, "Роль", [Permission.View], actor, Token));
        CoreBench.Problem<Guid, Problem.Denied>(await roles.RemoveAsync(Guid.CreateVersion7(), default, actor, Token));
        CoreBench.Problem<IReadOnlyList<StaffMember>, Problem.Denied>(await bench.Get<ListStaff>().RunAsync(actor, Token));
        CoreBench.Problem<StaffMember, Problem.Denied>(await bench.Get<ListStaff>().GetAsync(other.UserId, actor, Token));
        CoreBench.Problem<IReadOnlyList<(OwnRole Role, int Holders)>, Problem.Denied>(await roles.ListAsync(actor, Token));
        await using var db = bench.Open();
        Assert.Equal(7, await db.Audit.CountAsync(entry => entry.Outcome == AuditOutcome.Denied && entry.UserId == actor.UserId, Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Dismiss_TwoOwnersEachOther_OneStays(DatabaseKind kind)
    {
        await using var bench = await CoreBench.StartAsync(kind, postgres);
        var one = await AddAsync(bench, StaffRole.Owner);
        var other = await AddAsync(bench, StaffRole.Owner);
        var change = bench.Get<ChangeStaff>();
        var (versionOfOne, versionOfOther) = (await VersionAsync(bench, one), await VersionAsync(bench, other));

        var results = await Task.WhenAll(
            Task.Run(() => change.DismissAsync(other.UserId, versionOfOther, one, Token), Token),
            Task.Run(() => change.DismissAsync(one.UserId, versionOfOne, other, Token), Token));

        Assert.Single(results, result => result is Result<Guid>.Ok);
        await using var db = bench.Open();
        Assert.Equal(1, await db.Users.CountAsync(user => !user.IsDismissed, Token));
    }

    [Fact]
    public async Task LastOwner_RemovingHimselfInAnyWay_IsRefusedAndNothingChanged()
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var owner = await AddAsync(bench, StaffRole.Owner);
        await AddAsync(bench, StaffRole.Owner, CoreBench.Shop);
        var held = Assert.Single((await SeenAsync(bench, owner, owner)).Held);
        var (change, version) = (bench.Get<ChangeStaff>(), await VersionAsync(bench, owner));

        foreach (var result in new[]
        {
            await change.DismissAsync(owner.UserId, version, owner, Token),
            await change.ChangeRolesAsync(owner.UserId, version, [], [held.Id], owner, Token),
            await change.ChangeRolesAsync(owner.UserId, version, [new RoleGrant(StaffRole.Owner, null, null, CoreBench.Now.AddDays(1))], [held.Id], owner, Token),
        })
        {
            Assert.Equal(InvalidReason.LastOwner, CoreBench.Problem<Guid, Problem.Invalid>(result).Reason);
        }

        Assert.Equal(version, await VersionAsync(bench, owner));
        Assert.True((await ActorAsync(bench, owner)).Rights.Everywhere(Permission.ManageStaff));
        await using var db = bench.Open();
        Assert.Equal(3, await db.Audit.CountAsync(entry => entry.Outcome == AuditOutcome.Refused, Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task ChangeRoles_TwoAdministratorsOnOnePerson_TheSecondIsTold(DatabaseKind kind)
    {
        await using var bench = await CoreBench.StartAsync(kind, postgres);
        var one = await AddAsync(bench, StaffRole.Owner);
        var other = await AddAsync(bench, StaffRole.Owner);
        var clerk = await AddAsync(bench, StaffRole.Support, CoreBench.Shop);
        var version = await VersionAsync(bench, clerk);

        var results = await Task.WhenAll(new[] { one, other }.Select(actor => Task.Run(
            () => bench.Get<ChangeStaff>().ChangeRolesAsync(clerk.UserId, version, [RoleGrant.Of(StaffRole.Accountant, CoreBench.Shop)], [], actor, Token), Token)));

        Assert.Single(results, result => result is Result<Guid>.Ok);
        Assert.IsType<Problem.Changed>(Assert.Single(results.OfType<Result<Guid>.Failed>()).Problem);
        await using var db = bench.Open();
        Assert.Equal(2, await db.Assignments.CountAsync(held => held.UserId == clerk.UserId, Token));
    }

    [Fact]
    public async Task Dismiss_APersonWithAStamp_ChangesItAndEndsTheActor()
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var owner = await AddAsync(bench, StaffRole.Owner);
        var clerk = await AddAsync(bench, StaffRole.Operator, CoreBench.Shop);

        var session = await BeganAsync(bench, clerk);
        var version = CoreBench.Ok(await bench.Get<ChangeStaff>().DismissAsync(clerk.UserId, await VersionAsync(bench, clerk), owner, Token));

        Assert.Null(await bench.Get<StaffDirectory>().ActorAsync(clerk.UserId, session, null, null, Token));
        await using (var db = bench.Open())
        {
            Assert.NotNull((await db.Users.SingleAsync(user => user.Id == clerk.UserId, Token)).SecurityStamp);
        }

        CoreBench.Ok(await bench.Get<ChangeStaff>().ReinstateAsync(clerk.UserId, version, owner, Token));
        Assert.True((await ActorAsync(bench, clerk)).May(Permission.Cancel, CoreBench.Shop));
    }

    [Fact]
    public async Task SignReview_ThenAChange_AsksForAnother()
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var owner = await AddAsync(bench, StaffRole.Owner);
        var clerk = await AddAsync(bench, StaffRole.Operator, CoreBench.Shop);
        var change = bench.Get<ChangeStaff>();
        Assert.Null((await SeenAsync(bench, owner, clerk)).Review);

        CoreBench.Ok(await change.SignReviewAsync(clerk.UserId, await VersionAsync(bench, clerk), owner, Token));

        Assert.Equal(new LastReview(CoreBench.Now, owner.Name, true), (await SeenAsync(bench, owner, clerk)).Review);
        CoreBench.Ok(await change.ChangeRolesAsync(clerk.UserId, await VersionAsync(bench, clerk), [RoleGrant.Of(StaffRole.Support, CoreBench.Shop)], [], owner, Token));
        Assert.False((await SeenAsync(bench, owner, clerk)).Review!.IsCurrent);
        Assert.Equal(InvalidReason.OwnRights, CoreBench.Problem<Guid, Problem.Invalid>(await change.SignReviewAsync(owner.UserId, await VersionAsync(bench, owner), owner, Token)).Reason);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task OwnRole_MadeGivenChangedAndRemoved_GivesWhatItSays(DatabaseKind kind)
    {
        await using var bench = await CoreBench.StartAsync(kind, postgres);
        var owner = await AddAsync(bench, StaffRole.Owner);
        var clerk = await AddAsync(bench, StaffRole.Support, CoreBench.Shop);
        var (roles, change) = (bench.Get<OwnRoles>(), bench.Get<ChangeStaff>());
        var id = CoreBench.Ok(await roles.SaveAsync(null, default, " Кассир ", [Permission.View, Permission.Confirm], owner, Token));
        CoreBench.Ok(await change.ChangeRolesAsync(clerk.UserId, await VersionAsync(bench, clerk), [new RoleGrant(null, id, CoreBench.Shop, null)], [], owner, Token));

        var (role, holders) = Assert.Single(CoreBench.Ok(await roles.ListAsync(owner, Token)));
        Assert.Equal(("Кассир", 1), (role.Name, holders));
        var actor = await ActorAsync(bench, clerk);
        Assert.Equal((true, false), (actor.May(Permission.Confirm, CoreBench.Shop), actor.May(Permission.Cancel)));
        Assert.Contains(new RoleName(null, "Кассир"), actor.Roles);

        CoreBench.Ok(await roles.SaveAsync(id, role.Version, "Кассир", [Permission.View, Permission.Cancel], owner, Token));
        actor = await ActorAsync(bench, clerk);
        Assert.Equal((false, true), (actor.May(Permission.Confirm), actor.May(Permission.Cancel, CoreBench.Shop)));

        CoreBench.Problem<Guid, Problem.Changed>(await roles.SaveAsync(id, role.Version, "Кассир", [Permission.View], owner, Token));
        role = Assert.Single(CoreBench.Ok(await roles.ListAsync(owner, Token))).Role;
        Assert.Equal(InvalidReason.RoleInUse, CoreBench.Problem<Guid, Problem.Invalid>(await roles.RemoveAsync(id, role.Version, owner, Token)).Reason);
        var given = (await SeenAsync(bench, owner, clerk)).Held.Single(held => held.OwnRoleId == id);
        CoreBench.Ok(await change.ChangeRolesAsync(clerk.UserId, await VersionAsync(bench, clerk), [], [given.Id], owner, Token));
        CoreBench.Ok(await roles.RemoveAsync(id, role.Version, owner, Token));
        Assert.Empty(CoreBench.Ok(await roles.ListAsync(owner, Token)));
    }

    [Theory]
    [InlineData("  ", InvalidReason.RoleName)]
    [InlineData("кассир и ещё очень длинные слова, которых в имени роли быть не может", InvalidReason.RoleName)]
    [InlineData("Занято", InvalidReason.RoleNameTaken)]
    public async Task OwnRole_BadName_SaysWhy(string name, InvalidReason reason)
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var owner = await AddAsync(bench, StaffRole.Owner);
        CoreBench.Ok(await bench.Get<OwnRoles>().SaveAsync(null, default, "Занято", [Permission.View], owner, Token));

        Assert.Equal(reason, CoreBench.Problem<Guid, Problem.Invalid>(await bench.Get<OwnRoles>().SaveAsync(null, default, name, [Permission.View], owner, Token)).Reason);
        Assert.Equal(InvalidReason.RoleEmpty, CoreBench.Problem<Guid, Problem.Invalid>(await bench.Get<OwnRoles>().SaveAsync(null, default, "Пустая", [], owner, Token)).Reason);
    }

    [Fact]
    public async Task Everything_WithoutAFreshProof_AsksForOneAndChangesNothing()
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var proven = await AddAsync(bench, StaffRole.Owner);
        var owner = proven with { SessionId = await BeganAsync(bench, proven) };
        var clerk = await AddAsync(bench, StaffRole.Operator, CoreBench.Shop);
        var (change, version) = (bench.Get<ChangeStaff>(), await VersionAsync(bench, clerk));

        CoreBench.Problem<Guid, Problem.StepUp>(await change.ChangeRolesAsync(clerk.UserId, version, [RoleGrant.Of(StaffRole.Support, CoreBench.Shop)], [], owner, Token));
        CoreBench.Problem<Guid, Problem.StepUp>(await change.DismissAsync(clerk.UserId, version, owner, Token));
        CoreBench.Problem<Guid, Problem.StepUp>(await bench.Get<OwnRoles>().SaveAsync(null, default, "Роль", [Permission.View], owner, Token));
        CoreBench.Ok(await change.SignReviewAsync(clerk.UserId, version, owner, Token));
        Assert.Equal(version, await VersionAsync(bench, clerk));
    }

    [Fact]
    public async Task Preview_OfAnybody_ChangesNothing()
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        var owner = await AddAsync(bench, StaffRole.Owner) with { IsPreview = true };
        var clerk = await AddAsync(bench, StaffRole.Operator, CoreBench.Shop);

        CoreBench.Problem<Guid, Problem.Preview>(await bench.Get<ChangeStaff>().DismissAsync(clerk.UserId, await VersionAsync(bench, clerk), owner, Token));
        CoreBench.Problem<Guid, Problem.Preview>(await bench.Get<OwnRoles>().SaveAsync(null, default, "Роль", [Permission.View], owner, Token));
    }

    // Proven just now, as everybody is who changes the staff.
    private static async Task<Actor> AddAsync(CoreBench bench, StaffRole role, params int[] merchants)
    {
        var actor = await Actions.Person.AddAsync(bench.Services, role, merchants);
        return actor with { SessionId = await bench.Get<StaffSessions>().BeginAsync(actor.UserId, null, null, proven: true, before: null, Token) };
    }

    private static async Task<Actor> ActorAsync(CoreBench bench, Actor person) => (await bench.Get<StaffDirectory>().ActorAsync(person.UserId, await BeganAsync(bench, person), null, null, Token))!;

    private static Task<Guid> BeganAsync(CoreBench bench, Actor person) => bench.Get<StaffSessions>().BeginAsync(person.UserId, null, null, proven: false, before: null, Token);

    private static async Task<StaffMember> SeenAsync(CoreBench bench, Actor by, Actor whom) => CoreBench.Ok(await bench.Get<ListStaff>().GetAsync(whom.UserId, by, Token));

    private static async Task<Guid> VersionAsync(CoreBench bench, Actor person)
    {
        await using var db = bench.Open();
        return await db.Users.Where(user => user.Id == person.UserId).Select(user => user.RightsVersion).SingleAsync(Token);
    }
}
