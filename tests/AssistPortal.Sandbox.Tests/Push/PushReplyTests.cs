using System.Net;

namespace AssistPortal.Sandbox.Tests.Push;

/// <summary>What counts as an answer that took the result (protocol §13.4).</summary>
public sealed class PushReplyTests
{
    private const string WrongEcho = "<pushpaymentresult firstcode=\"0\" secondcode=\"0\"><order><billnumber>{0}</billnumber><packetdate>{1}</packetdate></order></pushpaymentresult>";

    [Theory]
    [InlineData("", "The reply isn't the XML packet that was expected.")]
    [InlineData("OK", "The reply isn't the XML packet that was expected.")]
    [InlineData("<ok/>", "The reply holds no pushpaymentresult with firstcode and secondcode.")]
    [InlineData("<pushpaymentresult/>", "The reply holds no pushpaymentresult with firstcode and secondcode.")]
    [InlineData("<pushpaymentresult firstcode=\"9\" secondcode=\"0\"></pushpaymentresult>", "The receiver refused: firstcode 9, secondcode 0.")]
    [InlineData("<pushpaymentresult firstcode=\"0\" secondcode=\"0\"/>", "The reply doesn't echo the billnumber.")]
    [InlineData("<pushpaymentresult firstcode=\"0\" secondcode=\"0\"><order><billnumber>5900001000000000.1</billnumber></order></pushpaymentresult>", "The reply doesn't echo the billnumber.")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><pushpaymentresult firstcode=\"&b;\"/>", "The reply isn't the XML packet that was expected.")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"bbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><a>&c;&c;&c;&c;</a>", "The reply isn't the XML packet that was expected.")]
    public async Task Reply_ThatIsNotThePacketExpected_IsNoAcceptance(string reply, string verdict)
    {
        Assert.Equal((verdict, "waiting"), await JudgeAsync(reply, expected: "xml", protocol: "POST"));
    }

    [Fact]
    public async Task Reply_WithTheWrongPacketDate_IsNoAcceptance()
    {
        Assert.Equal(("The reply doesn't echo the packetdate.", "waiting"), await JudgeAsync(WrongEcho, expected: "xml", protocol: "POST"));
    }

    [Fact]
    public async Task Reply_LongerThanIsRead_IsNoAcceptance()
    {
        Assert.Equal(("The reply is longer than 64 KiB.", "waiting"), await JudgeAsync(new string(' ', 70_000), expected: "xml", protocol: "POST"));
    }

    [Theory]
    [InlineData("<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body><soapenv:Fault/></soapenv:Body></soapenv:Envelope>")]
    [InlineData("<pushpaymentresult firstcode=\"0\" secondcode=\"0\"/>")]
    public async Task Reply_ToSoapThatIsNoSoapAnswer_IsNoAcceptance(string reply)
    {
        Assert.Equal(
            ("The reply holds no pushpaymentresult with firstcode and secondcode.", "waiting"), await JudgeAsync(reply, expected: "xml", protocol: "SOAP"));
    }

    [Theory]
    [InlineData("", "POST")]
    [InlineData("<html>any", "SOAP")]
    public async Task Reply_WhenTheStatusIsEnough_MayBeAnything(string reply, string protocol)
    {
        Assert.Equal(("Accepted: HTTP 200.", "delivered"), await JudgeAsync(reply, expected: "200", protocol));
    }

    /// <summary>The verdict on one answer; <c>{0}</c> in it stands for the billnumber that was sent, <c>{1}</c> for a packetdate that wasn't.</summary>
    private static async Task<(string Verdict, string? State)> JudgeAsync(string reply, string expected, string protocol)
    {
        await using var receiver = await PushReceiver.StartAsync();
        receiver.Next((http, request) => PushReceiver.AnswerAsync(
            http, HttpStatusCode.OK,
            reply.Contains("{0}", StringComparison.Ordinal)
                ? reply.Replace("{0}", request["billnumber"], StringComparison.Ordinal).Replace("{1}", "11.07.2022 07:15:55", StringComparison.Ordinal)
                : reply));
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SetPushAsync(RunningSandbox.OneStage, new { url = receiver.Url, reply = expected, protocol });
        var tried = await sandbox.TriedAsync(await sandbox.PaidAsync(RunningSandbox.OneStage) + ".1", 1);
        return (tried.Verdict(), tried.GetProperty("state").GetString());
    }
}
