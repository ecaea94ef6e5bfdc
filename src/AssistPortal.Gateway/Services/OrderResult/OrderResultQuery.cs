using AssistPortal.Protocol;

namespace AssistPortal.Gateway;

/// <summary>orderresult: orders with all their operations, by billnumber or by order number (protocol §5). One of the two is given.</summary>
/// <param name="MerchantId">Merchant_ID.</param>
/// <param name="Billnumber">The gateway's number.</param>
/// <param name="OrderNumber">The merchant's order number; several orders may share it.</param>
/// <param name="From">Orders made from here on, UTC, cut to the minute. Always given: the gateway's own default of three days hides older orders.</param>
/// <param name="Until">Orders made until here, UTC; <see langword="null"/> for now by the gateway's clock.</param>
public sealed record OrderResultQuery(int MerchantId, Billnumber? Billnumber, string? OrderNumber, DateTimeOffset From, DateTimeOffset? Until = null);
