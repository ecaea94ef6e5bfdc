using AssistPortal.Protocol;

namespace AssistPortal.Gateway;

/// <summary>Why an order is cancelled (<c>CancelReason</c>, protocol §8).</summary>
public enum CancelReason
{
    /// <summary>The shop gives up the order.</summary>
    Shop = 1,

    /// <summary>The customer gives up the order.</summary>
    Customer = 2,

    /// <summary>Fraud.</summary>
    Fraud = 3,
}

/// <summary>cancel and wscancel: gives money back, in full or in part; the gateway picks void or refund (protocol §8).</summary>
/// <param name="MerchantId">Merchant_ID.</param>
/// <param name="Billnumber">The order, plain or extended.</param>
/// <param name="Amount">Amount in the payment's currency; <see langword="null"/> for all of it, with neither Amount nor Currency sent.</param>
/// <param name="Reason">Reason.</param>
/// <param name="ExternalRefundId">The merchant's id of the refund, 10–100 of <c>A–Z a–z 0–9 - _</c>, unique within the order; only wscancel sends it.</param>
/// <param name="ClientIp">Address of the operator.</param>
public sealed record CancelCommand(int MerchantId, Billnumber Billnumber, Money? Amount, CancelReason Reason, string? ExternalRefundId = null, string? ClientIp = null);
