using System.Security.Cryptography;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Services;
using AssistPortal.Sandbox.Store;
using Microsoft.Data.Sqlite;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>A card that was entered and checked while the buyer decides about points: what is shown of it, no number and no code.</summary>
internal sealed record CardInHand(string Mask, string Holder, string Expiry)
{
    /// <summary>The test card with the holder and expiry the buyer gave.</summary>
    public TestCard ToTestCard()
    {
        var card = TestCard.All.First(known => known.Means.Mask == Mask);
        return card with { Means = card.Means with { Holder = Holder, Expiry = Expiry } };
    }
}

/// <summary>A buyer's way through the payment pages.</summary>
/// <param name="Cfsid">The secret in the address: who knows it is the buyer.</param>
/// <param name="Billnumber">Order paid for.</param>
/// <param name="Language">Language of the pages.</param>
/// <param name="Means">Means offered.</param>
/// <param name="Forced">Response code that every authorisation gets.</param>
/// <param name="ReturnOk">Where a buyer who paid goes.</param>
/// <param name="ReturnNo">Where a buyer who didn't pay goes.</param>
/// <param name="Step">Grows with everything done: a form of an earlier step does nothing any more.</param>
/// <param name="Card">Card that waits for the buyer's word about points.</param>
/// <param name="WrongCodes">Wrong 3-D Secure codes in the challenge that runs.</param>
internal sealed record PayVisit(
    string Cfsid,
    string Billnumber,
    Language Language,
    PayMeans Means,
    ResponseCode? Forced,
    string? ReturnOk,
    string? ReturnNo,
    int Step,
    CardInHand? Card,
    int WrongCodes)
{
    public string Address(string page) => $"/pay/{page}.cfm?CFSID={Uri.EscapeDataString(Cfsid)}";

    public static string NewCfsid() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}

/// <summary>The visits in the database.</summary>
internal static class PayVisitTable
{
    public static void Insert(Session session, PayVisit visit) =>
        session.Execute(
            "INSERT INTO pay_visit (cfsid, billnumber, language, means, forced, return_ok, return_no, step, wrong_codes) "
            + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            visit.Cfsid, visit.Billnumber, visit.Language.ToString(), (int)visit.Means, visit.Forced?.Wire, visit.ReturnOk, visit.ReturnNo,
            visit.Step, visit.WrongCodes);

    public static void Save(Session session, PayVisit visit) =>
        session.Execute(
            "UPDATE pay_visit SET language = $2, step = $3, card_mask = $4, card_holder = $5, card_expiry = $6, wrong_codes = $7 WHERE cfsid = $1",
            visit.Cfsid, visit.Language.ToString(), visit.Step, visit.Card?.Mask, visit.Card?.Holder, visit.Card?.Expiry, visit.WrongCodes);

    public static PayVisit? Find(Session session, string cfsid) =>
        session.Query(
            "SELECT cfsid, billnumber, language, means, forced, return_ok, return_no, step, card_mask, card_holder, card_expiry, wrong_codes "
            + "FROM pay_visit WHERE cfsid = $1",
            Read, cfsid).SingleOrDefault();

    private static PayVisit Read(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), Enum.Parse<Language>(row.GetString(2)), (PayMeans)row.GetInt32(3),
        row.TextOrNull(4) is { } forced ? new ResponseCode(forced) : null, row.TextOrNull(5), row.TextOrNull(6), row.GetInt32(7),
        row.TextOrNull(8) is { } mask ? new CardInHand(mask, row.GetString(9), row.GetString(10)) : null, row.GetInt32(11));
}
