using AssistPortal.Gateway.Tests.Gateways;
using AssistPortal.Protocol;

namespace AssistPortal.Gateway.Tests.Services;

public sealed class ResultByDateTests
{
    [Theory]
    [InlineData("resultbydate/rows.csv")]
    [InlineData("resultbydate/rows.xml")]
    [InlineData("resultbydate/rows.json")]
    public async Task ResultByDate_Rows_AreTheSameInEveryFormat(string fixture)
    {
        var rows = Ask.Answered(await Ask.ResultByDateAsync(Fixture.Read(fixture), "secret"));

        Assert.Equal(2, rows.Count);
        var (order, operation) = rows[0];
        Assert.Equal(new Billnumber("5111111808232477"), order.Billnumber);
        Assert.Equal("15850", order.OrderNumber);
        Assert.Equal(OrderState.Delayed, order.State);
        Assert.Equal("Стол; стул", order.Comment);
        Assert.Equal("test@example.org", order.Email);
        Assert.Equal(new DateTimeOffset(2021, 3, 22, 13, 0, 54, TimeSpan.Zero), order.OrderDate);
        Assert.Equal(new DateTimeOffset(2021, 3, 22, 13, 15, 53, TimeSpan.Zero), order.PacketDate);
        Assert.Empty(order.Operations);
        Assert.Equal(new Billnumber("5111111808232477", 1), operation.Billnumber);
        Assert.Equal(new Money(15000, "RUB"), operation.Amount);
        Assert.Equal("New \"Assist\" Bank", operation.IssuingBank);
        Assert.Equal("Россия", operation.BankCountry);
        Assert.Equal(new Dictionary<string, string> { ["rate"] = "1" }, operation.UnknownFields);
        Assert.Equal((OperationType.Cancellation, "AS102"), (rows[1].Operation.Type, rows[1].Operation.ResponseCode.Wire));
        Assert.Null(rows[1].Order.Comment);
    }

    [Fact]
    public async Task ResultByDate_CarriageReturnsAndNoClosingDelimiter_AreReadAllTheSame()
    {
        var answer = Fixture.Read("resultbydate/rows.csv").Replace(";\n", "\r\n", StringComparison.Ordinal);

        Assert.Equal(2, Ask.Answered(await Ask.ResultByDateAsync(answer, "secret")).Count);
    }

    [Fact]
    public async Task ResultByDate_QuotationMarkInsideAText_IsAText()
    {
        var answer = Fixture.Read("resultbydate/rows.csv").Replace("\"New \"\"Assist\"\" Bank\"", "New \"Assist\" Bank", StringComparison.Ordinal);

        Assert.Equal("New \"Assist\" Bank", Ask.Answered(await Ask.ResultByDateAsync(answer))[0].Operation.IssuingBank);
    }

    [Fact]
    public async Task ResultByDate_EmptyWindow_IsAnAnswerWithoutRows() =>
        Assert.Empty(Ask.Answered(await Ask.ResultByDateAsync(Fixture.Read("resultbydate/empty.csv"))));

    [Fact]
    public async Task ResultByDate_LineOfNamesAlone_IsAnAnswerWithoutRows() =>
        Assert.Empty(Ask.Answered(await Ask.ResultByDateAsync("ordernumber;billnumber;\n")));

    [Fact]
    public async Task ResultByDate_TooOften_IsRefused() =>
        Assert.Equal(new GatewayFailure.Refused(new ErrorCode(17, 3)), Ask.Failed(await Ask.ResultByDateAsync(Fixture.Read("resultbydate/too-often.csv"))));

    [Fact]
    public async Task ResultByDate_CutAnywhereWithinALine_IsUnreadable()
    {
        var answer = Fixture.Read("resultbydate/rows.csv");
        var lastLine = answer.LastIndexOf('\n', answer.Length - 2) + 1;

        // The last field is the checkvalue, and a cut there is for the seal to find: two characters for it and its delimiter aside.
        foreach (var length in Enumerable.Range(lastLine + 1, answer.Length - lastLine - 36).Where(length => length % 16 == 0))
        {
            Assert.IsType<GatewayFailure.Unreadable>(Ask.Failed(await Ask.ResultByDateAsync(answer[..length])));
        }

        Assert.IsType<GatewayFailure.Mistrusted>(Ask.Failed(await Ask.ResultByDateAsync(answer[..^4], "secret")));
    }

    [Theory]
    [InlineData("error;x;y;")]
    [InlineData("error;99999999999;1;")]
    [InlineData("<html>")]
    [InlineData("ordernumber;amount;\n1;2;\n")]
    [InlineData("502 Bad Gateway")]
    public async Task ResultByDate_NotAnAnswer_IsUnreadable(string answer) =>
        Assert.IsType<GatewayFailure.Unreadable>(Ask.Failed(await Ask.ResultByDateAsync(answer)));

    [Fact]
    public async Task ResultByDate_OperationWithoutItsNumber_IsUnreadable()
    {
        var answer = Fixture.Read("resultbydate/rows.csv").Replace("5111111808232477.1", "5111111808232477", StringComparison.Ordinal);

        Assert.IsType<GatewayFailure.Unreadable>(Ask.Failed(await Ask.ResultByDateAsync(answer)));
    }
}
