using System.Xml.Linq;

namespace AssistPortal.Sandbox.Tests.Clients;

/// <summary>The Ruby gem: a form with every name in lower case, an XML answer whose values are stripped of blanks, the last order taken.</summary>
public sealed class RubyGemTests
{
    private const string Form = "application/x-www-form-urlencoded";

    [Fact]
    public async Task OrderState_AsTheGemAsks_GivesTheLastOrderOfTheNumber()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PayAsync(new { merchant = RunningSandbox.OneStage, amount = "4.00", ordernumber = "100", card = "4000000000000002" });
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage, "4.00", "100");
        var start = sandbox.Clock.GetUtcNow().AddDays(-1);

        var result = await AskAsync(
            sandbox, "orderstate",
            $"ordernumber=100&startyear={start.Year}&startmonth={start.Month}&startday={start.Day}&merchant_id=900001&login=sandbox_ws&password=Sandbox2026&format=3");

        Assert.Equal(("0", "0", "2"), (Attribute(result, "firstcode"), Attribute(result, "secondcode"), Attribute(result, "count")));
        var order = result.Elements("order").Last();
        Assert.Equal((billnumber, "4.00", "Approved"), (Value(order, "billnumber"), Value(order, "orderamount"), Value(order, "orderstate")));
        Assert.Equal(Seal.Of("secret", "9000011004.00RUBApproved"), Value(order, "checkvalue"));
    }

    [Fact]
    public async Task Charge_AsTheGemAsks_GivesTheConfirmationWithItsExtendedNumber()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage, "100.00", "100");

        var result = await AskAsync(sandbox, "charge", $"billnumber={billnumber}&merchant_id=900002&login=sandbox_ws&password=Sandbox2026&language=RU&format=3");

        var order = result.Element("orders")!.Element("order")!;
        Assert.Equal(
            ("100", "AS000", "Approved", billnumber + ".2", "200", "100.00", "Россия", "1"),
            (Value(order, "ordernumber"), Value(order, "responsecode"), Value(order, "orderstate"), Value(order, "billnumber"), Value(order, "operationtype"),
                Value(order, "orderamount"), Value(order, "bankcountry"), Value(order, "testmode")));
    }

    [Fact]
    public async Task Cancel_AsTheGemAsks_GivesThePlainNumber()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage, "4.00", "24");

        var result = await AskAsync(
            sandbox, "cancel", $"billnumber={billnumber}&merchant_id=900001&login=sandbox_ws&password=Sandbox2026&amount=4.0&currency=RUB&language=RU&format=3");

        var order = result.Element("orders")!.Element("order")!;
        Assert.Equal(
            ("AS000", "Canceled", billnumber, "300", "411111****1111", "Завершено успешно."),
            (Value(order, "responsecode"), Value(order, "orderstate"), Value(order, "billnumber"), Value(order, "operationtype"), Value(order, "meannumber"), Value(order, "message")));
    }

    [Theory]
    [InlineData("orderstate", "ordernumber=nobody")]
    [InlineData("charge", "billnumber=5900001000000000")]
    [InlineData("cancel", "billnumber=5900001000000000")]
    public async Task Refusal_AsTheGemReadsIt_IsInTheAttributesOfTheRoot(string service, string parameters)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var result = await AskAsync(sandbox, service, $"{parameters}&merchant_id=900001&login=sandbox_ws&password=Sandbox2026&format=3");

        Assert.Equal(("10", "201", "0"), (Attribute(result, "firstcode"), Attribute(result, "secondcode"), Attribute(result, "count")));
        Assert.Empty(result.Elements());
    }

    private static async Task<XElement> AskAsync(RunningSandbox sandbox, string service, string form)
    {
        using var response = await sandbox.PostAsync(service, form, Form);
        return XDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Root!;
    }

    private static string Attribute(XElement element, string name) => element.Attribute(name)!.Value;

    private static string Value(XElement element, string name) => element.Element(name)!.Value.Trim();
}
