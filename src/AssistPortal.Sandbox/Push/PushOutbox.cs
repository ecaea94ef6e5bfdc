using AssistPortal.Protocol;
using AssistPortal.Sandbox.Answers;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Services;
using AssistPortal.Sandbox.Store;
using Microsoft.Data.Sqlite;

namespace AssistPortal.Sandbox.Push;

internal static class PushState
{
    public const string Waiting = "waiting";
    public const string Delivered = "delivered";
    public const string GivenUp = "given-up";

    public static readonly IReadOnlyList<string> All = [Waiting, Delivered, GivenUp];
}

/// <summary>A result to be pushed: the body as it was when the operation ended, and how far its delivery has come.</summary>
/// <param name="Id">Number in the outbox.</param>
/// <param name="MerchantId">Merchant_ID.</param>
/// <param name="OrderId">Order; its rows are delivered one after the other.</param>
/// <param name="Billnumber">Extended number of the operation.</param>
/// <param name="Protocol">One of <see cref="PushProtocol"/>.</param>
/// <param name="PacketDate">packetdate of the body, which a reply echoes.</param>
/// <param name="Body">What is sent.</param>
/// <param name="CreatedAt">When the operation ended.</param>
/// <param name="State">One of <see cref="PushState"/>.</param>
/// <param name="Failures">Failed attempts since it was announced or last sent anew by hand.</param>
/// <param name="DueAt">When the next attempt is due while it waits.</param>
internal sealed record PushRow(
    long Id,
    int MerchantId,
    long OrderId,
    Billnumber Billnumber,
    string Protocol,
    string PacketDate,
    string Body,
    DateTimeOffset CreatedAt,
    string State,
    int Failures,
    DateTimeOffset DueAt);

/// <summary>One attempt to deliver; <see cref="HttpStatus"/> is missing when no answer came, <see cref="Reply"/> is the beginning of it.</summary>
internal sealed record PushAttempt(DateTimeOffset At, long Milliseconds, int? HttpStatus, string Verdict, string Reply);

