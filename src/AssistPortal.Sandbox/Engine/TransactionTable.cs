using AssistPortal.Protocol;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Engine;

/// <summary>What an operation sent to the processing centre.</summary>
internal sealed record Transaction(int OperationNumber, string Kind, string State, Money Amount, DateTimeOffset CreatedAt, DateTimeOffset? DoneAt);

internal static class TransactionKind
{
    public const string Authorization = "authorization";
    public const string Financial = "financial";
    public const string Void = "void";
    public const string Refund = "refund";
    public const string PointsWriteOff = "points-write-off";
    public const string PointsReturn = "points-return";
    public const string Accrual = "accrual";
    public const string AccrualReversal = "accrual-reversal";
}

internal static class TransactionState
{
    public const string Queued = "queued";
    public const string Done = "done";
    public const string Declined = "declined";
    public const string Withdrawn = "withdrawn";
}

/// <summary>The gateway's log of transactions.</summary>
internal static class TransactionTable
{
    public static void Done(Session session, Order order, int operationNumber, string kind, Money amount, DateTimeOffset at) =>
        Insert(session, order, operationNumber, kind, TransactionState.Done, amount, at, at);

    public static void Declined(Session session, Order order, int operationNumber, string kind, Money amount, DateTimeOffset at) =>
        Insert(session, order, operationNumber, kind, TransactionState.Declined, amount, at, at);

    public static void Queue(Session session, Order order, int operationNumber, Money amount, DateTimeOffset at) =>
        Insert(session, order, operationNumber, TransactionKind.Financial, TransactionState.Queued, amount, at, null);

    /// <summary>The financial transaction of the order that still waits is made smaller, or withdrawn when nothing is left of it.</summary>
    public static void LowerQueued(Session session, Order order, long byMinor, DateTimeOffset at) =>
        session.Execute(
            $"UPDATE transact SET state = CASE WHEN amount = $2 THEN '{TransactionState.Withdrawn}' ELSE state END, "
            + "done = CASE WHEN amount = $2 THEN $3 END, amount = CASE WHEN amount = $2 THEN amount ELSE amount - $2 END "
            + $"WHERE order_id = $1 AND state = '{TransactionState.Queued}'",
            order.Id, byMinor, at);

    /// <summary>The financial transaction of one order went ahead of the batch.</summary>
    public static void QueuedWent(Session session, Order order, DateTimeOffset at) =>
        session.Execute($"UPDATE transact SET state = '{TransactionState.Done}', done = $2 WHERE order_id = $1 AND state = '{TransactionState.Queued}'", order.Id, at);

    /// <summary>The batch took every financial transaction that was queued by then.</summary>
    public static void BatchWent(Session session, DateTimeOffset at) =>
        session.Execute($"UPDATE transact SET state = '{TransactionState.Done}', done = $1 WHERE state = '{TransactionState.Queued}' AND created <= $1", at);

    public static List<Transaction> Of(Session session, Order order) =>
        session.Query(
            "SELECT operation_number, kind, state, amount, currency, created, done FROM transact WHERE order_id = $1 ORDER BY id",
            row => new Transaction(
                row.GetInt32(0), row.GetString(1), row.GetString(2), new Money(row.GetInt64(3), row.GetString(4)), row.Instant(5), row.InstantOrNull(6)),
            order.Id);

    private static void Insert(
        Session session, Order order, int operationNumber, string kind, string state, Money amount, DateTimeOffset at, DateTimeOffset? done) =>
        session.Execute(
            "INSERT INTO transact (order_id, operation_number, kind, state, amount, currency, created, done) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            order.Id, operationNumber, kind, state, amount.Minor, amount.Currency, at, done);
}
