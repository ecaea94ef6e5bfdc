using AssistPortal.Protocol;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>Where a buyer is on the way; it follows from the order and the visit alone.</summary>
internal enum PayStage
{
    /// <summary>Something about the buyer is missing.</summary>
    Customer,

    /// <summary>Choice of means and their forms.</summary>
    Means,

    /// <summary>Points may be used beside the card.</summary>
    Points,

    /// <summary>The bank asks for a 3-D Secure code.</summary>
    Challenge,

    /// <summary>The answer of the processing centre is pending.</summary>
    Waiting,

    /// <summary>Paid, or not any more.</summary>
    Result,
}

/// <summary>What a page shows.</summary>
/// <param name="Visit">The buyer's way.</param>
/// <param name="Order">The order paid for.</param>
/// <param name="Points">Points that may be used with the card in hand.</param>
/// <param name="Now">The sandbox's time.</param>
internal sealed record PayView(PayVisit Visit, Order Order, Money? Points, DateTimeOffset Now)
{
    public Merchant Merchant { get; } = DemoMerchants.Get(Order.MerchantId);

    public Language Language => Visit.Language;

    public PayStage Stage => Order switch
    {
        { } order when order.State != OrderState.InProcess => PayStage.Result,
        { } order when Payments.AwaitsAnswer(order) => PayStage.Waiting,
        { Unfinished: not null } => PayStage.Challenge,
        { } order when CustomerEntry.IsNeeded(order.Customer) => PayStage.Customer,
        _ => Visit.Card is not null && Points is not null ? PayStage.Points : PayStage.Means,
    };

    /// <summary>The last attempt, when it failed.</summary>
    public Operation? LastFailure => Order.Operations is [.., { Status: OperationStatus.Failed } last] ? last : null;

    /// <summary>Whether the money is taken or held.</summary>
    public bool Paid => Order.Payment is not null;

    public string? ReturnAddressToShop =>
        (Paid ? Visit.ReturnOk : Visit.ReturnNo) is { } address ? ReturnAddress.For(address, Order.Billnumber, Order.Ordernumber) : null;
}
