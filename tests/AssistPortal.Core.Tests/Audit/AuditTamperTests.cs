using AssistPortal.Core.Audit;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Xunit;

namespace AssistPortal.Core.Tests.Audit;

/// <summary>Whoever owns the database but not the key changes nothing unseen: each attack is found, and named.</summary>
public sealed class AuditTamperTests(PostgresServer postgres)
{
    private const int Entries = 8;

    public static TheoryData<DatabaseKind> Databases => [.. TestKit.PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Verify_AnyColumnChanged_NamesTheEntry(DatabaseKind kind)
    {
        await using var bench = await StartAsync(kind);
        await using var db = bench.Core.Open();
        var columns = db.Model.FindEntityType(typeof(AuditEntry))!.GetProperties().Where(property => property.Name != nameof(AuditEntry.Seq)).ToList();
        Assert.Equal(16, columns.Count);
        foreach (var column in columns)
        {
            // Entry 3 has every field, entry 4 hardly any.
            await SpoilAsync(bench, column, 3, Another(kind, column, column.Name));
            if (column.IsNullable)
            {
                await SpoilAsync(bench, column, 3, "NULL");
                await SpoilAsync(bench, column, 4, Another(kind, column, column.Name));
            }

            if (column is { IsNullable: true, ClrType: var type } && type == typeof(string))
            {
                await SpoilAsync(bench, column, 4, "''");
            }
        }

        Assert.Null((await bench.VerifyAsync()).Broken);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Verify_SealRemoved_IsChanged(DatabaseKind kind)
    {
        await using var bench = await StartAsync(kind);
        var empty = kind == DatabaseKind.Sqlite ? "x''" : "''::bytea";

        await bench.SqlAsync($"""UPDATE "Audit" SET "Hash" = {empty}, "PrevHash" = {empty}, "Details" = 'as if from before the chain' WHERE "Seq" = 1""");

        Assert.Equal((AuditFault.Changed, 1), await FoundAsync(bench));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Verify_EntryDeleted_NamesThePlace(DatabaseKind kind)
    {
        foreach (var (seq, fault) in new[] { (1, AuditFault.Missing), (4, AuditFault.Missing), (Entries, AuditFault.CutOff) })
        {
            await using var bench = await StartAsync(kind);
            var before = (await bench.EntriesAsync()).LastOrDefault(entry => entry.Seq < seq)?.At;

            await bench.SqlAsync("""DELETE FROM "Audit" WHERE "Seq" = {0}""", seq);

            var found = await bench.BreakAsync();
            Assert.Equal((fault, seq), (found.Fault, found.Seq));
            Assert.Equal(before ?? CoreBench.Now, found.At);
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Verify_EntryDeletedAndTheRestRenumbered_NamesThePlace(DatabaseKind kind)
    {
        await using var bench = await StartAsync(kind);

        await bench.SqlAsync("""DELETE FROM "Audit" WHERE "Seq" = 4""");
        await MoveAsync(bench, 5, -1);
        await bench.SqlAsync("""UPDATE "AuditHeads" SET "Seq" = "Seq" - 1""");

        var found = await bench.BreakAsync();
        Assert.Equal((AuditFault.OutOfOrder, 4, 5L), (found.Fault, found.Seq, found.BelongsAt));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Verify_TwoEntriesSwapped_NamesTheFirstAndWhereItBelongs(DatabaseKind kind)
    {
        foreach (var other in new[] { 4, 6 })
        {
            await using var bench = await StartAsync(kind);

            await bench.SqlAsync("""UPDATE "Audit" SET "Seq" = 99 WHERE "Seq" = 3""");
            await bench.SqlAsync("""UPDATE "Audit" SET "Seq" = 3 WHERE "Seq" = {0}""", other);
            await bench.SqlAsync("""UPDATE "Audit" SET "Seq" = {0} WHERE "Seq" = 99""", other);

            var found = await bench.BreakAsync();
            Assert.Equal((AuditFault.OutOfOrder, 3, (long)other), (found.Fault, found.Seq, found.BelongsAt));
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Verify_EntryInserted_NamesIt(DatabaseKind kind)
    {
        await using var bench = await StartAsync(kind);
        await MoveAsync(bench, 5, +1);
        await bench.SqlAsync("""UPDATE "AuditHeads" SET "Seq" = "Seq" + 1""");
        await CopyAsync(bench, 4, 5);

        Assert.Equal((AuditFault.Inserted, 5), await FoundAsync(bench));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Verify_EntryBeforeTheFirst_NamesIt(DatabaseKind kind)
    {
        await using var bench = await StartAsync(kind);
        await CopyAsync(bench, 1, 0);

        Assert.Equal((AuditFault.Inserted, 0), await FoundAsync(bench));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Verify_EntryAppendedByHand_NamesIt(DatabaseKind kind)
    {
        await using var bench = await StartAsync(kind);
        await CopyAsync(bench, Entries, Entries + 1);

        Assert.Equal((AuditFault.OutOfOrder, Entries + 1), await FoundAsync(bench));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Verify_HeadMoved_IsTold(DatabaseKind kind)
    {
        foreach (var (statement, fault, seq) in new[]
        {
            ("""UPDATE "AuditHeads" SET "Seq" = 5""", AuditFault.HeadDiffers, 5L),
            ("""UPDATE "AuditHeads" SET "Seq" = 5, "Hash" = (SELECT "Hash" FROM "Audit" WHERE "Seq" = 5)""", AuditFault.HeadDiffers, Entries),
            ("""UPDATE "AuditHeads" SET "Seq" = 20""", AuditFault.CutOff, Entries + 1),
            ("""UPDATE "AuditHeads" SET "Hash" = (SELECT "Hash" FROM "Audit" WHERE "Seq" = 5)""", AuditFault.HeadDiffers, Entries),
        })
        {
            await using var bench = await StartAsync(kind);

            await bench.SqlAsync(statement);

            var found = await bench.BreakAsync();
            Assert.Equal((fault, seq), (found.Fault, found.Seq));
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Verify_TailCutAndHeadSetBack_IsFoundByTheFileOutsideTheDatabase(DatabaseKind kind)
    {
        await using var bench = await StartAsync(kind);
        await bench.Core.Get<AnchorAudit>().RunAsync(Token);

        await bench.SqlAsync("""DELETE FROM "AuditAnchors" """);
        await CutAsync(bench, 5);

        var found = await bench.BreakAsync();
        Assert.Equal((AuditFault.CutOff, 6, new DateOnly(2026, 11, 24)), (found.Fault, found.Seq, found.Day));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Verify_TailWrittenAnewByThePortalItself_IsFoundByTheAnchor(DatabaseKind kind)
    {
        await using var bench = await StartAsync(kind);
        await bench.Core.Get<AnchorAudit>().RunAsync(Token);

        await CutAsync(bench, 5);
        bench.Core.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.WriteAsync(6);

        Assert.Equal((AuditFault.AnchorDiffers, Entries), await FoundAsync(bench));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Verify_AnchorsTamperedWith_IsTold(DatabaseKind kind)
    {
        foreach (var (attack, fault) in new (Func<AuditBench, string, Task>, AuditFault)[]
        {
            ((bench, _) => bench.SqlAsync("""UPDATE "AuditAnchors" SET "Hash" = (SELECT "Hash" FROM "Audit" WHERE "Seq" = 2)"""), AuditFault.AnchorDiffers),
            ((bench, _) => bench.SqlAsync("""DELETE FROM "AuditAnchors" """), AuditFault.AnchorFile),
            ((bench, _) => bench.SqlAsync("""UPDATE "AuditAnchors" SET "Seq" = 50"""), AuditFault.CutOff),
            ((_, file) => File.WriteAllTextAsync(file, $"2026-11-24 8 {new string('a', 64)}\n", Token), AuditFault.AnchorDiffers),
            ((_, file) => File.AppendAllTextAsync(file, "2026-11-25 everything is fine\n", Token), AuditFault.AnchorFile),
        })
        {
            await using var bench = await StartAsync(kind);
            await bench.Core.Get<AnchorAudit>().RunAsync(Token);

            await attack(bench, bench.Core.Get<AnchorFile>().Path);

            Assert.Equal(fault, (await bench.BreakAsync()).Fault);
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Anchor_DayByDay_IsOneRowAndOneLineEach(DatabaseKind kind)
    {
        await using var bench = await StartAsync(kind);
        var anchor = bench.Core.Get<AnchorAudit>();
        await anchor.RunAsync(Token);
        await bench.WriteAsync(2);
        await anchor.RunAsync(Token);
        bench.Core.Clock.Advance(TimeSpan.FromDays(1));
        await anchor.RunAsync(Token);

        // A node whose disk was new gets all of them.
        var lines = await File.ReadAllLinesAsync(bench.Core.Get<AnchorFile>().Path, Token);
        File.Delete(bench.Core.Get<AnchorFile>().Path);
        await anchor.RunAsync(Token);

        Assert.Equal(["2026-11-24 8 ", "2026-11-25 10 "], lines.Select(line => line[..^64]));
        Assert.Equal(lines, await File.ReadAllLinesAsync(bench.Core.Get<AnchorFile>().Path, Token));
        var verdict = await bench.VerifyAsync();
        Assert.Equal((2, 2, null), (verdict.Anchors, verdict.AnchorsInFile, verdict.Broken));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Anchor_EmptyLog_IsNone(DatabaseKind kind)
    {
        await using var bench = await AuditBench.StartAsync(kind, postgres);

        await bench.Core.Get<AnchorAudit>().RunAsync(Token);

        Assert.False(File.Exists(bench.Core.Get<AnchorFile>().Path));
        Assert.Null((await bench.VerifyAsync()).Broken);
    }

    private async Task<AuditBench> StartAsync(DatabaseKind kind)
    {
        var bench = await AuditBench.StartAsync(kind, postgres);
        await bench.WriteAsync(Entries);
        Assert.Equal(Entries, (await bench.EntriesAsync()).Count);
        await bench.DropTriggersAsync();
        return bench;
    }

    private static async Task<(AuditFault, long)> FoundAsync(AuditBench bench)
    {
        var found = await bench.BreakAsync();
        return (found.Fault, found.Seq);
    }

    // Spoils one column of one entry, looks, and puts it right again.
    private static async Task SpoilAsync(AuditBench bench, IProperty column, long seq, string value)
    {
        await bench.SqlAsync($"""CREATE TABLE kept AS SELECT * FROM "Audit" WHERE "Seq" = {seq}""");
        Assert.Equal(1, await bench.SqlAsync($$"""UPDATE "Audit" SET "{{column.Name}}" = {{value}} WHERE "Seq" = {{seq}}"""));

        var found = await bench.BreakAsync();

        Assert.True(found is { Fault: AuditFault.Changed } && found.Seq == seq, $"{column.Name} of {seq} set to {value}: {found}");
        await bench.SqlAsync($$"""UPDATE "Audit" SET "{{column.Name}}" = (SELECT "{{column.Name}}" FROM kept) WHERE "Seq" = {{seq}}""");
        await bench.SqlAsync("DROP TABLE kept");
    }

    private static string Another(DatabaseKind kind, IProperty column, string name)
    {
        var type = Nullable.GetUnderlyingType(column.ClrType) ?? column.ClrType;
        var isSqlite = kind == DatabaseKind.Sqlite;
        return type switch
        {
            _ when type == typeof(string) => $"'x' || substr(coalesce(\"{name}\", ''), 2)",
            _ when type == typeof(int) || type.IsEnum => $"coalesce(\"{name}\", 0) + 1",
            _ when type == typeof(Guid) => isSqlite ? "'019AB4D2-0000-7000-8000-000000000001'" : "'019ab4d2-0000-7000-8000-000000000001'::uuid",
            _ when type == typeof(DateTimeOffset) => isSqlite ? $"\"{name}\" + 10" : $"\"{name}\" + interval '1 microsecond'",
            _ when type == typeof(byte[]) => isSqlite ? "randomblob(32)" : "decode(repeat('ab', 32), 'hex')",
            _ => throw new NotSupportedException($"{name} is {type}."),
        };
    }

    private static async Task MoveAsync(AuditBench bench, int from, int by)
    {
        // By way of numbers nobody has: a row may not take its neighbour's while it stands there.
        await bench.SqlAsync("""UPDATE "Audit" SET "Seq" = -("Seq" + {1}) WHERE "Seq" >= {0}""", from, by);
        await bench.SqlAsync("""UPDATE "Audit" SET "Seq" = -"Seq" WHERE "Seq" < 0""");
    }

    private static async Task CopyAsync(AuditBench bench, int from, int to)
    {
        await using var db = bench.Core.Open();
        var columns = string.Join(", ", db.Model.FindEntityType(typeof(AuditEntry))!.GetProperties().Select(property => property.Name).Where(name => name != nameof(AuditEntry.Seq)).Select(name => $"\"{name}\""));
        await bench.SqlAsync($$"""INSERT INTO "Audit" ("Seq", {{columns}}) SELECT {{to}}, {{columns}} FROM "Audit" WHERE "Seq" = {{from}}""");
    }

    private static async Task CutAsync(AuditBench bench, int last)
    {
        await bench.SqlAsync("""DELETE FROM "Audit" WHERE "Seq" > {0}""", last);
        await bench.SqlAsync("""UPDATE "AuditHeads" SET "Seq" = {0}, "Hash" = (SELECT "Hash" FROM "Audit" WHERE "Seq" = {0})""", last);
    }
}
