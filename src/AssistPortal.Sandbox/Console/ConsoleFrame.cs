using System.Globalization;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.PayPages;

namespace AssistPortal.Sandbox.Console;

/// <summary>What a control call sent from a page came to: <see cref="Done"/> or <see cref="Mistake"/>, or neither on a page just opened.</summary>
internal sealed record Note(string? Done, string? Mistake);

/// <summary>What every page of the console has around its content, and the pieces pages share.</summary>
internal static class ConsoleFrame
{
    private static readonly (string Path, string Text)[] Places =
    [
        ("/console", "Пульт"), ("/console/orders", "Заказы"), ("/console/deliveries", "Доставки"), ("/console/traffic", "Трафик"),
    ];

    private static readonly (string Path, string Text)[] Others =
    [
        ("/shop", "Магазин"), ("/docs", "Веб-сервисы"), ("/openapi.json", "OpenAPI"), ("/docs/sandbox.md", "Разработчику магазина"),
    ];

    /// <param name="title">Title of the window.</param>
    /// <param name="place">Path of the place in the navigation.</param>
    /// <param name="note">What a form came to.</param>
    /// <param name="main">The content.</param>
    public static string Write(string title, string place, Note note, Html main) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="ru">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
        <title>{title} · Тестовый шлюз</title><link rel="stylesheet" href="/console/console.css"><link rel="icon" href="data:,"></head>
        <body><a class="skip" href="#main">К содержанию</a>
        <header><a class="brand" href="/console">Тестовый шлюз</a>
        <nav aria-label="Страницы пульта">{Html.Join(Places.Select(link => link.Path == place
            ? Html.Of($"""<a href="{link.Path}" aria-current="page">{link.Text}</a>""")
            : Html.Of($"""<a href="{link.Path}">{link.Text}</a>""")))}</nav>
        <nav class="others" aria-label="Рядом">{Html.Join(Others.Select(link => Html.Of($"""<a href="{link.Path}">{link.Text}</a>""")))}</nav></header>
        <main id="main">{Notice(note)}{main}</main></body></html>
        """).Text;

    public static Html State(OrderState state)
    {
        var tone = state == OrderState.Approved || state == OrderState.PartialApproved ? "good"
            : state == OrderState.Declined || state == OrderState.Timeout ? "bad"
            : state == OrderState.Canceled || state == OrderState.PartialCanceled ? "off"
            : "wait";
        return Badge(tone, state.Wire);
    }

    public static Html Badge(string tone, string text) => Html.Of($"""<span class="badge {tone}">{text}</span>""");

    public static Html Option(string value, string text, bool chosen = false) =>
        Html.Of($"""<option value="{value}"{(chosen ? new Html(" selected") : Html.None)}>{text}</option>""");

    /// <summary>The merchants to choose from, with a first choice of all of them where <paramref name="every"/> names it.</summary>
    public static Html Merchants(int? chosen, string? every = null) => Html.Of($"""
        <select name="merchant">{(every is null ? Html.None : Option("", every))}{Html.Join(DemoMerchants.All.Select(merchant =>
            Option(merchant.Id.ToString(CultureInfo.InvariantCulture), $"{merchant.Id} {merchant.Name}", merchant.Id == chosen)))}</select>
        """);

    /// <summary>Orders as rows; each leads to its page.</summary>
    public static Html Orders(IEnumerable<Engine.Order> orders) => Html.Of($"""
        <div class="wide"><table><thead><tr><th>Billnumber</th><th>Предприятие</th><th>Номер заказа</th><th class="sum">Сумма</th><th>Состояние</th><th>Создан, UTC</th></tr></thead>
        <tbody>{Html.Join(orders.Select(order => Html.Of($"""
            <tr><td><a href="/console/orders/{order.Billnumber}">{order.Billnumber}</a></td><td>{order.MerchantId}</td><td class="long">{order.Ordernumber}</td><td class="sum">{order.Amount.ToString()}</td><td>{State(order.State)}</td><td>{WireTime.Format(order.CreatedAt)}</td></tr>
            """)))}</tbody></table></div>
        """);

    private static Html Notice(Note note) => note switch
    {
        { Mistake: { Length: > 0 } mistake } => Html.Of($"""<p class="note mistake" role="alert"><b>Не сделано.</b> {mistake}</p>"""),
        { Done: { Length: > 0 } done } => Html.Of($"""<p class="note done" role="status"><b>Сделано.</b> <code>{done}</code></p>"""),
        _ => Html.None,
    };
}
