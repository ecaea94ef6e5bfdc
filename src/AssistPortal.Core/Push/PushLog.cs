using AssistPortal.Gateway;
using Microsoft.Extensions.Logging;

namespace AssistPortal.Core.Push;

/// <summary>The log lines of pushes.</summary>
internal static partial class PushLog
{
    [LoggerMessage(LogLevel.Information, "A push for merchant {MerchantId} about {Billnumber} was accepted")]
    public static partial void PushAccepted(this ILogger logger, int merchantId, string billnumber);

    [LoggerMessage(LogLevel.Warning, "A push for merchant {MerchantId} was rejected: {Verdict}")]
    public static partial void PushRejected(this ILogger logger, int merchantId, PushVerdict verdict);

    [LoggerMessage(LogLevel.Error, "A push for merchant {MerchantId} could not be stored; the gateway is told to send it again")]
    public static partial void PushNotStored(this ILogger logger, Exception exception, int merchantId);

    [LoggerMessage(LogLevel.Information, "Push {PushId} about {Billnumber} was worked off: {Effect}")]
    public static partial void PushWorkedOff(this ILogger logger, Guid pushId, string billnumber, PushEffect effect);

    [LoggerMessage(LogLevel.Warning, "Push {PushId} about {Billnumber} isn't worked off, try {Try}: {Trouble}")]
    public static partial void PushWaits(this ILogger logger, Guid pushId, string billnumber, int @try, string trouble);

    [LoggerMessage(LogLevel.Error, "Push {PushId} couldn't be worked off; tried again when its lease runs out")]
    public static partial void PushBroken(this ILogger logger, Exception exception, Guid pushId);

    [LoggerMessage(LogLevel.Error, "The pushes can't be read; tried again")]
    public static partial void PushesUnreadable(this ILogger logger, Exception exception);
}
