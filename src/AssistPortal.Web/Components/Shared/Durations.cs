using AssistPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Shared;

/// <summary>Spans of time in the two largest units a person cares for.</summary>
public static class Durations
{
    /// <summary>Time left: <c>3 д 4 ч</c>, <c>4 ч 5 мин</c>, <c>5 мин</c>; a word when it is over.</summary>
    public static string Left(TimeSpan left, IStringLocalizer<SharedText> texts) => left switch
    {
        { Ticks: <= 0 } => texts["TermOver"],
        { TotalDays: >= 1 } => texts["DaysHours", left.Days, left.Hours],
        { TotalHours: >= 1 } => texts["HoursMinutes", left.Hours, left.Minutes],
        _ => texts["Minutes", Math.Max(1, left.Minutes)],
    };

    /// <summary>How long ago something was, or how far off it is.</summary>
    public static string Ago(TimeSpan passed, IStringLocalizer<SharedText> texts) => passed switch
    {
        { TotalSeconds: > -60 and < 60 } => texts["JustNow"],
        { Ticks: < 0 } => texts["In", Left(passed.Negate(), texts)],
        _ => texts["Ago", Left(passed, texts)],
    };
}
