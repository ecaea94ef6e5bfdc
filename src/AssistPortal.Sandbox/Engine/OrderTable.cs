using System.Globalization;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Store;
using Microsoft.Data.Sqlite;

namespace AssistPortal.Sandbox.Engine;

/// <summary>Orders in the database, with their operations.</summary>
internal static class OrderTable
{
    private const string OrderColumns =
        "id, billnumber, merchant, ordernumber, comment, amount, currency, two_stage, state, created, due, lastname, firstname, middlename, email, ip, "
        + "max_points, convert, cheque";

    private const int OrderColumnCount = 19;

    private const string Holding = "($1 = '' OR instr(ordernumber, $1) > 0 OR instr(billnumber, $1) > 0) AND ($2 IS NULL OR merchant = $2)";

    private const string OperationColumns =
        "id, number, type, state, amount, currency, started, ended, responsecode, client_ip, meantype_id, meantypename, meansubtype, "
        + "meannumber, cardholder, expiry, bank, bank_country, challenged, approvalcode, rrn, externalrefundid, hold_id, authresult, cheque";

    /// <summary>Writes a new order and gives it its number.</summary>
    public static Order Insert(Session session, Order draft)
    {
        var id = NextId(session);
        var order = draft with { Id = id, Billnumber = Numbers.Bill(draft.MerchantId, id) };
        session.Execute(
            $"INSERT INTO orders ({OrderColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
            order.Id, order.Billnumber, order.MerchantId, order.Ordernumber, order.Comment, order.Amount.Minor, order.Amount.Currency,
            order.TwoStage, order.State.Wire, order.CreatedAt, order.DueAt, order.Customer.Lastname, order.Customer.Firstname,
            order.Customer.Middlename, order.Customer.Email, order.PayerIp, order.MaxPoints.Minor, order.Convert, order.Cheque);
        return order;
    }

    public static long NextId(Session session) => session.Number("SELECT coalesce(max(id), 0) + 1 FROM orders");

    /// <summary>Moves the order on: state and next term.</summary>
    public static Order Move(Session session, Order order, OrderState state, DateTimeOffset? dueAt)
    {
        session.Execute("UPDATE orders SET state = $2, due = $3 WHERE id = $1", order.Id, state.Wire, dueAt);
        return order with { State = state, DueAt = dueAt };
    }

    /// <summary>The buyer said who pays.</summary>
    public static void Introduce(Session session, Order order, Customer customer) =>
        session.Execute(
            "UPDATE orders SET lastname = $2, firstname = $3, middlename = $4, email = $5 WHERE id = $1",
            order.Id, customer.Lastname, customer.Firstname, customer.Middlename, customer.Email);

    public static (Order Order, Operation Operation) Add(Session session, Order order, Operation draft)
    {
        session.Execute(
            $"INSERT INTO operation (order_id, {OperationColumns}) VALUES "
            + "($1, NULL, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)",
            order.Id, draft.Number, draft.Type.Code, draft.Status, draft.Amount.Minor, draft.Amount.Currency, draft.StartedAt, draft.EndedAt,
            draft.ResponseCode.Wire, draft.ClientIp, draft.Means.TypeId, draft.Means.TypeName, draft.Means.Subtype, draft.Means.Mask,
            draft.Means.Holder, draft.Means.Expiry, draft.Means.Bank, draft.Means.BankCountry, draft.Means.Challenged, draft.ApprovalCode,
            draft.Rrn, draft.ExternalRefundId, draft.HoldId, draft.AuthResult, draft.Cheque);
        var operation = draft with { Id = session.Number("SELECT last_insert_rowid()") };
        return (order with { Operations = [.. order.Operations, operation] }, operation);
    }

    /// <summary>Writes how an operation that was in process ended.</summary>
    public static Order Finish(Session session, Order order, Operation finished)
    {
        session.Execute(
            "UPDATE operation SET state = $2, ended = $3, responsecode = $4, approvalcode = $5, rrn = $6, hold_id = $7, authresult = $8 WHERE id = $1",
            finished.Id, finished.Status, finished.EndedAt, finished.ResponseCode.Wire, finished.ApprovalCode, finished.Rrn, finished.HoldId,
            finished.AuthResult);
        return order with { Operations = [.. order.Operations.Select(operation => operation.Id == finished.Id ? finished : operation)] };
    }

