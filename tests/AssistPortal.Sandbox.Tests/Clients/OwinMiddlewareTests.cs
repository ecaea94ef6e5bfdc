using System.Xml;

namespace AssistPortal.Sandbox.Tests.Clients;

/// <summary>A C# middleware: cuts the DOCTYPE out by hand, then reads result/order/orderstate.</summary>
public sealed class OwinMiddlewareTests
{
    [Fact]
    public async Task OrderState_WithItsDoctypeCutOut_HasTheStateWhereItIsLookedFor()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.OneStage, "10.00", "CS-1");
        using var response = await sandbox.SendFormAsync(
            "orderstate", ("OrderNumber", "CS-1"), ("Merchant_ID", "900001"), ("Login", "sandbox_ws"), ("Password", "Sandbox2026"), ("Format", "3"));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var (from, to) = (text.IndexOf("<!DOCTYPE", StringComparison.Ordinal), text.IndexOf("]>", StringComparison.Ordinal));

        var document = new XmlDocument { XmlResolver = null };
        document.LoadXml(text.Remove(from, to + 2 - from));

        Assert.Equal("Approved", document.SelectSingleNode("result/order/orderstate")!.InnerText);
    }
}
