namespace AssistPortal.Gateway;

/// <summary>orderstate: the state of the orders with one number (protocol §4).</summary>
/// <param name="MerchantId">Merchant_ID.</param>
/// <param name="OrderNumber">The merchant's order number, 1–128 characters.</param>
/// <param name="From">Orders made from here on, UTC, cut to the minute. Always given: the gateway's own default of three days hides older orders.</param>
/// <param name="Until">Orders made until here, UTC; <see langword="null"/> for now by the gateway's clock.</param>
public sealed record OrderStateQuery(int MerchantId, string OrderNumber, DateTimeOffset From, DateTimeOffset? Until = null);
