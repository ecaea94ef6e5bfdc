using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AssistPortal.EndToEnd.Tests.Pages;

/// <summary>A buyer in the demo shop and on the gateway's payment pages, in Russian.</summary>
internal sealed class DemoShop(IPage page, Uri gateway)
{
    public ILocator Main => page.GetByRole(AriaRole.Main);

    /// <summary>Puts the kettle into the basket, orders and goes to the gateway.</summary>
    /// <returns>The shop's number of the order.</returns>
    public async Task<string> OrderAsync(int merchant, string delay = "", string currency = "RUB", string points = "")
    {
        await page.GotoAsync(new Uri(gateway, "shop").ToString());
        await page.GetByLabel("Предприятие").SelectOptionAsync(merchant.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByLabel("Стадии").SelectOptionAsync(delay);
        await page.GetByLabel("Валюта").SelectOptionAsync(currency);
        await page.GetByLabel("Баллов «Спасибо» не больше").FillAsync(points);
        await page.GetByRole(AriaRole.Button, new() { Name = "Оформить заказ" }).ClickAsync();
        var title = await page.GetByRole(AriaRole.Heading, new() { Name = "Заказ" }).InnerTextAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Оплатить" }).ClickAsync();
        return title.Split(' ')[^1];
    }

    /// <summary>Fills a test card in by its number and pays.</summary>
    public async Task PayByCardAsync(string number)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await Expect(page.GetByLabel("Номер карты")).ToHaveValueAsync(number);
        await page.Locator("button.pay").ClickAsync();
    }

    /// <summary>Passes the 3-D Secure check.</summary>
    public async Task ConfirmAsync(string code)
    {
        await page.GetByLabel("Код из сообщения").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Подтвердить" }).ClickAsync();
    }

    /// <summary>Uses so many of the points offered.</summary>
    public async Task UsePointsAsync(string points)
    {
        await page.GetByLabel("Сколько баллов списать").FillAsync(points);
        await page.GetByRole(AriaRole.Button, new() { Name = "Списать и оплатить" }).ClickAsync();
    }

    /// <summary>Sees the result and goes back to the shop, which says what the gateway told it.</summary>
    public async Task ReturnAsync(string result, string thanks)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = result, Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Вернуться в магазин", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = thanks, Exact = true })).ToBeVisibleAsync();
    }
}
