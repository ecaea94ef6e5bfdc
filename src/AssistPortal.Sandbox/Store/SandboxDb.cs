using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AssistPortal.Sandbox.Store;

/// <summary>
/// The sandbox's database file. Writers queue behind one lock and work in one immediate transaction each, so two commands never see the
/// same money; WAL with full synchronisation: what was answered survives a killed process.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore nobody asks for a wait handle has nothing to dispose of.")]
internal sealed class SandboxDb
{
    private readonly string _connectionString;
    private readonly SemaphoreSlim _writer = new(1, 1);

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
        BringUpToDate(connection);
    }

    /// <summary>Raised after a transaction that put something into the outbox was committed.</summary>
    public event EventHandler? NewsWaiting;

    /// <summary>Runs the work in one transaction; an exception rolls all of it back.</summary>
    public T Write<T>(Func<Session, T> work)
    {
        // Waiting for a task, not for a lock: the thread pool puts another thread in the place of one that waits so, and reads go on however
        // many writers queue behind a long one.
        _writer.WaitAsync().GetAwaiter().GetResult();
        try
        {
            return Run(work, deferred: false);
        }
        finally
        {
            _writer.Release();
        }
    }

    public void Write(Action<Session> work) => Write(session =>
    {
        work(session);
        return true;
    });

    /// <summary>One consistent snapshot to read from until it is disposed; writers don't wait for it.</summary>
    public Session OpenSnapshot() => Begin(deferred: true);

    /// <summary>Runs the work on one consistent snapshot.</summary>
    public T Read<T>(Func<Session, T> work) => Run(work, deferred: true);

    /// <summary>Lets the pooled handles go, so that the file can be moved or deleted.</summary>
    public void Close()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private static void BringUpToDate(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "PRAGMA user_version";
        var version = Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (version > Schema.Steps.Length)
        {
            throw new InvalidOperationException($"'{connection.DataSource}' was written by a newer sandbox; start that one, or delete the file.");
        }

        if (version == Schema.Steps.Length)
        {
            return;
        }

        command.CommandText = string.Concat(Schema.Steps.Skip(version)) + $"PRAGMA user_version = {Schema.Steps.Length}";
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    private T Run<T>(Func<Session, T> work, bool deferred)
    {
        using var session = Begin(deferred);
        var result = work(session);
        session.Commit();
        if (session.HasNews)
        {
            NewsWaiting?.Invoke(this, EventArgs.Empty);
        }

        return result;
    }

    private Session Begin(bool deferred)
    {
        var connection = Open();
        try
        {
            return new Session(connection, connection.BeginTransaction(deferred));
        }
        catch
        {
            // No session has it yet.
            connection.Dispose();
            throw;
        }
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
