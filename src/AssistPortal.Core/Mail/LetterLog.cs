using Microsoft.Extensions.Logging;

namespace AssistPortal.Core.Mail;

/// <summary>The log lines of letters: never whom they go to.</summary>
internal static partial class LetterLog
{
    [LoggerMessage(LogLevel.Warning, "Letter {LetterId} ({Kind}) isn't sent, try {Try}: {Trouble}")]
    public static partial void LetterWaits(this ILogger logger, Guid letterId, LetterKind kind, int @try, string trouble);

    [LoggerMessage(LogLevel.Error, "Letter {LetterId} ({Kind}) is given up after {Tries} tries: {Trouble}")]
    public static partial void LetterGivenUp(this ILogger logger, Guid letterId, LetterKind kind, int tries, string trouble);

    [LoggerMessage(LogLevel.Error, "Letter {LetterId} couldn't be sent; tried again when its lease runs out")]
    public static partial void LetterBroken(this ILogger logger, Exception exception, Guid letterId);

    [LoggerMessage(LogLevel.Error, "The letters can't be read; tried again")]
    public static partial void LettersUnreadable(this ILogger logger, Exception exception);
}
