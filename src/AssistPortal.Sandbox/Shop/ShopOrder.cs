using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Services;
using AssistPortal.Sandbox.Store;
using Microsoft.Data.Sqlite;

namespace AssistPortal.Sandbox.Shop;

/// <summary>How many of a good were bought.</summary>
internal sealed record ShopLine(string Code, int Quantity)
{
    public ShopGood Good => ShopGood.All.First(good => good.Code == Code);

    public Money Total(string currency) => new(Good.Price(currency).Minor * Quantity, currency);
}

/// <summary>An order in the shop's own books: what the gateway's answers are compared with.</summary>
internal sealed record ShopOrder(
    string Number, int MerchantId, Money Amount, bool TwoStage, string? MaxPoints, bool WithCheque, bool WithCustomer, IReadOnlyList<ShopLine> Lines)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Merchant Merchant => DemoMerchants.Get(MerchantId);

    /// <summary>The request for payment, sealed, as the shop's server writes it into the buyer's form.</summary>
    public IEnumerable<(string Name, string Value)> Request(Language language, string origin)
    {
        var id = MerchantId.ToString(CultureInfo.InvariantCulture);
        string[] points = MaxPoints is null ? [] : [MaxPoints];
        yield return ("Merchant_ID", id);
        yield return ("OrderNumber", Number);
        yield return ("OrderAmount", Amount.ToWire());
        yield return ("OrderCurrency", Amount.Currency);
        yield return ("Delay", TwoStage ? "1" : "0");
        yield return ("Language", language == Language.En ? "EN" : "RU");
        yield return ("OrderComment", string.Join(", ", Lines.Select(line => $"{NameOf(line, language)} × {line.Quantity}")));
        yield return ("URL_RETURN_OK", $"{origin}{ShopEndpoints.PaidPath}?Language={(language == Language.En ? "EN" : "RU")}");
        yield return ("URL_RETURN_NO", $"{origin}{ShopEndpoints.NotPaidPath}?Language={(language == Language.En ? "EN" : "RU")}");
        if (WithCustomer)
        {
            yield return ("Lastname", "Иванова");
            yield return ("Firstname", "Мария");
            yield return ("Email", "maria@example.com");
        }

        if (MaxPoints is not null)
        {
            yield return ("OrderMaxPoints", MaxPoints);
        }

        if (WithCheque)
        {
            yield return ("ChequeItems", ChequeItems(language));
        }

        yield return ("Checkvalue", Checkvalue.Of(
            Merchant.Company.SecretWord, string.Join(';', [id, Number, Amount.ToWire(), Amount.Currency, .. points])));
    }

    public static string NameOf(ShopLine line, Language language) => language == Language.En ? line.Good.Name.En : line.Good.Name.Ru;

    private string ChequeItems(Language language) => new JsonObject
    {
        ["items"] = new JsonArray([.. Lines.Select((line, index) => new JsonObject
        {
            ["id"] = index + 1,
            ["product"] = line.Code,
            ["name"] = NameOf(line, language),
            ["price"] = line.Good.Price(Amount.Currency).ToMajor(),
            ["quantity"] = line.Quantity,
            ["amount"] = line.Total(Amount.Currency).ToMajor(),
            ["tax"] = "vat20",
            ["fpmode"] = 4,
        })]),
    }.ToJsonString(Readable);
}

/// <summary>What came to the shop's server from outside: a push of the gateway, or a buyer back from the payment pages.</summary>
/// <param name="At">When.</param>
/// <param name="Kind"><see cref="Push"/> or <see cref="Return"/>.</param>
/// <param name="Ordernumber">Order spoken of, as it came.</param>
/// <param name="Verdict">What the shop answered to a push; <see cref="ErrorCode.None"/> for a return.</param>
/// <param name="Content">What came, name and value in a line each.</param>
internal sealed record ShopCall(DateTimeOffset At, string Kind, string Ordernumber, ErrorCode Verdict, string Content)
{
    public const string Push = "push";
    public const string Return = "return";
}

/// <summary>The shop's books in the sandbox's database.</summary>
internal static class ShopTable
{
    private const int CallsKept = 500;
    private const int LongestContent = 8_000;

    /// <summary>Writes an order under the next number of the day.</summary>
    public static ShopOrder Insert(Session session, ShopOrder draft, DateTimeOffset at)
    {
        var count = session.Number("SELECT count(*) FROM shop_order");
        var order = draft with { Number = string.Create(CultureInfo.InvariantCulture, $"S-{at.UtcDateTime:yyMMdd}-{count + 1:D4}") };
        session.Execute(
            "INSERT INTO shop_order (number, merchant, amount, currency, two_stage, max_points, with_cheque, with_customer, lines, created) "
            + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            order.Number, order.MerchantId, order.Amount.Minor, order.Amount.Currency, order.TwoStage, order.MaxPoints, order.WithCheque,
            order.WithCustomer, JsonSerializer.Serialize(order.Lines), at);
        return order;
    }

    public static ShopOrder? Find(Session session, string number) =>
        session.Query(
            "SELECT number, merchant, amount, currency, two_stage, max_points, with_cheque, with_customer, lines FROM shop_order WHERE number = $1",
            ReadOrder, number).SingleOrDefault();

    /// <summary>Keeps the newest calls only.</summary>
    public static void Insert(Session session, ShopCall call)
    {
        session.Execute(
            "INSERT INTO shop_call (at, kind, ordernumber, verdict, content) VALUES ($1, $2, $3, $4, $5)",
            call.At, call.Kind, call.Ordernumber, call.Verdict.ToString(), call.Content.Length > LongestContent ? call.Content[..LongestContent] : call.Content);
        session.Execute("DELETE FROM shop_call WHERE id <= last_insert_rowid() - $1", CallsKept);
    }

    public static List<ShopCall> Latest(Session session, int count) =>
        session.Query(
            "SELECT at, kind, ordernumber, verdict, content FROM shop_call ORDER BY id DESC LIMIT $1",
            row => new ShopCall(row.Instant(0), row.GetString(1), row.GetString(2), ReadVerdict(row.GetString(3)), row.GetString(4)), count);

    private static ShopOrder ReadOrder(SqliteDataReader row) => new(
        row.GetString(0), row.GetInt32(1), new Money(row.GetInt64(2), row.GetString(3)), row.GetBoolean(4), row.TextOrNull(5), row.GetBoolean(6),
        row.GetBoolean(7), JsonSerializer.Deserialize<List<ShopLine>>(row.GetString(8)) ?? []);

    private static ErrorCode ReadVerdict(string text)
    {
        var parts = text.Split('/');
        return new ErrorCode(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
