using AssistPortal.Protocol;

namespace AssistPortal.Gateway.Tests;

/// <summary>The verdict table, row by row.</summary>
public sealed class CommandVerdictsTests
{
    [Theory]
    [InlineData("AS000", CommandVerdict.Succeeded)]
    [InlineData("AS100", CommandVerdict.Declined)]
    [InlineData("AS101", CommandVerdict.Declined)]
    [InlineData("AS102", CommandVerdict.Declined)]
    [InlineData("AS103", CommandVerdict.Declined)]
    [InlineData("AS104", CommandVerdict.Declined)]
    [InlineData("AS105", CommandVerdict.Declined)]
    [InlineData("AS106", CommandVerdict.Declined)]
    [InlineData("AS107", CommandVerdict.Declined)]
    [InlineData("AS108", CommandVerdict.Declined)]
    [InlineData("AS109", CommandVerdict.Declined)]
    [InlineData("AS110", CommandVerdict.Unknown)]
    [InlineData("AS200", CommandVerdict.Unknown)]
    [InlineData("AS300", CommandVerdict.Unknown)]
    [InlineData("AS400", CommandVerdict.Unknown)]
    [InlineData("AS998", CommandVerdict.Unknown)]
    [InlineData("AS001", CommandVerdict.Unknown)]
    [InlineData("AS0000", CommandVerdict.Unknown)]
    [InlineData("", CommandVerdict.Unknown)]
    public void Verdict_OfAResponseCode(string code, CommandVerdict verdict) =>
        Assert.Equal(verdict, CommandVerdicts.Of(failure: null, [ResponseCode.FromWire(code)]));

    [Theory]
    [InlineData(0, CommandVerdict.Unknown)]
    [InlineData(1, CommandVerdict.Unknown)]
    [InlineData(2, CommandVerdict.Unknown)]
    [InlineData(3, CommandVerdict.Refused)]
    [InlineData(4, CommandVerdict.Refused)]
    [InlineData(5, CommandVerdict.Refused)]
    [InlineData(6, CommandVerdict.Unknown)]
    [InlineData(7, CommandVerdict.Refused)]
    [InlineData(8, CommandVerdict.Refused)]
    [InlineData(9, CommandVerdict.Unknown)]
    [InlineData(10, CommandVerdict.Refused)]
    [InlineData(11, CommandVerdict.Unknown)]
    [InlineData(12, CommandVerdict.Refused)]
    [InlineData(13, CommandVerdict.Unknown)]
    [InlineData(14, CommandVerdict.Refused)]
    [InlineData(15, CommandVerdict.Refused)]
    [InlineData(16, CommandVerdict.Unknown)]
    [InlineData(17, CommandVerdict.Refused)]
    [InlineData(18, CommandVerdict.Unknown)]
    [InlineData(19, CommandVerdict.Refused)]
    [InlineData(20, CommandVerdict.Unknown)]
    [InlineData(21, CommandVerdict.Unknown)]
    [InlineData(22, CommandVerdict.Unknown)]
    public void Verdict_OfAFirstcode(int first, CommandVerdict verdict) =>
        Assert.Equal(verdict, CommandVerdicts.Of(new GatewayFailure.Refused(new ErrorCode(first, 100)), []));

    public static TheoryData<string, GatewayFailure, CommandVerdict> Failures => new()
    {
        { "no byte left", new GatewayFailure.Transport(true, null, "ConnectionError"), CommandVerdict.NothingSent },
        { "time-out or a closed connection", new GatewayFailure.Transport(false, null, "time-out"), CommandVerdict.Unknown },
        { "redirect", new GatewayFailure.Transport(false, 302, ""), CommandVerdict.Unknown },
        { "4xx", new GatewayFailure.Transport(false, 403, ""), CommandVerdict.Unknown },
        { "5xx", new GatewayFailure.Transport(false, 500, ""), CommandVerdict.Unknown },
        { "unreadable", new GatewayFailure.Unreadable("HTML"), CommandVerdict.Unknown },
        { "mistrusted", new GatewayFailure.Mistrusted("1"), CommandVerdict.Unknown },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Verdict_OfAFailure(string row, GatewayFailure failure, CommandVerdict verdict)
    {
        Assert.NotEmpty(row);
        Assert.Equal(verdict, CommandVerdicts.Of(failure, []));
    }

    [Fact]
    public void Verdict_OfAFailureWithCodes_IsTheFailures() =>
        Assert.Equal(CommandVerdict.Unknown, CommandVerdicts.Of(new GatewayFailure.Unreadable("cut off"), [ResponseCode.Completed]));

    [Theory]
    [InlineData("", CommandVerdict.Unknown)]
    [InlineData("AS000 AS000", CommandVerdict.Succeeded)]
    [InlineData("AS100 AS109", CommandVerdict.Declined)]
    [InlineData("AS000 AS100", CommandVerdict.Unknown)]
    [InlineData("AS000 AS300", CommandVerdict.Unknown)]
    [InlineData("AS100 AS300", CommandVerdict.Unknown)]
    public void Verdict_OfSeveralOperations(string codes, CommandVerdict verdict) =>
        Assert.Equal(verdict, CommandVerdicts.Of(failure: null, [.. codes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ResponseCode.FromWire)]));
}
