using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AssistPortal.Core.Data;

internal static class Microseconds
{
    public static long Cut(DateTimeOffset instant) => instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond);

    /// <summary>The instant as both databases give it back.</summary>
    public static DateTimeOffset Stored(DateTimeOffset instant) => new(Cut(instant), TimeSpan.Zero);
}

internal sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
    instant => Microseconds.Cut(instant),
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

internal sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(
    instant => Microseconds.Stored(instant),
    instant => instant.ToUniversalTime());
