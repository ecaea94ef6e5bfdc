using AssistPortal.Gateway.Tests.Gateways;
using AssistPortal.Protocol;

namespace AssistPortal.Gateway.Tests.Services;

public sealed class OrderStateTests
{
    [Theory]
    [InlineData("orderstate/one.xml")]
    [InlineData("orderstate/one.json")]
    public async Task OrderState_OneOrder_IsReadInEitherFormat(string fixture)
    {
        var order = Assert.Single(Ask.Answered(await Ask.OrderStateAsync(Fixture.Read(fixture), "secret")));

        Assert.Equal(new Billnumber("5775486650107611"), order.Billnumber);
        Assert.Equal("ok", order.OrderNumber);
        Assert.Equal(new Money(400, "RUB"), order.Amount);
        Assert.Equal(OrderState.Canceled, order.State);
        Assert.Equal(new DateTimeOffset(2016, 9, 27, 23, 24, 0, TimeSpan.Zero), order.PacketDate);
        Assert.Empty(order.Operations);
        Assert.Empty(order.UnknownFields);
    }

    [Theory]
    [InlineData("orderstate/several.xml")]
    [InlineData("orderstate/several.json")]
    public async Task OrderState_SeveralOrdersWithOneNumber_AllAreRead(string fixture)
    {
        var orders = Ask.Answered(await Ask.OrderStateAsync(Fixture.Read(fixture), "secret"));

        Assert.Equal(["511111100000071", "511111100000072"], orders.Select(order => order.Billnumber.ToString()));
        Assert.Equal([OrderState.Timeout, OrderState.InProcess], orders.Select(order => order.State));
        Assert.All(orders, order => Assert.Equal(new Money(125050, "RUB"), order.Amount));
    }

    [Fact]
    public async Task OrderState_UnknownOrder_IsAnAnswerWithoutOrders() =>
        Assert.Empty(Ask.Answered(await Ask.OrderStateAsync(Fixture.Read("orderstate/unknown-order.xml"))));

    [Fact]
    public async Task OrderState_XmlError_IsRefused() =>
        Assert.Equal(new GatewayFailure.Refused(new ErrorCode(10, 100)), Ask.Failed(await Ask.OrderStateAsync(Fixture.Read("orderstate/error.xml"))));

    [Theory]
    [InlineData("4.00", "4.005")]
    [InlineData("4.00", "")]
    [InlineData("4.00", "-4.00")]
    [InlineData("4.00", "4E2")]
    [InlineData("4.00", "99999999999999999999.00")]
    [InlineData("RUB", "rub")]
    [InlineData("RUB", "")]
    [InlineData("5775486650107611", "577548665010761X")]
    [InlineData("<ordernumber>ok</ordernumber>", "<ordernumber> </ordernumber>")]
    [InlineData("<orderstate>Canceled</orderstate>", "")]
    [InlineData("<orderamount>4.00</orderamount>", "<orderamount>4.00</orderamount><orderamount>5.00</orderamount>")]
    [InlineData("secondcode='0'", "secondcode='none'")]
    [InlineData("</result>", "")]
    [InlineData("</result>", "</result><result/>")]
    [InlineData("count='1'>", "count='1'>&bomb;")]
    public async Task OrderState_BrokenWhereItMatters_IsUnreadable(string right, string wrong)
    {
        var answer = Fixture.Read("orderstate/one.xml");
        Assert.Contains(right, answer, StringComparison.Ordinal);

        Assert.IsType<GatewayFailure.Unreadable>(Ask.Failed(await Ask.OrderStateAsync(answer.Replace(right, wrong, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \r\n ")]
    [InlineData("<html><body>Maintenance</body></html>")]
    [InlineData("<!DOCTYPE html><html><head><meta charset=utf-8></head></html>")]
    [InlineData("<result/>")]
    [InlineData("<result firstcode='0' secondcode='0' count='1'></result>")]
    [InlineData("<result firstcode='0' secondcode='0' count='1'><order/></result>")]
    [InlineData("<result firstcode='0' secondcode='0' count='1'><order><orderamount>1.00</orderamount></order></result>")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"charge\":{}}")]
    [InlineData("{\"orderstate\":{\"ordernumber\":\"1\"}}")]
    [InlineData("{\"orderstate\":{\"ordernumber\":\"\\ud800\"}}")]
    [InlineData("ordernumber;billnumber;\n1;2;\n")]
    [InlineData("Service unavailable")]
    public async Task OrderState_NotAnAnswer_IsUnreadable(string answer) =>
        Assert.IsType<GatewayFailure.Unreadable>(Ask.Failed(await Ask.OrderStateAsync(answer)));

    [Fact]
    public async Task OrderState_ByteOrderMarkAndOtherCaseOfNames_IsReadAllTheSame()
    {
        var answer = "\uFEFF" + Fixture.Read("orderstate/one.json").Replace("\"billnumber\"", "\"BillNumber\"", StringComparison.Ordinal);

        Assert.Single(Ask.Answered(await Ask.OrderStateAsync(answer)));
    }

    [Fact]
    public async Task OrderState_RecordOfAnotherMerchant_IsUnreadable()
    {
        var answer = Fixture.Read("orderstate/one.xml").Replace("<order>", "<order><merchant_id>222222</merchant_id>", StringComparison.Ordinal);

        Assert.IsType<GatewayFailure.Unreadable>(Ask.Failed(await Ask.OrderStateAsync(answer)));
    }
}
