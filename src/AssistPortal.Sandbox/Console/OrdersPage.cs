using System.Globalization;
using AssistPortal.Sandbox.PayPages;

namespace AssistPortal.Sandbox.Console;

/// <summary>The orders, to be searched and leafed through.</summary>
internal static class OrdersPage
{
    public static string Write(OrdersFound found) => ConsoleFrame.Write("Заказы", "/console/orders", new Note(null, null), Html.Of($"""
        <h1>Заказы</h1>
        <section><form method="get" action="/console/orders" role="search"><label class="grow">Номер заказа или billnumber <input type="search" name="q" value="{found.Text}" maxlength="128"></label>
        <label>Предприятие {ConsoleFrame.Merchants(found.MerchantId, "все")}</label><button>Найти</button></form>
        <p class="quiet">Найдено: {found.Found.ToString(CultureInfo.InvariantCulture)}</p>
        {(found.Orders.Count == 0 ? Html.Of($"""<p class="empty">Таких заказов нет.</p>""") : ConsoleFrame.Orders(found.Orders))}{Pages(found)}</section>
        """));

    private static Html Pages(OrdersFound found) => found.Pages == 1 ? Html.None : Html.Of($"""
        <nav class="pages" aria-label="Страницы списка">{Link(found, found.Number - 1, "← Новее")}<span>{found.Number} из {found.Pages}</span>{Link(found, found.Number + 1, "Старше →")}</nav>
        """);

    private static Html Link(OrdersFound found, int number, string text) => number < 1 || number > found.Pages
        ? Html.Of($"""<span class="quiet">{text}</span>""")
        : Html.Of($"""<a href="/console/orders?q={Uri.EscapeDataString(found.Text)}&amp;merchant={found.MerchantId?.ToString(CultureInfo.InvariantCulture) ?? ""}&amp;page={number}">{text}</a>""");
}
