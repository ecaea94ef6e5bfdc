using AssistPortal.Protocol;

namespace AssistPortal.Core.Orders;

/// <summary>How an operation stands.</summary>
public enum OperationOutcome
{
    /// <summary>Not finished, or its end isn't certain.</summary>
    Running = 0,

    /// <summary>AS000.</summary>
    Succeeded = 1,

    /// <summary>Finished without moving money.</summary>
    Failed = 2,
}

/// <summary>The portal's copy of an operation; the key is the order's billnumber and the operation's number. Instants are UTC.</summary>
public sealed class Operation
{
    /// <summary>The order.</summary>
    public required string Billnumber { get; set; }

    /// <summary>Number within the order, from 1.</summary>
    public int Number { get; set; }

    /// <summary>Type.</summary>
    public OperationType Type { get; set; }

    /// <summary>How it stands, from the response code.</summary>
    public OperationOutcome Outcome { get; set; }

    /// <summary>Amount, minor units.</summary>
    public long AmountMinor { get; set; }

    /// <summary>Currency.</summary>
    public string Currency { get; set; } = "";

    /// <summary>When it was made.</summary>
    public DateTimeOffset? Date { get; set; }

    /// <summary>Response code.</summary>
    public ResponseCode ResponseCode { get; set; }

    /// <summary>The action of the portal that made it; <see langword="null"/> when it was made elsewhere. One operation, one action.</summary>
    public Guid? ActionId { get; set; }

    /// <summary>The gateway's text of the state.</summary>
    public string? StateText { get; set; }

    /// <summary>Address of who performed it.</summary>
    public string? ClientIp { get; set; }

    /// <summary>Address of the payer.</summary>
    public string? PayerIp { get; set; }

    /// <summary>meantype_id.</summary>
    public int? MeanTypeId { get; set; }

    /// <summary>Means: VISA …</summary>
    public string? MeanType { get; set; }

    /// <summary>Classic …</summary>
    public string? MeanSubtype { get; set; }

    /// <summary>Masked number.</summary>
    public string? MeanNumber { get; set; }

    /// <summary>Name on the card.</summary>
    public string? Cardholder { get; set; }

    /// <summary>Expiry, <c>MM/yy</c>.</summary>
    public string? CardExpiry { get; set; }

    /// <summary>Issuing bank.</summary>
    public string? IssuingBank { get; set; }

    /// <summary>Its country.</summary>
    public string? BankCountry { get; set; }

    /// <summary>Result text for the merchant.</summary>
    public string? Message { get; set; }

    /// <summary>Result text for the buyer.</summary>
    public string? CustomerMessage { get; set; }

    /// <summary>Advice of the gateway.</summary>
    public string? Recommendation { get; set; }

    /// <summary>Authorisation code.</summary>
    public string? ApprovalCode { get; set; }

    /// <summary>Protocol.</summary>
    public string? Protocol { get; set; }

    /// <summary>Processing.</summary>
    public string? Processing { get; set; }

    /// <summary>3-D Secure result.</summary>
    public string? AuthResult { get; set; }

    /// <summary>3-D Secure enrolment.</summary>
    public string? AuthRequired { get; set; }

    /// <summary>3-D Secure version.</summary>
    public string? ThreeDsVersion { get; set; }

    /// <summary>Electronic commerce indicator.</summary>
    public string? Eci { get; set; }

    /// <summary>3-D Secure challenge.</summary>
    public string? Challenge { get; set; }

    /// <summary>Identifier of the financial transaction.</summary>
    public string? SlipNumber { get; set; }

    /// <summary>Retrieval reference number.</summary>
    public string? Rrn { get; set; }

    /// <summary>External retrieval reference number.</summary>
    public string? ExternalRrn { get; set; }

    /// <summary>Start of the query whose answer the operation's amount and result come from.</summary>
    public DateTimeOffset AnswerAt { get; set; }

    /// <summary>Fields of the answer this version doesn't know, as a JSON object.</summary>
    public string? UnknownFields { get; set; }

    /// <summary>Whether its end is certain.</summary>
    public bool IsFinished => Outcome != OperationOutcome.Running;

    /// <summary>Amount and currency.</summary>
    public Money Amount => new(AmountMinor, Currency);
}
