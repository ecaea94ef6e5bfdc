using Npgsql;

namespace AssistPortal.TestKit;

/// <summary>The databases the portal runs on.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>An empty database of one test, as settings of the portal.</summary>
/// <param name="Kind">Which.</param>
/// <param name="ConnectionString">Its address.</param>
/// <param name="Folder">Where the audit log's anchors lie.</param>
public sealed record PortalDatabase(DatabaseKind Kind, string ConnectionString, string Folder)
{
    /// <summary>A key for the audit log.</summary>
    public const string AuditKey = "dGVzdHMgc2VhbCB0aGVpciBhdWRpdCBsb2cgd2l0aCBpdA==";

    /// <summary>The kinds this machine can run, for theories: SQLite always, PostgreSQL where its programs are installed.</summary>
    public static IReadOnlyList<DatabaseKind> Kinds { get; } =
        PostgresServer.IsAvailable ? [DatabaseKind.Sqlite, DatabaseKind.Postgres] : [DatabaseKind.Sqlite];

    /// <summary>A SQLite file in a folder of the test.</summary>
    public static PortalDatabase Sqlite(TempFolder folder) => new(DatabaseKind.Sqlite, $"Data Source={folder.At("portal.db")}", folder.Path);

    /// <summary>A new database of the given kind.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="folder">Where the SQLite file lies.</param>
    /// <param name="postgres">The cluster of the test run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<PortalDatabase> CreateAsync(DatabaseKind kind, TempFolder folder, PostgresServer postgres, CancellationToken cancellationToken) => kind switch
    {
        DatabaseKind.Sqlite => Sqlite(folder),
        DatabaseKind.Postgres => new(kind, await postgres.CreateDatabaseAsync(cancellationToken), folder.Path),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The portal's settings for it.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Database:Provider", Kind.ToString()),
        new("Database:ConnectionString", ConnectionString),
        new("Audit:Key", AuditKey),
        new("Audit:Folder", Folder),
    ];

    /// <summary>Gives a PostgreSQL database another name and cuts its connections: whoever knew the old name never reaches it again.</summary>
    internal async Task<PortalDatabase> RenamePostgresAsync(CancellationToken cancellationToken)
    {
        var old = new NpgsqlConnectionStringBuilder(ConnectionString);
        var renamed = new NpgsqlConnectionStringBuilder(ConnectionString) { Database = $"portal_{Guid.CreateVersion7():N}" };
        var maintenance = new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres" };
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync(cancellationToken);

        // One after the other: in one command they would be one transaction, and the ban would count only when all is over.
        string[] steps =
        [
            $"ALTER DATABASE {old.Database} ALLOW_CONNECTIONS false",
            $"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{old.Database}'",
            $"ALTER DATABASE {old.Database} RENAME TO {renamed.Database}",
            $"ALTER DATABASE {renamed.Database} ALLOW_CONNECTIONS true",
        ];
        foreach (var step in steps)
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Both names were made here, of letters and digits; a database name can't be a parameter.
            command.CommandText = step;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return this with { ConnectionString = renamed.ConnectionString };
    }
}
