using System.Globalization;
using AssistPortal.Protocol;

namespace AssistPortal.Sandbox.Services;

/// <summary>A stretch of time asked for in year, month, day, hour and minute, UTC; both minutes belong to it.</summary>
internal readonly record struct Period(DateTimeOffset From, DateTimeOffset Before)
{
    private static readonly TimeSpan LongestOfResultByDate = TimeSpan.FromHours(24);
    private static readonly TimeSpan DefaultOfResultByDate = TimeSpan.FromHours(3);
    private static readonly TimeSpan DefaultOfSearch = TimeSpan.FromDays(3);

    /// <summary>orderstate and orderresult: any period, the last three days when nothing is said.</summary>
    /// <returns>The error, or nothing.</returns>
    public static ErrorCode? ReadSearch(WireRequest request, DateTimeOffset now, out Period period)
    {
        period = default;
        if (!TryReadEdge(request, "Start", lastMinute: false, out var start))
        {
            return new ErrorCode(4, 129);
        }

        if (!TryReadEdge(request, "End", lastMinute: true, out var end))
        {
            return new ErrorCode(4, 130);
        }

        period = new Period(start ?? now - DefaultOfSearch, end?.AddMinutes(1) ?? Now(now));
        return null;
    }

    /// <summary>resultbydate: at most 24 hours; a period that is longer, missing or wrong silently becomes the last three hours.</summary>
    public static Period ReadResultByDate(WireRequest request, DateTimeOffset now)
    {
        var read = TryReadEdge(request, "Start", lastMinute: false, out var start) & TryReadEdge(request, "End", lastMinute: true, out var end);
        return read && start is { } from && from <= (end ?? now) && (end ?? now) - from <= LongestOfResultByDate
            ? new Period(from, end?.AddMinutes(1) ?? Now(now))
            : new Period(now - DefaultOfResultByDate, Now(now));
    }

    /// <summary>What happened in this very millisecond belongs to "until now".</summary>
    private static DateTimeOffset Now(DateTimeOffset now) => now.AddMilliseconds(1);

    /// <summary>Year, month and day go together; an hour or minute that is missing is the first or the last.</summary>
    private static bool TryReadEdge(WireRequest request, string edge, bool lastMinute, out DateTimeOffset? instant)
    {
        instant = null;
        if (!TryPart(request, edge + "Year", out var year) || !TryPart(request, edge + "Month", out var month)
            || !TryPart(request, edge + "Day", out var day) || !TryPart(request, edge + "Hour", out var hour)
            || !TryPart(request, edge + "Min", out var minute))
        {
            return false;
        }

        if ((year, month, day, hour, minute) is (null, null, null, null, null))
        {
            return true;
        }

        if (year is not (>= 2000 and <= 2999) || month is not (>= 1 and <= 12) || day is not >= 1 || day > DateTime.DaysInMonth(year.Value, month.Value))
        {
            return false;
        }

        var (h, m) = (hour ?? (lastMinute ? 23 : 0), minute ?? (lastMinute ? 59 : 0));
        if (h > 23 || m > 59)
        {
            return false;
        }

        instant = new DateTimeOffset(year.Value, month.Value, day.Value, h, m, 0, TimeSpan.Zero);
        return true;
    }

    private static bool TryPart(WireRequest request, string name, out int? part)
    {
        part = null;
        if (request[name] is not { } text)
        {
            return true;
        }

        var read = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        part = number;
        return read;
    }
}
