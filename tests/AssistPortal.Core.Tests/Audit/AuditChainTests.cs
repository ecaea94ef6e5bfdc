using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Core.Staff;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AssistPortal.Core.Tests.Audit;

/// <summary>How the chain grows: without gaps, with what it records or not at all, and never otherwise.</summary>
public sealed class AuditChainTests(PostgresServer postgres)
{
    public static TheoryData<DatabaseKind> Databases => [.. TestKit.PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Write_ManyAtOnce_MakesOneChainWithoutGaps(DatabaseKind kind)
    {
        await using var bench = await AuditBench.StartAsync(kind, postgres);
        var log = bench.Core.Get<AuditLog>();

        await Parallel.ForAsync(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 12, CancellationToken = Token }, async (number, token) =>
            await log.WriteAsync(AuditBench.Inspector, AuditEvents.AccessDenied, AuditOutcome.Denied, CoreBench.Shop, null, $"{number}", token));

        var entries = await bench.EntriesAsync();
        Assert.Equal(Enumerable.Range(1, 60).Select(number => (long)number), entries.Select(entry => entry.Seq));
        Assert.Equal(60, entries.Select(entry => entry.Details).Distinct().Count());
        var verdict = await bench.VerifyAsync();
        Assert.Equal((60, 0, null), (verdict.Checked, verdict.Unsealed, verdict.Broken));
    }

