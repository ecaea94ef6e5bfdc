using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>What every payment page has around its content.</summary>
internal static class PayFrame
{
    /// <param name="language">Language of the page.</param>
    /// <param name="title">Title of the window.</param>
    /// <param name="aside">The order at the side, or nothing.</param>
    /// <param name="main">The content.</param>
    /// <param name="languages">The switch of language, or nothing.</param>
    /// <param name="refresh">Content of the refresh instruction, or nothing.</param>
    public static string Write(Language language, string title, Html aside, Html main, Html languages, string? refresh = null)
    {
        string T(string ru, string en) => language == Language.En ? en : ru;
        var again = refresh is null ? Html.None : Html.Of($"""<meta http-equiv="refresh" content="{refresh}">""");
        var side = aside == Html.None ? Html.None : Html.Of($"""<aside class="order" aria-label="{T("Заказ", "Order")}">{aside}</aside>""");
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="{(language == Language.En ? "en" : "ru")}">
            <head>
            <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">{again}
            <title>{title}</title><link rel="stylesheet" href="/pay/pay.css"><link rel="icon" href="data:,">
            </head>
            <body>
            <a class="skip" href="#main">{T("К содержанию", "Skip to content")}</a>
            <p class="sandbox"><b>{T("Тестовый шлюз", "Test gateway")}</b> <span>{T("Деньги и карты не настоящие", "No real money, no real cards")}</span></p>
            <div class="{(aside == Html.None ? "page alone" : "page")}">{side}
            <main id="main"><div class="content">{main}</div>
            <footer><span>{PayIcons.Lock} {T("Страница оплаты АПК Ассист, учебная", "Assist payment page, for practice")}</span>{languages}</footer></main>
            </div>
            </body>
            </html>
            """).Text;
    }
}
