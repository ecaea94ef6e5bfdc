using System.Xml.Linq;

namespace AssistPortal.Sandbox.Tests.Clients;

/// <summary>Bitrix' own handler: names in capitals, the first order of the answer, its checkvalue reckoned over the original amount.</summary>
public sealed class BitrixHandlerTests
{
    [Fact]
    public async Task OrderState_AsTheHandlerAsks_HasAnOrderWhoseCheckvalueFits()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.Both, "20.00", "BX 1", currency: "USD");

        using var response = await sandbox.PostAsync(
            "orderstate", "ORDERNUMBER=BX1&MERCHANT_ID=900003&LOGIN=sandbox_ws&PASSWORD=Sandbox2026&FORMAT=3", "application/x-www-form-urlencoded; charset=utf-8");
        var missing = XDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Root!;
        await sandbox.PaidAsync(RunningSandbox.Both, "20.00", "BX1", currency: "USD");
        var order = XDocument.Parse(await sandbox.AskAsync("orderstate", RunningSandbox.Both, ("ORDERNUMBER", "BX 1"), ("FORMAT", "3"))).Root!.Elements("order").First();

        Assert.Equal("10", missing.Attribute("firstcode")!.Value);
        string Value(string name) => order.Element(name)!.Value;
        Assert.Equal(("20.00", "USD"), (Value("orderamount"), Value("ordercurrency")));
        Assert.Equal(Seal.Of("secret", "900003" + Value("ordernumber") + Value("orderamount") + Value("ordercurrency") + Value("orderstate")), Value("checkvalue"));
    }
}
