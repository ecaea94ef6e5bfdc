namespace AssistPortal.Gateway;

/// <summary>Which date of an operation the window is compared with (<c>DateTimeMode</c>).</summary>
public enum WindowDate
{
    /// <summary>When the order was made: misses late confirmations and cancellations.</summary>
    OrderDate = 0,

    /// <summary>When the operation began.</summary>
    OperationStart = 1,

    /// <summary>When the operation ended.</summary>
    OperationEnd = 2,
}

/// <summary>resultbydate: the operations of a period (protocol §6).</summary>
/// <param name="MerchantId">Merchant_ID; its test mode decides <c>TestMode</c>.</param>
/// <param name="From">Start of the window, UTC, cut to the minute.</param>
/// <param name="Until">End of the window, UTC; <see langword="null"/> for now by the gateway's clock. At most 24 hours after <paramref name="From"/>: a longer window is answered by the gateway with the last three hours, silently.</param>
/// <param name="Date">Which date the window is compared with.</param>
/// <param name="Format">Format of the answer.</param>
public sealed record ResultByDateQuery(int MerchantId, DateTimeOffset From, DateTimeOffset? Until, WindowDate Date, ResultByDateFormat Format = ResultByDateFormat.Csv)
{
    /// <summary>The longest window the gateway obeys.</summary>
    public static readonly TimeSpan MaxWindow = TimeSpan.FromHours(24);
}

/// <summary>Formats in which resultbydate may answer.</summary>
public enum ResultByDateFormat
{
    /// <summary>Delimited text, the service's default.</summary>
    Csv = 1,

    /// <summary>XML.</summary>
    Xml = 3,

    /// <summary>JSON.</summary>
    Json = 5,
}

/// <summary>One line of resultbydate: an operation with the order it belongs to as the line tells it.</summary>
/// <param name="Order">The order, without operations.</param>
/// <param name="Operation">The operation.</param>
public sealed record ResultByDateRow(OrderSnapshot Order, OperationSnapshot Operation);
