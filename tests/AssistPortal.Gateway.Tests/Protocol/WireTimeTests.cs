using AssistPortal.Protocol;
using CsCheck;

namespace AssistPortal.Gateway.Tests.Protocol;

public sealed class WireTimeTests
{
    [Theory]
    [InlineData("27.09.2016 23:24", "2016-09-27T23:24:00Z")]
    [InlineData(" 26.09.2016 23:08:37 ", "2016-09-26T23:08:37Z")]
    [InlineData("29.02.2024 00:00:00", "2024-02-29T00:00:00Z")]
    public void Parse_EitherForm_IsUtc(string text, string iso)
    {
        Assert.True(WireTime.TryParse(text, out var instant));
        Assert.Equal(DateTimeOffset.Parse(iso, System.Globalization.CultureInfo.InvariantCulture), instant);
        Assert.Equal(TimeSpan.Zero, instant.Offset);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2016-09-27 23:24")]
    [InlineData("09/27/2016 23:24")]
    [InlineData("29.02.2023 00:00")]
    [InlineData("27.09.2016 24:00")]
    [InlineData("27.09.2016")]
    [InlineData("27.09.16 23:24")]
    [InlineData("27.09.2016 23:24:60")]
    public void Parse_AnythingElse_IsRefused(string? text) => Assert.False(WireTime.TryParse(text, out _));

    [Fact]
    public void Format_EveryInstantOfAnyZone_ComesBackToTheSecond() =>
        Gen.Select(Gen.Long[0, 4_000_000_000], Gen.Int[-14, 14]).Sample((seconds, hours) =>
        {
            var instant = DateTimeOffset.FromUnixTimeSeconds(seconds).ToOffset(TimeSpan.FromHours(hours));
            Assert.True(WireTime.TryParse(WireTime.Format(instant), out var read));
            Assert.Equal(instant, read);
            Assert.True(WireTime.TryParse(WireTime.FormatWithoutSeconds(instant), out var minute));
            Assert.Equal(instant.AddSeconds(-instant.Second), minute);
        });
}
