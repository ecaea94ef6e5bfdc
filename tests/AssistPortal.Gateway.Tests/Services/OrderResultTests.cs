using AssistPortal.Gateway.Tests.Gateways;
using AssistPortal.Protocol;

namespace AssistPortal.Gateway.Tests.Services;

public sealed class OrderResultTests
{
    [Theory]
    [InlineData("orderresult/two-attempts.xml")]
    [InlineData("orderresult/orders-element.xml")]
    public async Task OrderResult_TwoAttempts_TheUnpaidOneHasNoOperation(string fixture)
    {
        var orders = Ask.Answered(await Ask.OrderResultAsync(Fixture.Read(fixture), "secret"));

        Assert.Equal([OrderState.Timeout, OrderState.Approved], orders.Select(order => order.State));
        Assert.Empty(orders[0].Operations);
        Assert.Equal(new DateTimeOffset(2014, 3, 13, 13, 38, 24, TimeSpan.Zero), orders[0].OrderDate);
        Assert.True(orders[1].TestMode);
        Assert.Equal("Заказ & доставка", orders[1].Comment);
        var operation = Assert.Single(orders[1].Operations);
        Assert.Equal(new Billnumber("5500069208498070", 1), operation.Billnumber);
        Assert.Equal(OperationType.Payment, operation.Type);
        Assert.Equal(new Money(12200, "RUB"), operation.Amount);
        Assert.Equal(ResponseCode.Completed, operation.ResponseCode);
        Assert.Equal("407214000001", operation.Rrn);
        Assert.Equal("X1", operation.ExternalRrn);
        Assert.Equal("000111", operation.SlipNumber);
        Assert.Null(operation.Message);
    }

    [Fact]
    public async Task OrderResult_CardAndDiscount_EveryFieldIsRead()
    {
        var order = Assert.Single(Ask.Answered(await Ask.OrderResultAsync(Fixture.Read("orderresult/card-and-discount.json"), "secret")));

        Assert.Equal(new Money(10000, "BYN"), order.Amount);
        Assert.Equal(("Test", "Testov", "T.", "test@assist.by"), (order.FirstName, order.LastName, order.MiddleName, order.Email));
        Assert.False(order.TestMode);
        Assert.Null(order.Comment);
        Assert.Equal(new DateTimeOffset(2022, 7, 11, 7, 29, 0, TimeSpan.Zero), order.PacketDate);
        Assert.Equal([1, 2], order.Operations.Select(operation => operation.Billnumber.Operation!.Value));
        var card = order.Operations[0];
        Assert.Equal(new Dictionary<string, string> { ["alphaauthresult"] = "Y" }, card.UnknownFields);
        Assert.Equal(
            new OperationSnapshot
            {
                Billnumber = new("5732614256223423", 1),
                Type = OperationType.Payment,
                Amount = new(9000, "BYN"),
                ResponseCode = ResponseCode.Completed,
                StateText = "Success",
                Date = new DateTimeOffset(2022, 7, 11, 7, 23, 2, TimeSpan.Zero),
                ClientIp = "81.211.118.98",
                PayerIp = "0.0.0.0",
                MeanTypeId = 1,
                MeanType = "VISA",
                MeanSubtype = "Classic",
                MeanNumber = "411111****1111",
                Cardholder = "TEST TESTOV",
                CardExpiry = "12/25",
                IssuingBank = "New Assist Bank",
                BankCountry = "Россия",
                ApprovalCode = "X26591",
                Protocol = "NET",
                Processing = "BPCBel",
                AuthResult = "Y",
                AuthRequired = "1",
                ThreeDsVersion = "1.0",
                Eci = "5",
                Challenge = "C",
                UnknownFields = card.UnknownFields,
            },
            card);
        Assert.Equal((21, "Discount", "7"), (order.Operations[1].MeanTypeId, order.Operations[1].MeanType, order.Operations[1].Eci));
    }

    [Fact]
    public async Task OrderResult_OrderAndOperationAsObjectsWithCheckdata_AreReadAsTheArrays()
    {
        var order = Assert.Single(Ask.Answered(await Ask.OrderResultAsync(Fixture.Read("orderresult/single-objects.json"), "secret")));

        Assert.Equal("Testov", order.LastName);
        Assert.Single(order.Operations);
        Assert.Empty(order.UnknownFields);
    }

    [Fact]
    public async Task OrderResult_UnknownStatesCodesAndFields_AreKept()
    {
        var order = Assert.Single(Ask.Answered(await Ask.OrderResultAsync(Fixture.Read("orderresult/unknown-things.json"), "secret")));

        Assert.Equal("Frozen", order.State.Wire);
        Assert.False(order.State.IsKnown);
        Assert.Null(order.OrderDate);
        Assert.Equal(new Dictionary<string, string> { ["orderdate"] = "yesterday", ["personalaccount"] = "777" }, order.UnknownFields);
        var operation = Assert.Single(order.Operations);
        Assert.Equal(700, operation.Type.Code);
        Assert.Equal("AS777", operation.ResponseCode.Wire);
        Assert.Null(operation.MeanTypeId);
        Assert.Equal(
            new Dictionary<string, string> { ["alphaauthresult"] = "Y", ["emv.tag"] = "9F26", ["labels"] = "a; b", ["meantype_id"] = "VISA-7" },
            operation.UnknownFields);
    }

    [Fact]
    public async Task OrderResult_NoOrders_IsAnAnswer() => Assert.Empty(Ask.Answered(await Ask.OrderResultAsync(Fixture.Read("orderresult/none.json"))));

    [Theory]
    [InlineData("orderresult/error.json", 7, 141)]
    [InlineData("orderresult/error-texts.json", 14, 200)]
    [InlineData("orderresult/fault.json", 1, 0)]
    [InlineData("orderresult/fault-with-codes.json", 15, 308)]
    public async Task OrderResult_JsonErrors_AreRefusals(string fixture, int first, int second) =>
        Assert.Equal(new GatewayFailure.Refused(new ErrorCode(first, second)), Ask.Failed(await Ask.OrderResultAsync(Fixture.Read(fixture))));

    [Theory]
    [InlineData("\"amount\":90", "\"amount\":90.001")]
    [InlineData("\"amount\":90", "\"amount\":9e1")]
    [InlineData("\"amount\":90", "\"amount\":null")]
    [InlineData("\"amount\":90", "\"sum\":90")]
    [InlineData("\"operationtype\":100", "\"operationtype\":\"payment\"")]
    [InlineData("5732614256223423.1", "5732614256223423")]
    [InlineData("5732614256223423.1", "5732614256223423.2")]
    [InlineData("5732614256223423.1", "5732614256223424.1")]
    public async Task OrderResult_BrokenOperation_IsUnreadable(string right, string wrong)
    {
        var answer = Fixture.Read("orderresult/card-and-discount.json");
        Assert.Contains(right, answer, StringComparison.Ordinal);

        Assert.IsType<GatewayFailure.Unreadable>(Ask.Failed(await Ask.OrderResultAsync(answer.Replace(right, wrong, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task OrderResult_WholeCardNumber_IsMaskedBeforeItEntersThePortal()
    {
        var answer = Fixture.Read("orderresult/card-and-discount.json").Replace("411111****1111", "4111 1111 1111 1111", StringComparison.Ordinal);

        var order = Assert.Single(Ask.Answered(await Ask.OrderResultAsync(answer)));

        Assert.Equal("411111****1111", order.Operations[0].MeanNumber);
    }
}