/// <summary>
/// The outbox of results. A row is written in the transaction that ends its operation, so that neither is there without the other, and is
/// delivered at least once: a receiver may see it again when the sandbox died between the answer and the note about it.
/// </summary>
internal static class PushOutbox
{
    private const string Columns = "id, merchant, order_id, billnumber, protocol, packetdate, body, created, state, failures, due";

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1),
        .. Enumerable.Repeat(TimeSpan.FromMinutes(10), 6),
    ];

    /// <summary>
    /// Puts the results of an order's operations into the outbox that have ended, that its merchant wants and that aren't there yet. Called
    /// wherever an operation ends, in the same transaction.
    /// </summary>
    /// <param name="session">The transaction.</param>
    /// <param name="order">The order as it stands after the operation.</param>
    /// <param name="at">When the operation ended.</param>
    /// <returns>The order, to go on with.</returns>
    public static Order Announce(Session session, Order order, DateTimeOffset at)
    {
        if (session.IsHistory || PushSetting.Find(session, order.MerchantId) is not { } setting)
        {
            return order;
        }

        var orderFields = new OrderFields(order, WireTime.Format(at));
        foreach (var operation in order.Operations.Where(setting.Wants))
        {
            Add(session, setting, new OperationFields(orderFields, operation, Language.En), at);
        }

        return order;
    }

    /// <summary>What a merchant's receiver may be sent now: of each order the oldest row that waits, when it is due.</summary>
    public static List<PushRow> Due(Session session, int merchantId, DateTimeOffset now, int count) =>
        session.Query(
            $"SELECT {Columns} FROM push p WHERE merchant = $1 AND due <= $2 AND state = '{PushState.Waiting}' AND NOT EXISTS "
            + $"(SELECT 1 FROM push earlier WHERE earlier.order_id = p.order_id AND earlier.id < p.id AND earlier.state = '{PushState.Waiting}') "
            + "ORDER BY due, id LIMIT $3",
            Read, merchantId, now, count);

    /// <summary>When the next row that isn't due yet will be.</summary>
    public static DateTimeOffset? NextDue(Session session, DateTimeOffset now) =>
        session.Query($"SELECT min(due) FROM push WHERE due > $1 AND state = '{PushState.Waiting}'", row => row.InstantOrNull(0), now).Single();

    /// <summary>Notes an attempt: it was accepted, will be tried again, or was the last.</summary>
    /// <returns>What became of the row.</returns>
    public static string Note(Session session, PushRow row, PushAttempt attempt, bool accepted, bool hopeless)
    {
        session.Execute(
            "INSERT INTO push_attempt (push_id, at, milliseconds, http_status, verdict, reply) VALUES ($1, $2, $3, $4, $5, $6)",
            row.Id, attempt.At, attempt.Milliseconds, attempt.HttpStatus, attempt.Verdict, attempt.Reply);
        // Asked of the row as it is now: it may have been renewed while the attempt was under way.
        var failures = session.Number("SELECT failures FROM push WHERE id = $1", row.Id);
        var state = accepted ? PushState.Delivered : hopeless || failures >= Pauses.Length ? PushState.GivenUp : PushState.Waiting;
        var due = state == PushState.Waiting ? attempt.At.AddMilliseconds(attempt.Milliseconds) + Pauses[failures] : row.DueAt;
        session.Execute("UPDATE push SET state = $2, failures = $3, due = $4 WHERE id = $1", row.Id, state, accepted ? failures : failures + 1, due);
        return state;
    }

    /// <summary>Sends a row again as if it were new; one already accepted too.</summary>
    public static void Renew(Session session, PushRow row, DateTimeOffset now)
    {
        session.Execute($"UPDATE push SET state = '{PushState.Waiting}', failures = 0, due = $2 WHERE id = $1", row.Id, now);
        session.HasNews = true;
    }

    public static PushRow? Find(Session session, long id) =>
        session.Query($"SELECT {Columns} FROM push WHERE id = $1", Read, id).SingleOrDefault();

    /// <summary>The latest rows that fit what is given, newest first.</summary>
    public static List<PushRow> Latest(Session session, int? merchantId, Billnumber? billnumber, string? state, int count) =>
        session.Query(
            $"SELECT {Columns} FROM push WHERE ($1 IS NULL OR merchant = $1) AND ($2 IS NULL OR billnumber = $2) "
            + "AND ($3 IS NULL OR order_id = (SELECT id FROM orders WHERE billnumber = $3)) AND ($4 IS NULL OR state = $4) ORDER BY id DESC LIMIT $5",
            Read, merchantId, billnumber is { Operation: not null } extended ? extended.ToString() : null, billnumber?.Order, state, count);

    public static List<PushAttempt> Attempts(Session session, PushRow row) =>
        session.Query(
            "SELECT at, milliseconds, http_status, verdict, reply FROM push_attempt WHERE push_id = $1 ORDER BY id",
            attempt => new PushAttempt(
                attempt.Instant(0), attempt.GetInt64(1), (int?)attempt.NumberOrNull(2), attempt.GetString(3), attempt.GetString(4)),
            row.Id);

    private static void Add(Session session, PushSetting setting, OperationFields fields, DateTimeOffset at)
    {
        var body = setting.Protocol == PushProtocol.Soap ? PushPacket.Soap(fields) : PushPacket.Form(fields, setting.OrderPositions);
        var added = session.Execute(
            $"INSERT INTO push ({Columns}) VALUES (NULL, $1, $2, $3, $4, $5, $6, $7, '{PushState.Waiting}', 0, $7) ON CONFLICT (billnumber) DO NOTHING",
            setting.MerchantId, fields.Order.Order.Id, fields["billnumber"], setting.Protocol, fields["packetdate"], body, at);
        session.HasNews |= added > 0;
    }

    private static PushRow Read(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetInt32(1), row.GetInt64(2),
        Billnumber.TryParse(row.GetString(3), out var billnumber) ? billnumber : throw new InvalidOperationException("The outbox holds no billnumber."),
        row.GetString(4), row.GetString(5), row.GetString(6), row.Instant(7), row.GetString(8), row.GetInt32(9), row.Instant(10));
}
