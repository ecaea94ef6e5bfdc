using System.Globalization;

namespace AssistPortal.Sandbox.Faults;

/// <summary>How an answer goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>Connection dropped, nothing done.</summary>
    DropBefore,

    /// <summary>Done, connection dropped instead of the answer.</summary>
    DropAfter,

    /// <summary>Connection dropped at once, done later.</summary>
    Late,

    /// <summary>Done at once, answered later.</summary>
    Delay,

    /// <summary>Status 500, nothing done.</summary>
    Http500,

    /// <summary>Redirected elsewhere, nothing done.</summary>
    Redirect,

    /// <summary>Status 200 with an HTML page, nothing done.</summary>
    Html,

    /// <summary>Done; the answer's text is spoilt.</summary>
    Malformed,

    /// <summary>Done; the connection breaks in the middle of the answer.</summary>
    Truncated,

    /// <summary>Refused as too frequent, nothing done.</summary>
    RateLimit,

    /// <summary>Charge and cancel: the processing declines the operation with the code given.</summary>
    Decline,
}

/// <summary>One fault: <see cref="Wait"/> for those that take time, <see cref="Code"/> for a decline.</summary>
internal sealed record Fault(FaultKind Kind, string Mode, TimeSpan Wait = default, string Code = "")
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    /// <summary>Reads a mode as the control call gives it: <c>drop-before</c>, <c>late:5</c>, <c>decline:AS100</c>.</summary>
    public static Fault? Parse(string mode)
    {
        var colon = mode.IndexOf(':', StringComparison.Ordinal);
        var (name, argument) = colon < 0 ? (mode, null) : (mode[..colon], mode[(colon + 1)..]);
        return (name, argument) switch
        {
            ("drop-before", null) => new(FaultKind.DropBefore, mode),
            ("drop-after", null) => new(FaultKind.DropAfter, mode),
            ("http-500", null) => new(FaultKind.Http500, mode),
            ("redirect", null) => new(FaultKind.Redirect, mode),
            ("html", null) => new(FaultKind.Html, mode),
            ("malformed", null) => new(FaultKind.Malformed, mode),
            ("truncated", null) => new(FaultKind.Truncated, mode),
            ("rate-limit", null) => new(FaultKind.RateLimit, mode),
            ("late", { } seconds) => Waiting(FaultKind.Late, mode, seconds),
            ("delay", { } seconds) => Waiting(FaultKind.Delay, mode, seconds),
            ("decline", ['A', 'S', '1', '0', >= '0' and <= '9'] code) => new(FaultKind.Decline, mode, Code: code),
            _ => null,
        };
    }

    private static Fault? Waiting(FaultKind kind, string mode, string seconds) =>
        decimal.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number <= (decimal)LongestWait.TotalSeconds
            ? new Fault(kind, mode, TimeSpan.FromMilliseconds((long)(number * 1000)))
            : null;
}
