using Microsoft.Extensions.Logging;

namespace AssistPortal.Gateway;

/// <summary>What the client logs: service, merchant, what was asked about, how it ended. Never credentials, never a body.</summary>
internal static partial class GatewayLog
{
    [LoggerMessage(1, LogLevel.Debug, "{Service} of merchant {MerchantId} about {Subject}: {Count} records in {DurationMs} ms")]
    public static partial void Answered(ILogger logger, string service, int merchantId, string subject, int count, long durationMs);

    [LoggerMessage(2, LogLevel.Warning, "{Service} of merchant {MerchantId} about {Subject} failed after {DurationMs} ms: {Failure}")]
    public static partial void Failed(ILogger logger, string service, int merchantId, string subject, long durationMs, string failure);

    [LoggerMessage(3, LogLevel.Error, "{Service} of merchant {MerchantId} about {Subject}: the checkvalue of order {OrderNumber} is missing or wrong, the answer isn't used")]
    public static partial void Mistrusted(ILogger logger, string service, int merchantId, string subject, string orderNumber);

    [LoggerMessage(4, LogLevel.Information, "{Service} of merchant {MerchantId} about {Subject}: {Verdict} (response code {ResponseCode}, {Failure}) in {DurationMs} ms")]
    public static partial void Command(ILogger logger, string service, int merchantId, string subject, CommandVerdict verdict, string? responseCode, string? failure, long durationMs);

    [LoggerMessage(5, LogLevel.Debug, "{Service} of merchant {MerchantId} about {Subject} was given up by the caller")]
    public static partial void GivenUp(ILogger logger, string service, int merchantId, string subject);

    [LoggerMessage(6, LogLevel.Information, "Try {Attempt} of a query failed (HTTP status {HttpStatus}, {Error}), asking again")]
    public static partial void AskingAgain(ILogger logger, int attempt, int? httpStatus, string? error);
}
