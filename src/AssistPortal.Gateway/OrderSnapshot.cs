using AssistPortal.Protocol;

namespace AssistPortal.Gateway;

/// <summary>An order as one answer of the gateway showed it (protocol §4, §5). Times are UTC.</summary>
public sealed record OrderSnapshot
{
    /// <summary>Plain billnumber.</summary>
    public required Billnumber Billnumber { get; init; }

    /// <summary>The merchant's order number.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>Original amount and currency.</summary>
    public required Money Amount { get; init; }

    /// <summary>State.</summary>
    public required OrderState State { get; init; }

    /// <summary>When the order was made; orderstate doesn't say.</summary>
    public DateTimeOffset? OrderDate { get; init; }

    /// <summary>Test or working order, where the answer says so.</summary>
    public bool? TestMode { get; init; }

    /// <summary>Comment of the shop.</summary>
    public string? Comment { get; init; }

    /// <summary>Customer's first name.</summary>
    public string? FirstName { get; init; }

    /// <summary>Customer's last name.</summary>
    public string? LastName { get; init; }

    /// <summary>Customer's middle name.</summary>
    public string? MiddleName { get; init; }

    /// <summary>Customer's e-mail.</summary>
    public string? Email { get; init; }

    /// <summary>When the answer was made; without seconds in orderstate and orderresult.</summary>
    public DateTimeOffset? PacketDate { get; init; }

    /// <summary>Operations in order of their numbers; empty when the answer has none.</summary>
    public IReadOnlyList<OperationSnapshot> Operations { get; init; } = [];

    /// <summary>Fields this version doesn't know, by their lower-case wire names.</summary>
    public IReadOnlyDictionary<string, string> UnknownFields { get; init; } = new Dictionary<string, string>();
}

/// <summary>An operation of an order as one answer of the gateway showed it (protocol §5). Times are UTC; blank fields are <see langword="null"/>.</summary>
public sealed record OperationSnapshot
{
    /// <summary>Extended billnumber: the order's and the operation's number.</summary>
    public required Billnumber Billnumber { get; init; }

    /// <summary>Payment, confirmation, cancellation, accrual.</summary>
    public required OperationType Type { get; init; }

    /// <summary>Amount and currency of the operation.</summary>
    public required Money Amount { get; init; }

    /// <summary>Response code; empty while the operation runs.</summary>
    public required ResponseCode ResponseCode { get; init; }

    /// <summary>The gateway's text of the operation's state; localised, so never decided on.</summary>
    public string? StateText { get; init; }

    /// <summary>When the operation was made.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Address of who performed it.</summary>
    public string? ClientIp { get; init; }

    /// <summary>Address of the payer.</summary>
    public string? PayerIp { get; init; }

    /// <summary>meantype_id.</summary>
    public int? MeanTypeId { get; init; }

    /// <summary>VISA, MasterCard …</summary>
    public string? MeanType { get; init; }

    /// <summary>Classic, Gold …</summary>
    public string? MeanSubtype { get; init; }

    /// <summary>Masked number: first six, last four.</summary>
    public string? MeanNumber { get; init; }

    /// <summary>Name on the card.</summary>
    public string? Cardholder { get; init; }

    /// <summary>Expiry as <c>MM/yy</c>.</summary>
    public string? CardExpiry { get; init; }

    /// <summary>Issuing bank.</summary>
    public string? IssuingBank { get; init; }

    /// <summary>Its country.</summary>
    public string? BankCountry { get; init; }

    /// <summary>Result text for the merchant.</summary>
    public string? Message { get; init; }

    /// <summary>Result text for the buyer.</summary>
    public string? CustomerMessage { get; init; }

    /// <summary>Advice of the gateway.</summary>
    public string? Recommendation { get; init; }

    /// <summary>The bank's authorisation code.</summary>
    public string? ApprovalCode { get; init; }

    /// <summary>Protocol of the payment.</summary>
    public string? Protocol { get; init; }

    /// <summary>Acquirer or processing label.</summary>
    public string? Processing { get; init; }

    /// <summary>3-D Secure result: Y, N, A, U, R, C, E.</summary>
    public string? AuthResult { get; init; }

    /// <summary>3-D Secure enrolment: 1 enrolled, 0 not, -1 unknown.</summary>
    public string? AuthRequired { get; init; }

    /// <summary>3-D Secure version.</summary>
    public string? ThreeDsVersion { get; init; }

    /// <summary>Electronic commerce indicator: 5 full, 6 attempt, 7 none.</summary>
    public string? Eci { get; init; }

    /// <summary>3-D Secure challenge: F frictionless, C challenge, D deferred.</summary>
    public string? Challenge { get; init; }

    /// <summary>Identifier of the financial transaction.</summary>
    public string? SlipNumber { get; init; }

    /// <summary>Retrieval reference number.</summary>
    public string? Rrn { get; init; }

    /// <summary>External retrieval reference number.</summary>
    public string? ExternalRrn { get; init; }

    /// <summary>Fields this version doesn't know, by their lower-case wire names.</summary>
    public IReadOnlyDictionary<string, string> UnknownFields { get; init; } = new Dictionary<string, string>();
}
