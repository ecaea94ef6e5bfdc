using AssistPortal.Gateway.Tests.Gateways;

namespace AssistPortal.Gateway.Tests.Services;

public sealed class SealTests
{
    [Fact]
    public async Task Seal_WrongInOneOfTwoOrders_MistrustsTheWholeAnswer()
    {
        var answer = Fixture.Read("orderstate/several.xml").Replace("<orderstate>In Process</orderstate>", "<orderstate>Approved</orderstate>", StringComparison.Ordinal);

        Assert.Equal(new GatewayFailure.Mistrusted("shop-7"), Ask.Failed(await Ask.OrderStateAsync(answer, "secret")));
    }

    [Theory]
    [InlineData("74DEB154081757F1E8097DDFAC35FC5C", "")]
    [InlineData("<checkvalue>74DEB154081757F1E8097DDFAC35FC5C</checkvalue>", "")]
    [InlineData("4.00", "40.0")]
    [InlineData("74DEB154081757F1E8097DDFAC35FC5C", "74DEB154081757F1E8097DDFAC35FC5D")]
    public async Task Seal_MissingOrWrong_IsMistrusted(string right, string wrong)
    {
        var answer = Fixture.Read("orderstate/one.xml").Replace(right, wrong, StringComparison.Ordinal);

        Assert.Equal(new GatewayFailure.Mistrusted("ok"), Ask.Failed(await Ask.OrderStateAsync(answer, "secret")));
        Assert.Single(Ask.Answered(await Ask.OrderStateAsync(answer)));
    }

    [Fact]
    public async Task Seal_OtherSecretWord_IsMistrusted()
    {
        Assert.IsType<GatewayFailure.Mistrusted>(Ask.Failed(await Ask.OrderResultAsync(Fixture.Read("orderresult/card-and-discount.json"), "other")));
        Assert.IsType<GatewayFailure.Mistrusted>(Ask.Failed(await Ask.ResultByDateAsync(Fixture.Read("resultbydate/rows.csv"), "other")));
    }

    [Fact]
    public async Task Seal_AmountTrimmedByJson_IsComputedOverTwoDecimals() =>
        Assert.Single(Ask.Answered(await Ask.OrderResultAsync(Fixture.Read("orderresult/card-and-discount.json"), "secret")));

    [Fact]
    public async Task Seal_EmptySecretWord_AsksForNone() =>
        Assert.Single(Ask.Answered(await Ask.OrderStateAsync(Fixture.Read("orderstate/one.xml").Replace("74DEB", "00000", StringComparison.Ordinal), "")));
}
