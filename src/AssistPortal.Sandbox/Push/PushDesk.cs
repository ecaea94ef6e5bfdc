using System.Globalization;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Control;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Push;

/// <summary><c>PUT /control/merchants/{id}/push</c>; <see cref="Url"/> null switches off.</summary>
internal sealed record PushSettingRequest
{
    public required string? Url { get; init; }

    public string Protocol { get; init; } = PushProtocol.Post;

    public string Reply { get; init; } = ExpectedReply.Status;

    public bool Approve { get; init; } = true;

    public bool Charge { get; init; } = true;

    public bool Cancel { get; init; } = true;

    public bool OnlySuccessful { get; init; }

    public bool OrderPositions { get; init; }
}

/// <summary>A row of the outbox with its attempts, oldest first.</summary>
internal sealed record PushDelivery(PushRow Row, IReadOnlyList<PushAttempt> Attempts);

/// <summary>What the control calls and the console do with the push.</summary>
internal sealed class PushDesk(SandboxDb db, SandboxClock clock)
{
    private const int DeliveriesShown = 200;
    private const string NoMerchant = "No such merchant.";

    public ControlOutcome Setting(int merchantId) => DemoMerchants.Find(merchantId) is null
        ? new ControlOutcome.Unknown(NoMerchant)
        : Answer(merchantId, db.Read(session => PushSetting.Find(session, merchantId)));

    public ControlOutcome Set(int merchantId, PushSettingRequest request)
    {
        if (DemoMerchants.Find(merchantId) is null)
        {
            return new ControlOutcome.Unknown(NoMerchant);
        }

        if (request.Url is not null && !PushSetting.IsReceiver(request.Url))
        {
            return new ControlOutcome.Mistake(
                "url is an absolute http or https address of at most 2000 characters without a user's name, or null to switch the push off.");
        }

        if (request.Protocol is not (PushProtocol.Post or PushProtocol.Soap))
        {
            return new ControlOutcome.Mistake("protocol is POST or SOAP.");
        }

        if (request.Reply is not (ExpectedReply.Status or ExpectedReply.Xml))
        {
            return new ControlOutcome.Mistake("reply is \"200\" (any answer 2xx) or \"xml\" (a packet that echoes billnumber and packetdate).");
        }

        var setting = new PushSetting(
            merchantId, request.Url, request.Protocol, request.Reply, request.Approve, request.Charge, request.Cancel, request.OnlySuccessful,
            request.OrderPositions, clock.GetUtcNow());
        db.Write(session => PushSetting.Save(session, setting));
        return Answer(merchantId, setting);
    }

    /// <summary>The latest deliveries, newest first; each filter may be left out, the billnumber may be plain or extended.</summary>
    public ControlOutcome Deliveries(string? merchant, string? billnumber, string? state)
    {
        int? merchantId = null;
        if (merchant is { Length: > 0 })
        {
            if (!int.TryParse(merchant, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                return new ControlOutcome.Mistake("merchant is a Merchant_ID.");
            }

            merchantId = id;
        }

        Billnumber? number = null;
        if (billnumber is { Length: > 0 })
        {
            if (!Billnumber.TryParse(billnumber, out var parsed))
            {
                return new ControlOutcome.Mistake("billnumber is a number of an order (15 or 16 digits) or of an operation (with .N).");
            }

            number = parsed;
        }

        if (state is { Length: > 0 } && !PushState.All.Contains(state))
        {
            return new ControlOutcome.Mistake($"state is one of {string.Join(", ", PushState.All)}.");
        }

        return new ControlOutcome.Done(new
        {
            Deliveries = Latest(merchantId, number, state is { Length: > 0 } ? state : null, DeliveriesShown).Select(Shown),
        });
    }

    public IReadOnlyList<PushDelivery> Latest(int? merchantId, Billnumber? billnumber, string? state, int count) => db.Read(session =>
        PushOutbox.Latest(session, merchantId, billnumber, state, count).Select(row => new PushDelivery(row, PushOutbox.Attempts(session, row))).ToList());

    public ControlOutcome Resend(long id)
    {
        var now = clock.GetUtcNow();
        return db.Write<ControlOutcome>(session =>
        {
            if (PushOutbox.Find(session, id) is not { } row)
            {
                return new ControlOutcome.Unknown("No such delivery.");
            }

            if (PushSetting.Find(session, row.MerchantId)?.Url is null)
            {
                return new ControlOutcome.Mistake("The push is switched off for this merchant; set its url first.");
            }

            PushOutbox.Renew(session, row, now);
            return new ControlOutcome.Done(new { row.Id, State = PushState.Waiting });
        });
    }

    private static ControlOutcome.Done Answer(int merchantId, PushSetting? setting) => new(new
    {
        Merchant = merchantId,
        setting?.Url,
        Protocol = setting?.Protocol ?? PushProtocol.Post,
        Reply = setting?.Reply ?? ExpectedReply.Status,
        Approve = setting?.Approve ?? true,
        Charge = setting?.Charge ?? true,
        Cancel = setting?.Cancel ?? true,
        OnlySuccessful = setting?.OnlySuccessful ?? false,
        OrderPositions = setting?.OrderPositions ?? false,
        setting?.Since,
    });

    private static object Shown(PushDelivery delivery) => new
    {
        delivery.Row.Id,
        Merchant = delivery.Row.MerchantId,
        Billnumber = delivery.Row.Billnumber.ToString(),
        delivery.Row.Protocol,
        delivery.Row.State,
        Created = delivery.Row.CreatedAt,
        Due = delivery.Row.State == PushState.Waiting ? delivery.Row.DueAt : (DateTimeOffset?)null,
        delivery.Row.Body,
        delivery.Attempts,
    };
}
