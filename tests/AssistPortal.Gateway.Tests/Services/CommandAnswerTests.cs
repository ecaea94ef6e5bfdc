using AssistPortal.Gateway.Tests.Gateways;
using AssistPortal.Protocol;

namespace AssistPortal.Gateway.Tests.Services;

public sealed class CommandAnswerTests
{
    [Theory]
    [InlineData("charge/approved.xml")]
    [InlineData("charge/approved.json")]
    public async Task Charge_Approved_SucceedsWithItsOperation(string fixture)
    {
        var outcome = await Ask.ChargeAsync(Fixture.Read(fixture));

        Assert.Equal(CommandVerdict.Succeeded, outcome.Verdict);
        Assert.Equal(ResponseCode.Completed, outcome.ResponseCode);
        Assert.Equal(OrderState.Approved, outcome.State);
        Assert.Null(outcome.Failure);
        var operation = Assert.Single(outcome.Operations);
        Assert.Equal(new Billnumber("511111100000001", 2), operation.Billnumber);
        Assert.Equal(OperationType.Confirmation, operation.Type);
        Assert.Equal("411111****1111", operation.MeanNumber);
        Assert.StartsWith("Завершено успешно", operation.Message, StringComparison.Ordinal);
        Assert.True(outcome.Duration > TimeSpan.Zero);
    }

    [Fact]
    public async Task Charge_OrderDirectlyUnderResult_IsReadAllTheSame()
    {
        var outcome = await Ask.ChargeAsync(Fixture.Read("charge/partial-order-element.xml"));

        Assert.Equal((CommandVerdict.Succeeded, OrderState.PartialDelayed), (outcome.Verdict, outcome.State));
        Assert.Equal(new Money(4050, "RUB"), Assert.Single(outcome.Operations).Amount);
    }

    [Fact]
    public async Task Charge_DeclinedByTheBank_IsDeclinedNotRefused()
    {
        var outcome = await Ask.ChargeAsync(Fixture.Read("charge/declined.xml"));

        Assert.Equal((CommandVerdict.Declined, "AS100"), (outcome.Verdict, outcome.ResponseCode!.Value.Wire));
        Assert.Null(outcome.Failure);
    }

    [Fact]
    public async Task Charge_Error_IsRefused()
    {
        var outcome = await Ask.ChargeAsync(Fixture.Read("charge/error.xml"));

        Assert.Equal(CommandVerdict.Refused, outcome.Verdict);
        Assert.Equal(new GatewayFailure.Refused(new ErrorCode(15, 307)), outcome.Failure);
    }

    [Theory]
    [InlineData("511111100000001.2", "511111100000002.2")]
    [InlineData("<amount> 100.00 </amount>", "<amount> 100.005 </amount>")]
    [InlineData("<operationtype> 200 </operationtype>", "<operationtype> 300 </operationtype>")]
    [InlineData("<operationtype> 200 </operationtype>", "")]
    [InlineData("<responsecode> AS000 </responsecode>", "<responsecode> </responsecode>")]
    [InlineData("</result>", "")]
    [InlineData("<orders>", "<orders><order><billnumber>511111100000001</billnumber></order>")]
    public async Task Charge_AnswerThatCantBeBelieved_IsUnknown(string right, string wrong)
    {
        var answer = Fixture.Read("charge/approved.xml");
        Assert.Contains(right, answer, StringComparison.Ordinal);

        Assert.Equal(CommandVerdict.Unknown, (await Ask.ChargeAsync(answer.Replace(right, wrong, StringComparison.Ordinal))).Verdict);
    }

    [Fact]
    public async Task Cancel_Canceled_SucceedsWithThePlainNumberTheOldServiceGives()
    {
        var outcome = await Ask.CancelAsync(Fixture.Read("cancel/canceled.xml"), "5775486650107611");

        Assert.Equal((CommandVerdict.Succeeded, OrderState.Canceled), (outcome.Verdict, outcome.State));
        var operation = Assert.Single(outcome.Operations);
        Assert.Equal(new Billnumber("5775486650107611"), operation.Billnumber);
        Assert.DoesNotContain("signature", operation.UnknownFields.Keys);
    }

    [Fact]
    public async Task Cancel_Error_IsRefused() =>
        Assert.Equal(CommandVerdict.Refused, (await Ask.CancelAsync(Fixture.Read("cancel/error.xml"), "5775486650107611")).Verdict);

    [Theory]
    [InlineData("wscancel/canceled.json", CommandVerdict.Succeeded, "AS000", 1)]
    [InlineData("wscancel/canceled.xml", CommandVerdict.Succeeded, "AS000", 1)]
    [InlineData("wscancel/one-object.json", CommandVerdict.Succeeded, "AS000", 1)]
    [InlineData("wscancel/card-and-points.json", CommandVerdict.Succeeded, "AS000", 3)]
    [InlineData("wscancel/mixed.json", CommandVerdict.Unknown, null, 2)]
    [InlineData("wscancel/declined.json", CommandVerdict.Declined, null, 2)]
    [InlineData("wscancel/no-cancellation.json", CommandVerdict.Unknown, null, 1)]
    [InlineData("wscancel/error.json", CommandVerdict.Refused, null, 0)]
    [InlineData("orderresult/fault.json", CommandVerdict.Unknown, null, 0)]
    public async Task WsCancel_TheCancellationsDecideTogether(string fixture, CommandVerdict verdict, string? code, int operations)
    {
        var outcome = await Ask.WsCancelAsync(Fixture.Read(fixture));

        Assert.Equal(verdict, outcome.Verdict);
        Assert.Equal(code, outcome.ResponseCode?.Wire);
        Assert.Equal(operations, outcome.Operations.Count);
    }

    [Theory]
    [InlineData("{\"wscancel\":{\"order\"", "{\"firstcode\":15,\"secondcode\":308,\"wscancel\":{\"order\"")]
    [InlineData("{\"wscancel\":{\"order\"", "{\"wscancel\":{\"firstcode\":15,\"secondcode\":308,\"order\"")]
    public async Task WsCancel_RefusedAndYetDone_IsUnknown(string right, string wrong)
    {
        var outcome = await Ask.WsCancelAsync(Fixture.Read("wscancel/canceled.json").Replace(right, wrong, StringComparison.Ordinal));

        Assert.Equal(CommandVerdict.Unknown, outcome.Verdict);
        Assert.IsType<GatewayFailure.Unreadable>(outcome.Failure);
    }

    [Fact]
    public async Task WsCancel_CodeDeepInAnOperation_RefusesNothing()
    {
        var answer = Fixture.Read("wscancel/canceled.json").Replace("\"operationtype\":300", "\"host\":{\"firstcode\":7},\"operationtype\":300", StringComparison.Ordinal);

        Assert.Equal(CommandVerdict.Succeeded, (await Ask.WsCancelAsync(answer)).Verdict);
    }

    [Theory]
    [InlineData("\"billnumber\":\"511111100000001\"", "\"billnumber\":\"511111100000009\"")]
    [InlineData("511111100000001.3", "511111100000009.3")]
    public async Task WsCancel_AboutAnotherOrder_IsUnknown(string right, string wrong)
    {
        var outcome = await Ask.WsCancelAsync(Fixture.Read("wscancel/canceled.json").Replace(right, wrong, StringComparison.Ordinal));

        Assert.Equal(CommandVerdict.Unknown, outcome.Verdict);
        Assert.IsType<GatewayFailure.Unreadable>(outcome.Failure);
    }
}
