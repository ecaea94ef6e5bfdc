using AssistPortal.Gateway;
using Microsoft.Extensions.Logging;

namespace AssistPortal.Core.Actions;

/// <summary>The ledger's log lines.</summary>
internal static partial class ActionLog
{
    [LoggerMessage(LogLevel.Information, "Action {ActionId} ({Kind}) on order {Billnumber} is {State}, attempt {Attempt}: {Detail}")]
    public static partial void ActionMoved(this ILogger logger, Guid actionId, ActionKind kind, string billnumber, ActionState state, int attempt, string? detail);

    [LoggerMessage(LogLevel.Information, "Action {ActionId} on order {Billnumber}: {Verdict}, response code {ResponseCode}, error {ErrorCode}, after {DurationMs} ms")]
    public static partial void CommandAnswered(this ILogger logger, Guid actionId, string billnumber, CommandVerdict verdict, string? responseCode, string? errorCode, long durationMs);

    [LoggerMessage(LogLevel.Warning, "Action {ActionId} on order {Billnumber}: the verdict {Verdict} came after the lease was lost and is dropped; the truth is found out by operations")]
    public static partial void LateVerdict(this ILogger logger, Guid actionId, string billnumber, CommandVerdict verdict);

    [LoggerMessage(LogLevel.Error, "Action {ActionId} couldn't be worked; tried again when its lease runs out")]
    public static partial void ActionFailed(this ILogger logger, Exception exception, Guid actionId);

    [LoggerMessage(LogLevel.Error, "The ledger can't be read; tried again")]
    public static partial void LedgerUnreadable(this ILogger logger, Exception exception);
}
