using AssistPortal.Core.Audit;
using AssistPortal.Core.Merchants;
using AssistPortal.Gateway;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Data;

/// <summary>The database can't be used; the message is one sentence for whoever runs the portal.</summary>
public sealed class PortalDatabaseException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>Brings the database up to date and proves that it belongs to the configured gateway.</summary>
public sealed class PrepareDatabase(
    IDbContextFactory<PortalDbContext> databases, IOptions<DatabaseOptions> options, IOptions<AssistOptions> gateway, MerchantDirectory merchants, AuditKeys keys)
{
    /// <summary>How often a second process looks whether the first has finished migrating. Waits on the real clock: a moved one has nothing to say here.</summary>
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(200);

    /// <summary>Makes the SQLite folder, applies the migrations that are missing, and stamps the database or checks its stamp. Safe to repeat.</summary>
    /// <exception cref="PortalDatabaseException">The time limit passed, the migration failed, or the database belongs to another gateway or audit key.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var limit = options.Value.MigrationTimeout;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            await MigrateAsync(timeout.Token);
            await StampAsync(timeout.Token);
            await CheckKeyAsync(timeout.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PortalDatabaseException(
                $"The database wasn't brought up to date within {limit}: another process may be migrating it or the server may hang; wait for it or raise Database:MigrationTimeout.",
                exception);
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or IOException or UnauthorizedAccessException)
        {
            throw new PortalDatabaseException($"The database can't be opened or migrated; check Database:ConnectionString and the rights on it: {exception.Message}", exception);
        }
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Database.SetCommandTimeout(options.Value.MigrationTimeout);
        if (SqliteFile(db) is not { } file)
        {
            // PostgreSQL's migration lock ends with its session, so a killed process leaves nothing behind.
            await db.Database.MigrateAsync(cancellationToken);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var only = await LockAsync(file + ".migrating", cancellationToken);

        // On SQLite EF's lock is a row that a killed process leaves behind, and EF would wait for it for ever. Whoever holds the file lock
        // knows that no other portal is migrating, so such a row is a leftover.
        await db.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock" """, cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>Full path of the database file; <see langword="null"/> on PostgreSQL and in memory.</summary>
    private static string? SqliteFile(PortalDbContext db)
    {
        if (!db.Database.IsSqlite())
        {
            return null;
        }

        var connection = new SqliteConnectionStringBuilder(db.Database.GetConnectionString());
        return connection.Mode == SqliteOpenMode.Memory || connection.DataSource == ":memory:" ? null : Path.GetFullPath(connection.DataSource);
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Held by another process; the system lets go of it when that process ends, however it ends.
                await Task.Delay(LockPoll, TimeProvider.System, cancellationToken);
            }
        }
    }

    private async Task StampAsync(CancellationToken cancellationToken)
    {
        var address = gateway.Value.Address?.AbsoluteUri.TrimEnd('/') ?? "";
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var stamp = await db.GatewayStamps.SingleOrDefaultAsync(cancellationToken);
        if (stamp is null)
        {
            stamp = new GatewayStamp { Address = address };
            db.GatewayStamps.Add(stamp);
        }

        if (!string.Equals(stamp.Address, address, StringComparison.OrdinalIgnoreCase))
        {
            throw new PortalDatabaseException(
                $"The database belongs to the gateway {stamp.Address}, but Assist:Address is {address}: correct the address or name another database in Database:ConnectionString.");
        }

        stamp.Merchants = Extend(stamp.Merchants);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task CheckKeyAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.AuditHeads.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } head)
        {
            keys.RefuseAnother(head);
        }
    }

    /// <summary>Adds merchants the stamp lacks; one that went from test to working mode (or back) would mix play money with real money.</summary>
    private string Extend(string stamped)
    {
        var modes = stamped.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split(':')).ToDictionary(entry => entry[0], entry => entry[1]);
        foreach (var merchant in merchants.All)
        {
            var id = merchant.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var mode = merchant.TestMode ? "test" : "working";
            if (!modes.TryAdd(id, mode) && modes[id] != mode)
            {
                throw new PortalDatabaseException(
                    $"The database holds merchant {id} in {modes[id]} mode, but the configuration says {mode}: correct TestMode in Assist:Merchants or name another database in Database:ConnectionString.");
            }
        }

        return string.Join(',', modes.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}:{entry.Value}"));
    }
}

/// <summary>Prepares the database before any other background service starts and before the port opens.</summary>
internal sealed class DatabaseStart(PrepareDatabase prepare) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => prepare.RunAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
