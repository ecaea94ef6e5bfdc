using Microsoft.Data.Sqlite;

namespace AssistPortal.Sandbox.Store;

/// <summary>
/// The sandbox's database file. Writers queue behind one lock and work in one immediate transaction each, so two commands never see the
/// same money; WAL with full synchronisation: what was answered survives a killed process.
/// </summary>
internal sealed class SandboxDb
{
    private readonly string _connectionString;
    private readonly Lock _writer = new();

    public SandboxDb(string dataDirectory)
    {
        Directory.CreateDirectory(dataDirectory);
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(dataDirectory, "sandbox.db"),
            ForeignKeys = true,
            DefaultTimeout = 60,
        }.ToString();
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();
        command.CommandText = Schema.Sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs the work in one transaction; an exception rolls all of it back.</summary>
    public T Write<T>(Func<Session, T> work)
    {
        lock (_writer)
        {
            return Run(work, deferred: false);
        }
    }

    public void Write(Action<Session> work) => Write(session =>
    {
        work(session);
        return true;
    });

    /// <summary>Runs the work on one consistent snapshot; writers don't wait for it.</summary>
    public T Read<T>(Func<Session, T> work) => Run(work, deferred: true);

    /// <summary>Lets the pooled handles go, so that the file can be moved or deleted.</summary>
    public void Close()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private T Run<T>(Func<Session, T> work, bool deferred)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction(deferred);
        using var session = new Session(connection, transaction);
        var result = work(session);
        transaction.Commit();
        return result;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = FULL";
        command.ExecuteNonQuery();
        return connection;
    }
}
