using AssistPortal.Core.Sync;
using Xunit;

namespace AssistPortal.Core.Tests.Sync;

public sealed class SyncPaceTests
{
    private static readonly SyncOptions Options = new() { Interval = TimeSpan.FromSeconds(10), LongestPause = TimeSpan.FromMinutes(1) };

    [Fact]
    public void After_RateAnswers_DoublesToTheBoundAndComesBackByHalves()
    {
        var pace = new SyncPace(Options);

        Assert.Equal([20, 40, 60, 60], Seconds(pace, ExchangeEnd.TooOften, 4));
        Assert.Equal([30, 15, 10, 10], Seconds(pace, ExchangeEnd.Fresh, 4));
    }

    [Theory]
    [InlineData(ExchangeEnd.Failed, 60)]
    [InlineData(ExchangeEnd.Refused, 60)]
    internal void After_Failures_BacksOffToTheBoundAndReturnsAtOnce(ExchangeEnd end, int bound)
    {
        var pace = new SyncPace(Options);

        var pauses = Seconds(pace, end, 8);

        Assert.True(pauses.Zip(pauses.Skip(1)).All(pair => pair.First <= pair.Second), string.Join(' ', pauses));
        Assert.True(pauses[0] is >= 15 and <= 25);
        Assert.Equal(bound, pauses[^1]);
        Assert.Equal([10.0], Seconds(pace, ExchangeEnd.Fresh, 1));
    }

    [Fact]
    public void After_IntervalAboveTheBound_NeverGetsFaster() =>
        Assert.Equal([3600.0], Seconds(new SyncPace(new SyncOptions { Interval = TimeSpan.FromHours(1), LongestPause = TimeSpan.FromMinutes(1) }), ExchangeEnd.TooOften, 1));

    private static List<double> Seconds(SyncPace pace, ExchangeEnd end, int times) => [.. Enumerable.Range(0, times).Select(_ => pace.After(end).TotalSeconds)];
}
