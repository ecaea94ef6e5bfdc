using AssistPortal.Protocol;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Engine;

/// <summary>The processing centre's answer to an authorisation.</summary>
internal sealed record Authorisation(ResponseCode Code, long? HoldId, string ApprovalCode, string Rrn);

/// <summary>
/// What became of an authorised amount, in minor units. <c>Authorised = Held + Captured + Voided + Released</c>;
/// <c>Presented</c> is the part of the hold whose financial transaction waits for the batch, <c>Refunded</c> the part of the captured money given back.
/// </summary>
internal sealed record HoldBook(
    string Currency, long Authorised, long Held, long Presented, long Captured, long Refunded, long Voided, long Released);

/// <summary>
/// The processing centre: authorises, keeps holds, takes financial transactions in a batch at the close of its business day, answers voids
/// and refunds. It knows nothing of orders; a movement its book doesn't allow is a defect of the gateway and throws.
/// </summary>
internal static class ProcessingCentre
{
    public static Authorisation Authorise(Session session, Money amount, ResponseCode answer, DateTimeOffset at)
    {
        if (answer.Kind != ResponseKind.Completed)
        {
            return new Authorisation(answer, null, "", "");
        }

        session.Execute(
            "INSERT INTO hold (currency, authorised, held, presented, captured, refunded, voided, released) VALUES ($1, $2, $2, 0, 0, 0, 0, 0)",
            amount.Currency, amount.Minor);
        var id = session.Number("SELECT last_insert_rowid()");
        return new Authorisation(answer, id, Numbers.Approval(id), Numbers.Rrn(at, id));
    }

    /// <summary>Queues the financial transaction for the batch; what is held beyond it is released with the batch, or at once.</summary>
    public static void Present(Session session, long holdId, long minor, bool releaseRest, DateTimeOffset at)
    {
        Change(session, "presented = $2, presented_at = $3 WHERE id = $1 AND presented = 0 AND held >= $2", holdId, minor, at);
        if (releaseRest)
        {
            Change(session, "released = released + held - presented, held = presented WHERE id = $1", holdId);
        }
    }

    /// <summary>Sends the waiting financial transaction ahead of the batch and releases what was held beyond it.</summary>
    public static void Take(Session session, long holdId) =>
        Change(session, $"{Taking} WHERE id = $1 AND presented > 0", holdId);

    /// <summary>Gives up the whole hold: <paramref name="minor"/> is cancelled, what was never confirmed is released.</summary>
    public static void VoidAll(Session session, long holdId, long minor) =>
        Change(session, "voided = voided + $2, released = released + held - $2, held = 0, presented = 0 WHERE id = $1 AND held >= $2", holdId, minor);

    /// <summary>Lowers the waiting financial transaction and the hold under it.</summary>
    public static void VoidPart(Session session, long holdId, long minor) =>
        Change(session, "voided = voided + $2, held = held - $2, presented = presented - $2 WHERE id = $1 AND presented > $2", holdId, minor);

    public static void Refund(Session session, long holdId, long minor) =>
        Change(session, "refunded = refunded + $2 WHERE id = $1 AND captured - refunded >= $2", holdId, minor);

    /// <summary>Close of the business day: the batch takes every financial transaction presented by then.</summary>
    /// <returns>How many were taken.</returns>
    public static int CloseDay(Session session, DateTimeOffset at) =>
        session.Execute($"UPDATE hold SET {Taking} WHERE presented > 0 AND presented_at <= $1", at);

    public static HoldBook Book(Session session, long holdId) =>
        session.Query(
            "SELECT currency, authorised, held, presented, captured, refunded, voided, released FROM hold WHERE id = $1",
            row => new HoldBook(
                row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7)),
            holdId).Single();

    private const string Taking = "captured = captured + presented, released = released + held - presented, held = 0, presented = 0";

    private static void Change(Session session, string change, params ReadOnlySpan<object?> values)
    {
        if (session.Execute($"UPDATE hold SET {change}", values) != 1)
        {
            throw new InvalidOperationException($"The processing centre's book doesn't allow this movement of hold {values[0]}.");
        }
    }
}
