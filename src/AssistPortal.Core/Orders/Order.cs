using AssistPortal.Protocol;

namespace AssistPortal.Core.Orders;

/// <summary>
/// The portal's copy of an order. The gateway owns the truth; only <see cref="Sync.OrderWriter"/> writes here. Amounts are minor units;
/// the figures from operations are in the payment's currency. Instants are UTC.
/// </summary>
public sealed class Order
{
    /// <summary>The gateway's number, plain: the key.</summary>
    public required string Billnumber { get; set; }

    /// <summary>Merchant_ID.</summary>
    public int MerchantId { get; set; }

    /// <summary>The merchant's order number.</summary>
    public string OrderNumber { get; set; } = "";

    /// <summary>Order number in upper case, for searches that don't mind the case.</summary>
    public string OrderNumberSearch { get; set; } = "";

    /// <summary>State.</summary>
    public OrderState State { get; set; }

    /// <summary>Original amount.</summary>
    public long AmountMinor { get; set; }

    /// <summary>Original currency.</summary>
    public string Currency { get; set; } = "";

    /// <summary>When the order was made.</summary>
    public DateTimeOffset OrderDate { get; set; }

    /// <summary>Business date of <see cref="OrderDate"/> in the merchant's zone.</summary>
    public DateOnly BusinessDate { get; set; }

    /// <summary>Currency of the payment; <see langword="null"/> while nothing was paid.</summary>
    public string? PaymentCurrency { get; set; }

    /// <summary>Sum of the successful payments.</summary>
    public long PaidMinor { get; set; }

    /// <summary>Sum of the successful confirmations.</summary>
    public long ConfirmedMinor { get; set; }

    /// <summary>Sum of the successful cancellations.</summary>
    public long CancelledMinor { get; set; }

    /// <summary>What the merchant has of the order after cancellations: confirmed (or, when no confirmation was needed, paid) less cancelled; 0 while Delayed.</summary>
    public long NetMinor { get; set; }

    /// <summary>Customer's first name.</summary>
    public string? FirstName { get; set; }

    /// <summary>Customer's last name.</summary>
    public string? LastName { get; set; }

    /// <summary>Customer's middle name.</summary>
    public string? MiddleName { get; set; }

    /// <summary>Customer's e-mail.</summary>
    public string? Email { get; set; }

    /// <summary>Names and e-mail in upper case, in one text, for searches.</summary>
    public string CustomerSearch { get; set; } = "";

    /// <summary>Comment of the shop.</summary>
    public string? Comment { get; set; }

    /// <summary>Test order.</summary>
    public bool TestMode { get; set; }

    /// <summary>Means of the last payment operation that names a card number, or of the last one: VISA …</summary>
    public string? MeanType { get; set; }

    /// <summary>Masked number of that operation.</summary>
    public string? MeanNumber { get; set; }

    /// <summary>Highest operation number seen.</summary>
    public int HighestOperation { get; set; }

    /// <summary>How many operations are finished.</summary>
    public int FinishedOperations { get; set; }

    /// <summary>Highest operation number in the answer that the order's own fields come from; the first part of their version.</summary>
    public int AnswerHighest { get; set; }

    /// <summary>Finished operations in that answer; the second part of the version.</summary>
    public int AnswerFinished { get; set; }

    /// <summary>Start of the query of that answer; the third part of the version.</summary>
    public DateTimeOffset AnswerAt { get; set; }

    /// <summary>Start of the newest query that brought the order.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>Start of the newest orderresult that brought the order whole; <see langword="null"/> while only resultbydate showed it.</summary>
    public DateTimeOffset? AskedAt { get; set; }

    /// <summary>When the copy last changed.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Fields of the answer this version doesn't know, as a JSON object.</summary>
    public string? UnknownFields { get; set; }

    /// <summary>Operations.</summary>
    public ICollection<Operation> Operations { get; } = [];
}
