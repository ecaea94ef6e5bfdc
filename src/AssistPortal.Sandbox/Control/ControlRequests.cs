using System.Text.Json;

namespace AssistPortal.Sandbox.Control;

/// <summary><c>POST /control/clock/advance</c>: what is given is added up.</summary>
internal sealed record AdvanceRequest(double Days, double Hours, double Minutes, double Seconds);

/// <summary><c>POST /control/payments</c>. Several cards are tried one after the other until one is good.</summary>
internal sealed record PaymentRequest
{
    public required int Merchant { get; init; }

    public string? Ordernumber { get; init; }

    /// <summary>Wire amount, as text or number.</summary>
    public required JsonElement Amount { get; init; }

    public string Currency { get; init; } = Merchants.Merchant.Currency;

    /// <summary>0 one-stage, 1 two-stage; the merchant's default when missing.</summary>
    public int? Delay { get; init; }

    public string? Card { get; init; }

    public IReadOnlyList<string>? Cards { get; init; }

    /// <summary>The buyer leaves without trying a card: the order stays In Process until its time-out.</summary>
    public bool Abandon { get; init; }

    /// <summary>Response code of the last attempt, instead of the card's.</summary>
    public string? DemoResult { get; init; }

    /// <summary>«Спасибо» points that pay a part, as text or number.</summary>
    public JsonElement Points { get; init; }

    /// <summary>0: an amount in another currency is charged in that currency.</summary>
    public int? IsConvert { get; init; }

    public string? Comment { get; init; }

    public string? Lastname { get; init; }

    public string? Firstname { get; init; }

    public string? Middlename { get; init; }

    public string? Email { get; init; }

    public string? Ip { get; init; }
}

/// <summary><c>POST /control/bulk</c>. The same <see cref="Seed"/> makes the same data.</summary>
internal sealed record BulkRequest(int Merchant, int Orders, int Days, int Seed = 1);

/// <summary><c>POST /control/traffic</c>: buyers who come by themselves; 0 for none.</summary>
internal sealed record TrafficRequest(double PerMinute);

/// <summary><c>POST /control/faults</c>; <see cref="Seconds"/> belongs to <c>refuse-connection</c>.</summary>
internal sealed record FaultRequest(string? Service, string? Mode, int Times = 1, double Seconds = 0);