    public static Order? Find(Session session, string billnumber) =>
        session.Query($"SELECT {OrderColumns} FROM orders WHERE billnumber = $1", ReadOrder, billnumber)
            .Select(order => WithOperations(session, order)).SingleOrDefault();

    /// <summary>The orders of a merchant that were made within the period and carry the number asked for, oldest first.</summary>
    public static List<Order> Search(
        Session session, int merchantId, string? ordernumber, string? billnumber, DateTimeOffset from, DateTimeOffset before) =>
        [.. session.Query(
            $"SELECT {OrderColumns} FROM orders WHERE merchant = $1 AND ($2 IS NULL OR ordernumber = $2) AND ($3 IS NULL OR billnumber = $3) "
            + "AND created >= $4 AND created < $5 ORDER BY created, id",
            ReadOrder, merchantId, ordernumber, billnumber, from, before).Select(order => WithOperations(session, order))];

    /// <summary>The order whose term ends next, if it ends by then.</summary>
    public static Order? NextDue(Session session, DateTimeOffset until) =>
        session.Query($"SELECT {OrderColumns} FROM orders WHERE due <= $1 ORDER BY due, id LIMIT 1", ReadOrder, until)
            .Select(order => WithOperations(session, order)).SingleOrDefault();

    /// <summary>Orders without their operations, newest first, whose number or billnumber holds the text.</summary>
    public static List<Order> Latest(Session session, string text, int? merchantId, int skip, int count) =>
        session.Query($"SELECT {OrderColumns} FROM orders WHERE {Holding} ORDER BY id DESC LIMIT $4 OFFSET $3", ReadOrder, text, merchantId, skip, count);

    public static long Count(Session session, string text, int? merchantId) =>
        session.Number($"SELECT count(*) FROM orders WHERE {Holding}", text, merchantId);

    /// <summary>Rows of orders <c>o</c> and operations <c>p</c> that are found there, in the order given, read as they are taken.</summary>
    public static IEnumerable<(Order Order, Operation Operation)> Rows(Session session, string found, string sort, params ReadOnlySpan<object?> values)
    {
        var columns = Prefixed("o", OrderColumns) + ", " + Prefixed("p", OperationColumns);
        return session.Stream(
            $"SELECT {columns} FROM {found} ORDER BY {sort}, o.id, p.number",
            row => (ReadOrder(row), ReadOperation(row, OrderColumnCount)), values);
    }

    private static Order WithOperations(Session session, Order order) => order with
    {
        Operations = session.Query(
            $"SELECT {OperationColumns} FROM operation WHERE order_id = $1 ORDER BY number", row => ReadOperation(row, 0), order.Id),
    };

    private static string Prefixed(string table, string columns) =>
        string.Join(", ", columns.Split(", ").Select(column => string.Create(CultureInfo.InvariantCulture, $"{table}.{column}")));

    private static Order ReadOrder(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4), new Money(row.GetInt64(5), row.GetString(6)),
        row.GetBoolean(7), new OrderState(row.GetString(8)), row.Instant(9), row.InstantOrNull(10),
        new Customer(row.GetString(11), row.GetString(12), row.GetString(13), row.GetString(14)), row.GetString(15),
        new Money(row.GetInt64(16), Merchant.Currency), row.GetBoolean(17), row.TextOrNull(18), []);

    private static Operation ReadOperation(SqliteDataReader row, int at) => new(
        row.GetInt64(at), row.GetInt32(at + 1), new OperationType(row.GetInt32(at + 2)), row.GetString(at + 3),
        new Money(row.GetInt64(at + 4), row.GetString(at + 5)), row.Instant(at + 6), row.InstantOrNull(at + 7),
        new ResponseCode(row.GetString(at + 8)), row.GetString(at + 9),
        new PaymentMeans(
            row.GetInt32(at + 10), row.GetString(at + 11), row.GetString(at + 12), row.GetString(at + 13), row.GetString(at + 14),
            row.GetString(at + 15), row.GetString(at + 16), row.GetString(at + 17), row.GetBoolean(at + 18)),
        row.GetString(at + 19), row.GetString(at + 20), row.TextOrNull(at + 21), row.NumberOrNull(at + 22),
        row.GetString(at + 23), row.TextOrNull(at + 24));
}