    [Fact]
    public async Task Write_TransactionsThatGoOnAfterwards_DontWaitForEachOther()
    {
        Assert.SkipUnless(PostgresServer.IsAvailable, PostgresServer.WhyNot);
        await using var bench = await AuditBench.StartAsync(DatabaseKind.Postgres, postgres);
        await using var one = bench.Core.Open();
        await using var other = bench.Core.Open();
        await using var first = await one.Database.BeginTransactionAsync(Token);
        await using var second = await other.Database.BeginTransactionAsync(Token);
        await RecordAsync(bench, one, "first");
        await TouchAsync(other);

        // The first wants the row the second holds; the second still records something. Whoever held the chain's end until now would never end.
        var waiting = TouchAsync(one);
        await RecordAsync(bench, other, "second");
        await second.CommitAsync(Token);
        await waiting;
        await first.CommitAsync(Token);

        Assert.Equal(["second", "first"], (await bench.EntriesAsync()).Select(entry => entry.Details));
        Assert.Null((await bench.VerifyAsync()).Broken);

        static Task TouchAsync(PortalDbContext db) => db.GatewayStamps.ExecuteUpdateAsync(set => set.SetProperty(stamp => stamp.Address, stamp => stamp.Address), Token);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Write_RolledBack_LeavesNeitherEntryNorGap(DatabaseKind kind)
    {
        await using var bench = await AuditBench.StartAsync(kind, postgres);
        await bench.WriteAsync(1);
        await using var db = bench.Core.Open();
        await using (await db.Database.BeginTransactionAsync(Token))
        {
            await RecordAsync(bench, db, "lost");
        }

        await using (var transaction = await db.Database.BeginTransactionAsync(Token))
        {
            await RecordAsync(bench, db, "kept");
            await RecordAsync(bench, db, "kept too");
            await transaction.CommitAsync(Token);
        }

        Assert.Equal([(2L, "kept"), (3L, "kept too")], (await bench.EntriesAsync()).Skip(1).Select(entry => (entry.Seq, entry.Details!)));
        Assert.Null((await bench.VerifyAsync()).Broken);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Write_WithWhatCantBeSaved_IsLostWithIt(DatabaseKind kind)
    {
        await using var bench = await AuditBench.StartAsync(kind, postgres);
        await using (var db = bench.Core.Open())
        {
            db.GatewayStamps.Add(new GatewayStamp());
            await Assert.ThrowsAsync<DbUpdateException>(() => RecordAsync(bench, db, "lost"));

            db.ChangeTracker.Entries<GatewayStamp>().Single().State = EntityState.Detached;
            await db.SaveChangesAsync(Token);
        }

        Assert.Equal([(1L, "lost")], (await bench.EntriesAsync()).Select(entry => (entry.Seq, entry.Details!)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Write_WhatTheCallerHasntSaved_StaysUnsaved(DatabaseKind kind)
    {
        await using var bench = await AuditBench.StartAsync(kind, postgres);
        await using (var db = bench.Core.Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Token);
            await RecordAsync(bench, db, "recorded");
            (await db.GatewayStamps.SingleAsync(Token)).Address = "http://elsewhere.example";
            await transaction.CommitAsync(Token);
        }

        await using var after = bench.Core.Open();
        Assert.NotEqual("http://elsewhere.example", (await after.GatewayStamps.SingleAsync(Token)).Address);
        Assert.Single(await bench.EntriesAsync());
    }

    [Fact]
    public async Task Write_Synchronously_IsRefused()
    {
        await using var bench = await AuditBench.StartAsync(DatabaseKind.Sqlite, postgres);
        await using var db = bench.Core.Open();
        bench.Core.Get<AuditLog>().Add(db, null, AuditEvents.SignIn, AuditOutcome.Done);
        Assert.Throws<InvalidOperationException>(() => db.SaveChanges());

        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        await db.SaveChangesAsync(Token);
        Assert.Throws<InvalidOperationException>(transaction.Commit);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Entry_ChangedOrRemoved_IsRefusedByCodeAndDatabase(DatabaseKind kind)
    {
        await using var bench = await AuditBench.StartAsync(kind, postgres);
        await bench.WriteAsync(3);

        await using (var db = bench.Core.Open())
        {
            (await db.Audit.FirstAsync(Token)).Details = "better";
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Token));
        }

        await using (var db = bench.Core.Open())
        {
            db.Audit.Remove(await db.Audit.FirstAsync(Token));
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Token));
        }

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => bench.SqlAsync("""UPDATE "Audit" SET "Details" = 'better' WHERE "Seq" = 2"""));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => bench.SqlAsync("""DELETE FROM "Audit" WHERE "Seq" = 3"""));
        Assert.Null((await bench.VerifyAsync()).Broken);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Write_HostileTexts_AreStoredAsSealed(DatabaseKind kind)
    {
        await using var bench = await AuditBench.StartAsync(kind, postgres);
        var actor = AuditBench.Inspector with { UserAgent = new string('u', 255) + "😀", Ip = "1\0\ud800" };

        await bench.Core.Get<AuditLog>().WriteAsync(actor, AuditEvents.AccessDenied, AuditOutcome.Denied, null, null, new string('ё', 5_000), Token);

        var entry = Assert.Single(await bench.EntriesAsync());
        Assert.Equal((new string('u', 255), "1\ufffd\ufffd", AuditEntry.MaxText), (entry.UserAgent, entry.Ip, entry.Details!.Length));
        Assert.Null((await bench.VerifyAsync()).Broken);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Migrate_LogFromBeforeTheChain_IsKeptAndTheChainBeginsBehindIt(DatabaseKind kind)
    {
        using var folder = new TempFolder();
        var database = await TestKit.PortalDatabase.CreateAsync(kind, folder, postgres, Token);
        await using var services = CoreBench.Build(null, [.. database.Settings.Select(setting => (setting.Key, setting.Value!))]);
        await using var db = services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext();
        await db.GetService<IMigrator>().MigrateAsync("Reveals", Token);
        foreach (var (id, name) in new[] { (1, "Анна"), (5, "Борис"), (7, "Вера") })
        {
            var at = kind == DatabaseKind.Sqlite ? (object)CoreBench.Now.UtcTicks : CoreBench.Now;
            await db.Database.ExecuteSqlAsync($"""INSERT INTO "Audit" ("Id", "At", "UserName", "Event", "Outcome", "Details") VALUES ({id}, {at}, {name}, 'sign-in', 0, {$"old {id}"})""", Token);
        }

        await services.GetRequiredService<PrepareDatabase>().RunAsync(Token);
        await services.GetRequiredService<AuditLog>().WriteAsync(null, AuditEvents.SignIn, AuditOutcome.Done, null, null, "new", Token);

        var entries = await db.Audit.AsNoTracking().OrderBy(entry => entry.Seq).ToListAsync(Token);
        Assert.Equal([(1, "old 1"), (2, "old 5"), (3, "old 7"), (4, "new")], entries.Select(entry => ((int)entry.Seq, entry.Details!)));
        var verdict = CoreBench.Ok(await services.GetRequiredService<VerifyAudit>().RunAsync(AuditBench.Inspector, null, Token));
        Assert.Equal((4, 3, null), (verdict.Checked, verdict.Unsealed, verdict.Broken));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Prepare_AnotherKey_IsRefusedWithASentence(DatabaseKind kind)
    {
        using var folder = new TempFolder();
        var database = await TestKit.PortalDatabase.CreateAsync(kind, folder, postgres, Token);
        (string, string)[] settings = [.. database.Settings.Select(setting => (setting.Key, setting.Value!))];
        await using var first = CoreBench.Build(null, settings);
        await first.GetRequiredService<PrepareDatabase>().RunAsync(Token);
        await first.GetRequiredService<AuditLog>().WriteAsync(null, AuditEvents.SignIn, AuditOutcome.Done, null, null, null, Token);
        await using var second = CoreBench.Build(null, [.. settings.Where(setting => setting.Item1 != "Audit:Key"), ("Audit:Key", Convert.ToBase64String(new byte[32]))]);

        var refused = await Assert.ThrowsAsync<PortalDatabaseException>(() => second.GetRequiredService<PrepareDatabase>().RunAsync(Token));
        Assert.Contains("Audit:Key", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PortalDatabaseException>(() => second.GetRequiredService<AuditLog>().WriteAsync(null, AuditEvents.SignIn, AuditOutcome.Done, null, null, null, Token));
    }

    [Fact]
    public void Hash_OfAnEmail_IgnoresCaseAndNeedsTheKey()
    {
        var (one, other) = (Keys(TestKit.PortalDatabase.AuditKey), Keys(Convert.ToBase64String(new byte[32])));

        Assert.Equal(one.Hash("Анна@Example.org "), one.Hash("анна@example.ORG"));
        Assert.NotEqual(one.Hash("anna@example.org"), one.Hash("anne@example.org"));
        Assert.NotEqual(one.Hash("anna@example.org"), other.Hash("anna@example.org"));
        Assert.DoesNotContain("anna", one.Hash("anna@example.org"), StringComparison.OrdinalIgnoreCase);

        static AuditKeys Keys(string key) => new(Microsoft.Extensions.Options.Options.Create(new AuditOptions { Key = key }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("c2hvcnQ=")]
    public void Options_KeyThatIsNone_AreRefused(string key)
    {
        var result = new AuditOptionsValidator().Validate(null, new AuditOptions { Key = key });

        Assert.Contains("Audit:Key", Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StaffRole.Auditor)]
    [InlineData(StaffRole.Operator)]
    public async Task Verify_WithoutTheRightForEveryMerchant_IsDeniedAndAudited(StaffRole role)
    {
        await using var bench = await AuditBench.StartAsync(DatabaseKind.Sqlite, postgres);

        CoreBench.Problem<AuditVerdict, Problem.Denied>(await bench.Core.Get<VerifyAudit>().RunAsync(CoreBench.Actor(role, CoreBench.Shop, CoreBench.Airline), null, Token));

        var entry = Assert.Single(await bench.EntriesAsync());
        Assert.Equal((AuditEvents.AuditVerified, AuditOutcome.Denied), (entry.Event, entry.Outcome));
    }

    private static async Task RecordAsync(AuditBench bench, PortalDbContext db, string details)
    {
        bench.Core.Get<AuditLog>().Add(db, AuditBench.Inspector, AuditEvents.AccessDenied, AuditOutcome.Done, details: details);
        await db.SaveChangesAsync(Token);
    }
}
