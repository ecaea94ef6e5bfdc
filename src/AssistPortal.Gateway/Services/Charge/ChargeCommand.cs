using AssistPortal.Protocol;

namespace AssistPortal.Gateway;

/// <summary>charge: confirms a two-stage payment in full or in part (protocol §7).</summary>
/// <param name="MerchantId">Merchant_ID.</param>
/// <param name="Billnumber">The order, plain or extended.</param>
/// <param name="Amount">Amount in the payment's currency; <see langword="null"/> for all of it, with neither Amount nor Currency sent.</param>
/// <param name="ClientIp">Address of the operator.</param>
public sealed record ChargeCommand(int MerchantId, Billnumber Billnumber, Money? Amount, string? ClientIp = null);
