using System.Globalization;
using AssistPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Shared;

/// <summary>Instants as a merchant's clock shows them.</summary>
public static class LocalTimes
{
    /// <summary>Date and time; with <paramref name="now"/> today and yesterday become words.</summary>
    public static string Text(DateTimeOffset instant, TimeZoneInfo zone, DateTimeOffset? now, bool seconds, IStringLocalizer<SharedText> texts)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        var clock = local.ToString(seconds ? "HH:mm:ss" : "HH:mm", CultureInfo.InvariantCulture);
        if (now is { } moment)
        {
            var days = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime).DayNumber - DateOnly.FromDateTime(local.DateTime).DayNumber;
            if (days is 0 or 1)
            {
                return texts[days == 0 ? "TodayAt" : "YesterdayAt", clock];
            }
        }

        return $"{Date(DateOnly.FromDateTime(local.DateTime))} {clock}";
    }

    /// <summary>To the second, with the zone and how long ago it was.</summary>
    public static string Full(DateTimeOffset instant, TimeZoneInfo zone, DateTimeOffset now, IStringLocalizer<SharedText> texts)
    {
        var offset = zone.GetUtcOffset(instant);
        var sign = offset < TimeSpan.Zero ? "−" : "+";
        var utc = offset.ToString(offset.Minutes == 0 ? "%h" : @"h\:mm", CultureInfo.InvariantCulture);
        return $"{Text(instant, zone, null, seconds: true, texts)} (UTC{sign}{utc}, {zone.Id}) · {Durations.Ago(now - instant, texts)}";
    }

    /// <summary>A business date: <c>24.11.2026</c>, in English <c>24 Nov 2026</c>.</summary>
    public static string Date(DateOnly date) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? date.ToString("d MMM yyyy", CultureInfo.InvariantCulture) : date.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
}
