using AssistPortal.Gateway;
using AssistPortal.Protocol;

namespace AssistPortal.Core.Actions;

/// <summary>
/// A money command given in the portal: a row of the ledger, committed with its audit entry before anything is sent. Amounts are minor
/// units in the payment's currency; instants are UTC.
/// </summary>
public sealed partial class MoneyAction
{
    /// <summary>Version-7 UUID; goes to the gateway as <c>Externalrefundid</c> of a cancellation.</summary>
    public Guid Id { get; set; }

    /// <summary>Merchant_ID.</summary>
    public int MerchantId { get; set; }

    /// <summary>The order, plain.</summary>
    public required string Billnumber { get; set; }

    /// <summary>The merchant's order number, to show.</summary>
    public string OrderNumber { get; set; } = "";

    /// <summary>What it does.</summary>
    public ActionKind Kind { get; set; }

    /// <summary>How much; always a number.</summary>
    public long AmountMinor { get; set; }

    /// <summary>Currency of the payment.</summary>
    public string Currency { get; set; } = "";

    /// <summary>Whether the amount is all there was to take when the author looked.</summary>
    public bool IsFull { get; set; }

    /// <summary>Why; cancellations only.</summary>
    public CancelReason? Reason { get; set; }

    /// <summary>Author's comment, at most 500 characters.</summary>
    public string? Comment { get; set; }

    /// <summary>Author.</summary>
    public Guid AuthorId { get; set; }

    /// <summary>Author's name when the action was given.</summary>
    public string AuthorName { get; set; } = "";

    /// <summary>Address the author came from; sent to the gateway as <c>ClientIP</c>.</summary>
    public string? AuthorIp { get; set; }

    /// <summary>Highest operation number the author saw.</summary>
    public int Baseline { get; set; }

    /// <summary>When it was given.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Where it stands.</summary>
    public ActionState State { get; set; }

    /// <summary>Since when.</summary>
    public DateTimeOffset StateAt { get; set; }

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was last sent.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Response code of the verdict.</summary>
    public ResponseCode? ResponseCode { get; set; }

    /// <summary>firstcode of a refusal.</summary>
    public int? ErrorFirst { get; set; }

    /// <summary>secondcode of a refusal.</summary>
    public int? ErrorSecond { get; set; }

    /// <summary>Who works on it: a fence against a second worker.</summary>
    public Guid? Lease { get; set; }

    /// <summary>Until when the lease holds.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>When the worker looks at it next; <see cref="Never"/> when nothing is left to do.</summary>
    public DateTimeOffset NextStepAt { get; set; }

    /// <summary>Steps, append-only.</summary>
    public ICollection<ActionStep> Steps { get; } = [];

    /// <summary>Amount and currency.</summary>
    public Money Amount => new(AmountMinor, Currency);
}

/// <summary>A step of an action's life, append-only: a sending, a verdict, a decision of a person.</summary>
public sealed class ActionStep
{
    /// <summary>The action.</summary>
    public Guid ActionId { get; set; }

    /// <summary>Number within the action, from 1.</summary>
    public int Number { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The state it led to.</summary>
    public ActionState State { get; set; }

    /// <summary>Number of the sending it belongs to; 0 before the first.</summary>
    public int Attempt { get; set; }

    /// <summary>Who did it; <see langword="null"/> for the portal itself.</summary>
    public string? Who { get; set; }

    /// <summary>Response code the gateway gave.</summary>
    public ResponseCode? ResponseCode { get; set; }

    /// <summary>firstcode of a refusal.</summary>
    public int? ErrorFirst { get; set; }

    /// <summary>secondcode of a refusal.</summary>
    public int? ErrorSecond { get; set; }

    /// <summary>Technical detail, invariant and without secrets.</summary>
    public string? Detail { get; set; }
}
