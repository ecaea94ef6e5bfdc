using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AssistPortal.Core.Data;

/// <summary>Databases the portal runs on.</summary>
public enum DatabaseProvider
{
    /// <summary>A file; one process.</summary>
    Sqlite,

    /// <summary>PostgreSQL 14 or newer.</summary>
    Postgres,
}

/// <summary>Where the portal keeps its data; configuration section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Database";

    /// <summary>SQLite or PostgreSQL.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>Connection string of the provider; a relative SQLite path counts from the working folder, and its folder is made.</summary>
    public string ConnectionString { get; set; } = "Data Source=data/portal.db";

    /// <summary>How long the start may wait for the database and its migration; 1 s–1 h.</summary>
    public TimeSpan MigrationTimeout { get; set; } = TimeSpan.FromMinutes(5);
}

internal sealed class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        List<string> errors = [];
        if (!Enum.IsDefined(options.Provider))
        {
            errors.Add("Database:Provider must be Sqlite or Postgres.");
        }
        else if (!IsReadable(options))
        {
            errors.Add($"Database:ConnectionString is not a connection string of {options.Provider} that names a database.");
        }

        if (options.MigrationTimeout < TimeSpan.FromSeconds(1) || options.MigrationTimeout > TimeSpan.FromHours(1))
        {
            errors.Add("Database:MigrationTimeout must be between 00:00:01 and 01:00:00.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static bool IsReadable(DatabaseOptions options)
    {
        try
        {
            return options.Provider == DatabaseProvider.Sqlite
                ? new SqliteConnectionStringBuilder(options.ConnectionString).DataSource.Length > 0
                : new NpgsqlConnectionStringBuilder(options.ConnectionString).Host is { Length: > 0 };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            // The builders have no way to ask first; their message may hold a password, so it is dropped.
            return false;
        }
    }
}
