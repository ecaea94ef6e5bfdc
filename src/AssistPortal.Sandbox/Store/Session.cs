using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AssistPortal.Sandbox.Store;

/// <summary>
/// One transaction on a connection of its own; both end with it. Statements are prepared once and used again; their parameters are
/// <c>$1</c>, <c>$2</c> and so on.
/// </summary>
internal sealed class Session(SqliteConnection connection, SqliteTransaction transaction) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    /// <summary>The transaction makes up a past: merchants aren't told of it.</summary>
    public bool IsHistory { get; set; }

    /// <summary>The transaction put something into the outbox.</summary>
    public bool HasNews { get; set; }

    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    public long Number(string sql, params ReadOnlySpan<object?> values) =>
        Convert.ToInt64(Bind(sql, values).ExecuteScalar(), CultureInfo.InvariantCulture);

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values) => [.. Stream(sql, read, values)];

    /// <summary>Rows read as they are taken, once and before the statement is used again.</summary>
    public IEnumerable<T> Stream<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        var command = Bind(sql, values);
        return Rows();

        IEnumerable<T> Rows()
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                yield return read(reader);
            }
        }
    }

    public void Commit() => transaction.Commit();

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        transaction.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"${i}") });
            }

            _prepared.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] switch
            {
                null => DBNull.Value,
                DateTimeOffset instant => instant.ToUnixTimeMilliseconds(),
                var value => value,
            };
        }

        return command;
    }
}

/// <summary>Reading of columns that may be empty, and of instants (UTC, milliseconds).</summary>
internal static class Columns
{
    public static DateTimeOffset Instant(this SqliteDataReader reader, int column) => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    public static DateTimeOffset? InstantOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.Instant(column);

    public static long? NumberOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public static string? TextOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
