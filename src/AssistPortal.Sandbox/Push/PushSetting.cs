using System.Globalization;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Push;

/// <summary>How results travel: a form or a SOAP packet (protocol §13.2, §13.3).</summary>
internal static class PushProtocol
{
    public const string Post = "POST";
    public const string Soap = "SOAP";
}

/// <summary>What counts as accepted: any answer 2xx, or a packet that echoes the request (protocol §13.4).</summary>
internal static class ExpectedReply
{
    public const string Status = "200";
    public const string Xml = "xml";
}

/// <summary>How a merchant wants its results pushed.</summary>
/// <param name="MerchantId">Merchant_ID.</param>
/// <param name="Url">Receiver; nothing while the push is switched off.</param>
/// <param name="Protocol">One of <see cref="PushProtocol"/>.</param>
/// <param name="Reply">One of <see cref="ExpectedReply"/>.</param>
/// <param name="Approve">Send payments and bonus accruals.</param>
/// <param name="Charge">Send confirmations.</param>
/// <param name="Cancel">Send cancellations.</param>
/// <param name="OnlySuccessful">Leave failed operations out.</param>
/// <param name="OrderPositions">Send the cheque's positions with a form.</param>
/// <param name="Since">When it was set: operations that ended before aren't sent.</param>
internal sealed record PushSetting(
    int MerchantId,
    string? Url,
    string Protocol,
    string Reply,
    bool Approve,
    bool Charge,
    bool Cancel,
    bool OnlySuccessful,
    bool OrderPositions,
    DateTimeOffset Since)
{
    private const string Columns = "merchant, url, protocol, reply, approve, charge, cancel, only_successful, order_positions, since";
    private const string MerchantPlace = "{merchant}";
    private const int LongestUrl = 2_000;

    /// <summary>Whether the operation has an end worth telling: done or failed, not a payment closed by time-out.</summary>
    public bool Wants(Operation operation) =>
        Url is not null
        && operation.EndedAt >= Since
        && (operation.Status == OperationStatus.Completed || (operation.Status == OperationStatus.Failed && !OnlySuccessful))
        && IsSwitchedOn(operation);

    public static PushSetting? Find(Session session, int merchantId) =>
        session.Query(
            $"SELECT {Columns} FROM push_setting WHERE merchant = $1",
            row => new PushSetting(
                row.GetInt32(0), row.TextOrNull(1), row.GetString(2), row.GetString(3), row.GetBoolean(4), row.GetBoolean(5), row.GetBoolean(6),
                row.GetBoolean(7), row.GetBoolean(8), row.Instant(9)),
            merchantId).SingleOrDefault();

    public static void Save(Session session, PushSetting setting) =>
        session.Execute(
            $"INSERT OR REPLACE INTO push_setting ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            setting.MerchantId, setting.Url, setting.Protocol, setting.Reply, setting.Approve, setting.Charge, setting.Cancel,
            setting.OnlySuccessful, setting.OrderPositions, setting.Since);

    /// <summary>
    /// Sets the host's receiver for the demo enterprise's merchants that have no setting, and lets one the host set before follow its
    /// address. What was set or switched off by hand stays.
    /// </summary>
    /// <param name="session">The transaction.</param>
    /// <param name="url">Receiver, with <c>{merchant}</c> for the Merchant_ID.</param>
    /// <param name="now">From when on results are sent where nothing was set.</param>
    /// <exception cref="ArgumentException">Not an address a merchant could set.</exception>
    public static void SetByHost(Session session, string url, DateTimeOffset now)
    {
        foreach (var merchant in DemoMerchants.OfDemoEnterprise)
        {
            var id = merchant.Id.ToString(CultureInfo.InvariantCulture);
            var address = url.Replace(MerchantPlace, id, StringComparison.Ordinal);
            if (!IsReceiver(address))
            {
                throw new ArgumentException($"{nameof(SandboxOptions.PushUrl)} isn't an address results can be pushed to.", nameof(url));
            }

            var byHost = $"push_url_by_host_{id}";
            var current = Find(session, merchant.Id);
            if (current is null || (current.Url is { } known && known == Settings.Get(session, byHost)))
            {
                Save(session, current is null ? OfHost(merchant, address, now) : current with { Url = address });
                Settings.Set(session, byHost, address);
            }
        }
    }

    /// <summary>An absolute http or https address without a user's name in it.</summary>
    public static bool IsReceiver(string text) =>
        text.Length <= LongestUrl
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.UserInfo.Length == 0;

    private static PushSetting OfHost(Merchant merchant, string url, DateTimeOffset now) => new(
        merchant.Id, url, PushProtocol.Post, ExpectedReply.Xml, Approve: true, Charge: true, Cancel: true, OnlySuccessful: false,
        OrderPositions: false, now);

    /// <summary>An accrual taken back comes with a cancellation and goes by its switch.</summary>
    private bool IsSwitchedOn(Operation operation) =>
        operation.Type == OperationType.Confirmation ? Charge
        : operation.Type == OperationType.Cancellation || operation.Means.Subtype == PaymentMeans.Reversal ? Cancel
        : Approve;
}
