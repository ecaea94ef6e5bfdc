using AssistPortal.EndToEnd.Tests.Browser;
using AssistPortal.TestKit;
using static Microsoft.Playwright.Assertions;

namespace AssistPortal.EndToEnd.Tests.Journeys;

/// <summary>What buyers and shops write is shown, never run: names, comments, numbers.</summary>
public sealed class HostileTextTests(Chromium chromium, SharedPortal shared) : Journey(chromium, shared.Portal)
{
    private const string Script = "<script>window.taken=1</script>";
    private const string Image = "<img src=x onerror=window.taken=1>";

    [Fact]
    public async Task Order_HostileInEveryField_IsShownAsText()
    {
        var order = await Portal.PayHostileAsync(SandboxServer.Shop, $"\"'>{Image}", lastName: Script, firstName: Image, comment: $"{Script}{{{{7*7}}}}", email: "\"><svg/onload=window.taken=1>@example.test");
        var visit = await EnterAsync(Operator);

        await visit.Orders.OpenAsync($"?bill={order.Billnumber}");
        await Expect(visit.Orders.Rows).ToHaveCountAsync(1);
        await Expect(visit.Page.GetByText(Script).First).ToBeVisibleAsync();
        await visit.Page.GotoAsync($"orders/{order.Billnumber}");
        await Expect(visit.Page.GetByText(Script).First).ToBeVisibleAsync();

        Assert.Null(await visit.Page.EvaluateAsync<int?>("window.taken ?? null"));
    }
}
