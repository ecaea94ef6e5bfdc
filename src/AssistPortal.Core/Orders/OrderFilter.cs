using AssistPortal.Protocol;

namespace AssistPortal.Core.Orders;

/// <summary>What the orders grid shows; everything given must fit at once. The export takes the same filter.</summary>
public sealed record OrderFilter
{
    /// <summary>First business date, in each merchant's own zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last business date, included.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>State.</summary>
    public OrderState? State { get; init; }

    /// <summary>Merchant_ID; <see langword="null"/> for all the person sees.</summary>
    public int? MerchantId { get; init; }

    /// <summary>Order number without regard to case: exact, or a mask in which <c>%</c> stands for any text.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>Billnumber, plain or extended.</summary>
    public string? Billnumber { get; init; }

    /// <summary>Lowest original amount, in hundredths.</summary>
    public long? AmountFromMinor { get; init; }

    /// <summary>Highest original amount, in hundredths.</summary>
    public long? AmountUntilMinor { get; init; }

    /// <summary>Part of the customer's name or e-mail, without regard to case.</summary>
    public string? Customer { get; init; }

    /// <summary>Masked card number, or a part of it: <c>411111****1111</c>, <c>1111</c>; any run of <c>*</c> stands for hidden digits.</summary>
    public string? Card { get; init; }
}

/// <summary>Columns the grid can be sorted by.</summary>
public enum OrderSort
{
    /// <summary>Date of the order.</summary>
    Date,

    /// <summary>Order number.</summary>
    OrderNumber,

    /// <summary>State.</summary>
    State,

    /// <summary>Original amount.</summary>
    Amount,

    /// <summary>Net amount.</summary>
    Net,

    /// <summary>Customer.</summary>
    Customer,

    /// <summary>Means and card.</summary>
    Means,

    /// <summary>Merchant.</summary>
    Merchant,

    /// <summary>Billnumber.</summary>
    Billnumber,
}
