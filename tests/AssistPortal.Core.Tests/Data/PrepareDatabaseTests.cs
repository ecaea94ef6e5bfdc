using AssistPortal.Core.Data;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AssistPortal.Core.Tests.Data;

public sealed class PrepareDatabaseTests(PostgresServer postgres) : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<DatabaseKind> Databases => [.. TestKit.PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Migrations_OfBothDatabases_HoldTheWholeModel()
    {
        using var sqlite = new SqliteDesignTimeFactory().CreateDbContext([]);
        using var npgsql = new PostgresDesignTimeFactory().CreateDbContext([]);

        Assert.False(sqlite.Database.HasPendingModelChanges());
        Assert.False(npgsql.Database.HasPendingModelChanges());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Prepare_TwiceOnAnEmptyDatabase_MigratesAndStampsIt(DatabaseKind kind)
    {
        await using var bench = await CoreBench.StartAsync(kind, postgres);

        await bench.Get<PrepareDatabase>().RunAsync(Token);

        await using var db = bench.Open();
        var stamp = await db.GatewayStamps.SingleAsync(Token);
        Assert.Equal("http://127.0.0.1:9", stamp.Address);
        Assert.Equal("900001:test,900002:test", stamp.Merchants);
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Token));
    }

    [Fact]
    public async Task Prepare_MissingFolder_IsMade()
    {
        await using var services = Services("deep/er/portal.db");

        await services.GetRequiredService<PrepareDatabase>().RunAsync(Token);

        Assert.True(File.Exists(_folder.At("deep/er/portal.db")));
    }

    [Fact]
    public async Task Prepare_LockRowOfAKilledProcess_IsNoHindrance()
    {
        await using var services = Services("portal.db");
        await using (var db = Open(services))
        {
            await db.Database.ExecuteSqlRawAsync(
                """CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL); INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-11-01 00:00:00')""", Token);
        }

        await services.GetRequiredService<PrepareDatabase>().RunAsync(Token);

        await using var after = Open(services);
        Assert.Empty(await after.Database.GetPendingMigrationsAsync(Token));
    }

    [Fact]
    public async Task Prepare_AnotherProcessMigrates_GivesUpAtTheLimitWithASentence()
    {
        await using var services = Services("portal.db", ("Database:MigrationTimeout", "00:00:01"));
        await using var held = new FileStream(_folder.At("portal.db.migrating"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        var refused = await Assert.ThrowsAsync<PortalDatabaseException>(() => services.GetRequiredService<PrepareDatabase>().RunAsync(Token));

        Assert.Contains("Database:MigrationTimeout", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Assist:Address", "http://127.0.0.1:10/", "belongs to the gateway http://127.0.0.1:9")]
    [InlineData("Assist:Merchants:1:TestMode", "false", "holds merchant 900002 in test mode")]
    public async Task Prepare_DatabaseOfAnotherGateway_IsRefused(string name, string setting, string sentence)
    {
        await using (var first = Services("portal.db"))
        {
            await first.GetRequiredService<PrepareDatabase>().RunAsync(Token);
        }

        await using var second = Services("portal.db", (name, setting));

        var refused = await Assert.ThrowsAsync<PortalDatabaseException>(() => second.GetRequiredService<PrepareDatabase>().RunAsync(Token));
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_MerchantAdded_ExtendsTheStamp()
    {
        await using (var first = Services("portal.db"))
        {
            await first.GetRequiredService<PrepareDatabase>().RunAsync(Token);
        }

        await using var second = Services(
            "portal.db",
            ("Assist:Merchants:2:Id", "900003"),
            ("Assist:Merchants:2:Name", "Гипермаркет"),
            ("Assist:Merchants:2:Login", "login"),
            ("Assist:Merchants:2:Password", "password"));
        await second.GetRequiredService<PrepareDatabase>().RunAsync(Token);

        await using var db = Open(second);
        Assert.Equal("900001:test,900002:test,900003:working", (await db.GatewayStamps.SingleAsync(Token)).Merchants);
    }

    [Fact]
    public async Task Connection_OnSqlite_IsDurableAndKeepsForeignKeys()
    {
        await using var bench = await CoreBench.StartAsync(DatabaseKind.Sqlite, postgres);
        await using var db = bench.Open();

        Assert.Equal(2, await PragmaAsync<long>(db, "synchronous"));
        Assert.Equal(1, await PragmaAsync<long>(db, "foreign_keys"));
        Assert.Equal("wal", await PragmaAsync<string>(db, "journal_mode"));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task IsUniqueViolation_SameKeyTwice_IsTold(DatabaseKind kind)
    {
        await using var bench = await CoreBench.StartAsync(kind, postgres);
        await using var db = bench.Open();
        db.GatewayStamps.Add(new GatewayStamp());

        var failure = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Token));

        Assert.True(failure.IsUniqueViolation());
    }

    private static async Task<T> PragmaAsync<T>(PortalDbContext db, string name)
    {
        await db.Database.OpenConnectionAsync(Token);
        await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Names from this file alone.
        command.CommandText = $"PRAGMA {name}";
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync(Token))!;
    }

    private ServiceProvider Services(string file, params (string Name, string Setting)[] settings) =>
        CoreBench.Build(null, [("Database:ConnectionString", $"Data Source={_folder.At(file)}"), .. settings]);

    private static PortalDbContext Open(ServiceProvider services) => services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext();
}
