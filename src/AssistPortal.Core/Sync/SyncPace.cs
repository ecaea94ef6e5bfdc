namespace AssistPortal.Core.Sync;

/// <summary>How an exchange ended, as far as the pause after it is concerned.</summary>
internal enum ExchangeEnd
{
    /// <summary>The copy is fresh.</summary>
    Fresh,

    /// <summary>The gateway says that requests come too often.</summary>
    TooOften,

    /// <summary>The gateway refuses the merchant: asking often could lock its login.</summary>
    Refused,

    /// <summary>No usable answer, or the database failed.</summary>
    Failed,
}

/// <summary>
/// Pauses between the exchanges of one merchant. After a rate answer the pace doubles and comes back by halves, so that it settles where the
/// gateway bears it; other failures back off with jitter, so that all merchants don't come back in the same moment.
/// </summary>
internal sealed class SyncPace(SyncOptions options)
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(1);

    private TimeSpan _pace = options.Interval;
    private TimeSpan _backOff = options.Interval;

    public TimeSpan After(ExchangeEnd end)
    {
        switch (end)
        {
            case ExchangeEnd.Fresh:
                _pace = Longer(options.Interval, _pace / 2);
                _backOff = options.Interval;
                return _pace;
            case ExchangeEnd.TooOften:
                _pace = Shorter(_pace * 2, Longer(options.LongestPause, options.Interval));
                return _pace;
            case ExchangeEnd.Refused:
                return BackOff(options.LongestPause);
            default:
                return BackOff(LongestBackOff);
        }
    }

    private TimeSpan BackOff(TimeSpan longest)
    {
        _backOff = Shorter(_backOff * (1.5 + Random.Shared.NextDouble()), Longer(longest, options.Interval));
        return _backOff;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
