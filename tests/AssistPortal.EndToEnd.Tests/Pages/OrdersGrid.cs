using AssistPortal.EndToEnd.Tests.Browser;
using Microsoft.Playwright;

namespace AssistPortal.EndToEnd.Tests.Pages;

/// <summary>The orders grid.</summary>
internal sealed class OrdersGrid(IPage page, Words words)
{
    public ILocator ExportButton => page.GetByRole(AriaRole.Button, new() { Name = words.Orders("Export"), Exact = true });

    public ILocator Rows => page.GetByRole(AriaRole.Table, new() { Name = words.Orders("Title"), Exact = true }).Locator("tbody").GetByRole(AriaRole.Row);

    public async Task OpenAsync(string query = "")
    {
        await page.GotoAsync("orders" + query);
        await AssertOpenAsync();
    }

    public Task AssertOpenAsync(float? timeout = null) =>
        Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = words.Orders("Title"), Exact = true })).ToBeVisibleAsync(new() { Timeout = timeout });

    public ILocator LinkOf(string orderNumber) => page.GetByRole(AriaRole.Link, new() { Name = orderNumber, Exact = true });

    public ILocator RowOf(string orderNumber) => Rows.Filter(new() { Has = LinkOf(orderNumber) });

    public ILocator ConfirmLink(string orderNumber) => page.GetByRole(AriaRole.Link, new() { Name = words.Orders("ConfirmOrder", orderNumber), Exact = true });

    public ILocator CancelLink(string orderNumber) => page.GetByRole(AriaRole.Link, new() { Name = words.Orders("CancelOrder", orderNumber), Exact = true });

    public ILocator ExportLink(string format) => page.GetByRole(AriaRole.Link, new() { Name = words.Orders("ExportAs", format), Exact = true });

    public ILocator Field(string label) => page.GetByRole(AriaRole.Search, new() { Name = words.Orders("Filter"), Exact = true }).GetByLabel(words.Orders(label), new() { Exact = true });

    /// <summary>Writes into a field of the filter and leaves it.</summary>
    public async Task FilterAsync(string label, string value)
    {
        await Field(label).FillAsync(value);
        await Field(label).PressAsync("Enter");
    }

    /// <summary>Finds an order, waiting until the portal has it, and opens its page.</summary>
    public async Task<OrderPage> FindAsync(string orderNumber)
    {
        await OpenAsync($"?number={orderNumber}");
        await LinkOf(orderNumber).ClickAsync();
        var order = new OrderPage(page, words);
        await order.AssertOpenAsync(orderNumber);
        return order;
    }

    /// <summary>What the browser saves when the link is clicked.</summary>
    public async Task<byte[]> DownloadAsync(string format, CancellationToken cancellationToken)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => ExportLink(format).ClickAsync());
        await using var stream = await download.CreateReadStreamAsync();
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory, cancellationToken);
        return memory.ToArray();
    }
}
