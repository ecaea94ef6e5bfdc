using AssistPortal.Protocol;
using AssistPortal.Sandbox.PayPages;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.Shop;

/// <summary>The pages of the demo shop.</summary>
internal static class ShopPage
{
    /// <param name="language">Language of the page.</param>
    /// <param name="mistake">What was wrong with the basket sent.</param>
    /// <param name="sent">The basket sent, to be filled in again.</param>
    public static string Goods(Language language, LocalText? mistake, IFormCollection sent)
    {
        string T(string ru, string en) => language == Language.En ? en : ru;
        Html Selected(string name, string value) => sent[name] == value ? new Html(" selected") : Html.None;
        Html Checked(string name) => sent.Count == 0 || sent[name] == "1" ? new Html(" checked") : Html.None;
        var note = mistake is null ? Html.None : Html.Of($"""<p class="note" role="alert">{T(mistake.Ru, mistake.En)}</p>""");
        return Write(language, T("Магазин", "Shop"), "/shop?", Html.Of($"""
            <h1>{T("Вещи для дома", "Things for the home")}</h1><p class="lead">{T("Учебный магазин: пройдите путь покупателя от корзины до оплаты.", "A practice shop: walk the buyer's way from basket to payment.")}</p>{note}
            <form method="post" action="/shop/order" class="two"><input type="hidden" name="Language" value="{Code(language)}">
            <div class="goods">{Html.Join(ShopGood.All.Select(good => Html.Of($"""
                <article class="good"><div class="picture {good.Code}">{good.Picture}</div><div class="facts"><h2><label for="{good.Code}">{T(good.Name.Ru, good.Name.En)}</label></h2><p>{T(good.About.Ru, good.About.En)}</p>
                <p class="price"><b>{Showing.Amount(good.Price("RUB"), language)}</b><span>{Showing.Amount(good.Price("USD"), language)} · {Showing.Amount(good.Price("EUR"), language)}</span></p></div>
                <input id="{good.Code}" name="{good.Code}" type="number" inputmode="numeric" min="0" max="9" value="{(sent.Count > 0 ? sent[good.Code].ToString() : good.Code == "kettle" ? "1" : "0")}" aria-label="{T("Количество", "Quantity")}: {T(good.Name.Ru, good.Name.En)}"></article>
                """)))}</div>
            <section class="panel" aria-labelledby="how"><h2 id="how">{T("Как платит покупатель", "How the buyer pays")}</h2>
            <label>{T("Предприятие", "Merchant")}<select name="merchant">{Html.Join(ShopDesk.Merchants.Select(merchant => Html.Of($"""<option value="{merchant.Id}"{Selected("merchant", merchant.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))}>{merchant.Id} {merchant.Name}</option>""")))}</select></label>
            <label>{T("Стадии", "Stages")}<select name="delay"><option value="">{T("как у предприятия", "as the merchant has it")}</option><option value="0"{Selected("delay", "0")}>{T("одна", "one")}</option><option value="1"{Selected("delay", "1")}>{T("две", "two")}</option></select></label>
            <label>{T("Валюта", "Currency")}<select name="currency"><option>RUB</option><option{Selected("currency", "USD")}>USD</option><option{Selected("currency", "EUR")}>EUR</option></select><small>{T("доллары и евро: 900003", "dollars and euros: 900003")}</small></label>
            <label>{T("Баллов «Спасибо» не больше", "Spasibo points at most")}<input name="points" inputmode="decimal" maxlength="12" value="{sent["points"].ToString()}" placeholder="{T("не брать", "none")}"><small>{T("900003, рубли, карта Сбербанка", "900003, roubles, the Sberbank card")}</small></label>
            <label class="check"><input type="checkbox" name="customer" value="1"{Checked("customer")}> <span>{T("Передать имя и почту покупателя", "Send the buyer's name and e-mail")}</span></label>
            <label class="check"><input type="checkbox" name="cheque" value="1"{Checked("cheque")}> <span>{T("Передать позиции чека", "Send the cheque's items")}</span></label>
            <button class="go">{T("Оформить заказ", "Place the order")}</button></section></form>
            """));
    }

    /// <summary>The order as it is, and the form that takes the buyer to the gateway.</summary>
    public static string Order(Language language, ShopOrder order, string origin)
    {
        string T(string ru, string en) => language == Language.En ? en : ru;
        var request = order.Request(language, origin).ToList();
        return Write(language, T("Заказ", "Order"), $"/shop/order?number={order.Number}&", Html.Of($"""
            <h1>{T("Заказ", "Order")} {order.Number}</h1><p class="lead">{order.Merchant.Name} · {(order.TwoStage ? T("две стадии: деньги блокируются", "two stages: the money is held") : T("одна стадия", "one stage"))}</p>
            <div class="narrow"><table class="basket"><tbody>{Html.Join(order.Lines.Select(line => Html.Of(
                $"""<tr><th scope="row">{ShopOrder.NameOf(line, language)} <span>× {line.Quantity}</span></th><td>{Showing.Amount(line.Total(order.Amount.Currency), language)}</td></tr>""")))}</tbody>
            <tfoot><tr><th scope="row">{T("Итого", "Total")}</th><td>{Showing.Amount(order.Amount, language)}</td></tr></tfoot></table>
            <form method="post" action="/pay/order.cfm">{Html.Join(request.Select(field => Html.Of($"""<input type="hidden" name="{field.Name}" value="{field.Value}">""")))}
            <button class="go">{T("Оплатить", "Pay")} {Showing.Amount(order.Amount, language)}</button></form>
            <details><summary>{T("Что магазин передаёт шлюзу", "What the shop sends to the gateway")}</summary><dl class="wire">{Html.Join(request.Select(field => Html.Of($"""<div><dt>{field.Name}</dt><dd>{field.Value}</dd></div>""")))}</dl></details></div>
            """));
    }

    /// <summary>The buyer is back; what became of the payment is what the gateway answered.</summary>
    public static string Back(Language language, ShopOrder order, ShopAnswer answer)
    {
        string T(string ru, string en) => language == Language.En ? en : ru;
        var (style, title, text) = answer switch
        {
            ShopAnswer.Known { IsPaid: true } known => (
                "paid", T("Спасибо, заказ оплачен", "Thank you, the order is paid"),
                known.State == OrderState.Delayed
                    ? T("Деньги заблокированы на карте, спишем при отправке.", "The money is held on the card; we take it when we ship.")
                    : T("Собираем посылку.", "We are packing the parcel.")),
            ShopAnswer.Known known when known.State == OrderState.InProcess => (
                "unsure", T("Оплата ещё идёт", "The payment is still going on"), T("Обновите страницу через минуту.", "Refresh the page in a minute.")),
            ShopAnswer.Known => ("unpaid", T("Заказ не оплачен", "The order isn't paid"), T("Деньги не списаны. Можно заплатить ещё раз.", "Nothing was taken. You can pay again.")),
            ShopAnswer.Unknown => ("unpaid", T("Шлюз не знает такой оплаты", "The gateway knows no such payment"), T("Адрес возврата не совпал с заказом магазина.", "The return address doesn't fit the shop's order.")),
            _ => ("unsure", T("Шлюз не ответил", "The gateway didn't answer"), T("Оплачен ли заказ, пока не известно. Обновите страницу.", "Whether the order is paid isn't known yet. Refresh the page.")),
        };
        var facts = answer is ShopAnswer.Known fact
            ? Html.Of($"""<div><dt>{T("Ответ orderstate", "Answer of orderstate")}</dt><dd>{fact.State.Wire}</dd></div><div><dt>Billnumber</dt><dd>{fact.Billnumber}</dd></div>""")
            : Html.None;
        var again = answer is ShopAnswer.Known { IsPaid: false } or ShopAnswer.Unknown
            ? Html.Of($"""<p><a class="go" href="/shop/order?number={order.Number}&Language={Code(language)}">{T("Заплатить ещё раз", "Pay again")}</a></p>""")
            : Html.None;
        return Write(language, title, null, Html.Of($"""
            <div class="narrow back {style}"><h1>{title}</h1><p class="lead">{text}</p>
            <dl class="wire"><div><dt>{T("Заказ", "Order")}</dt><dd>{order.Number}</dd></div><div><dt>{T("Сумма", "Sum")}</dt><dd>{Showing.Amount(order.Amount, language)}</dd></div>{facts}</dl>{again}
            <p class="hint">{T("Магазин не верит адресу возврата: он сам спросил шлюз и проверил подпись ответа.", "The shop doesn't believe the return address: it asked the gateway itself and checked the seal of the answer.")}</p></div>
            """));
    }

    public static string Unknown(Language language) => Write(
        language, language == Language.En ? "No such order" : "Нет такого заказа", null,
        Html.Of($"""<h1>{(language == Language.En ? "No such order" : "Нет такого заказа")}</h1><p><a href="/shop">{(language == Language.En ? "To the shop" : "В магазин")}</a></p>"""));

    /// <summary>What came to the shop's server.</summary>
    public static string Received(Language language, IReadOnlyList<ShopCall> calls, string origin)
    {
        string T(string ru, string en) => language == Language.En ? en : ru;
        var rows = calls.Count == 0
            ? Html.Of($"""<p class="empty">{T("Пока ничего: оплатите заказ и вернитесь в магазин.", "Nothing yet: pay for an order and come back to the shop.")}</p>""")
            : Html.Join(calls.Select(call => Html.Of($"""
                <details class="call"><summary><span class="kind {call.Kind}">{(call.Kind == ShopCall.Push ? T("Уведомление", "Push") : T("Возврат", "Return"))}</span> <b>{(call.Ordernumber.Length > 0 ? call.Ordernumber : "—")}</b> <span class="verdict">{Verdict(call, language)}</span> <time>{Showing.Instant(call.At)}</time></summary><pre>{call.Content}</pre></details>
                """)));
        return Write(language, T("Что получил сервер магазина", "What the shop's server received"), "/shop/received?", Html.Of($"""
            <h1>{T("Что получил сервер магазина", "What the shop's server received")}</h1>
            <p class="lead">{T("Возвраты покупателей и уведомления шлюза, новые сверху.", "Buyers' returns and the gateway's pushes, newest first.")}</p>
            <div class="calls">{rows}</div>
            <details><summary>{T("Как направить уведомления сюда", "How to send the pushes here")}</summary><p>{T("Задайте предприятию адрес уведомлений:", "Set the merchant's push address:")}</p>
            <pre>curl -X PUT {origin}/control/merchants/900001/push -H 'Content-Type: application/json' -d '{PushSetting(origin)}'</pre></details>
            """));
    }

    private static string PushSetting(string origin) => $$"""{"url":"{{origin}}/shop/push","protocol":"POST","reply":"xml"}""";

    private static string Verdict(ShopCall call, Language language) => call switch
    {
        { Kind: ShopCall.Return } => language == Language.En ? "asked the gateway" : "спросили шлюз",
        { Verdict.IsNone: true } => language == Language.En ? "accepted, seal fits" : "принято, подпись верна",
        _ => $"{(language == Language.En ? call.Verdict.Text.En : call.Verdict.Text.Ru)} ({call.Verdict})",
    };

    private static string Code(Language language) => language == Language.En ? "EN" : "RU";

    private static string Write(Language language, string title, string? self, Html main)
    {
        string T(string ru, string en) => language == Language.En ? en : ru;
        var other = language == Language.En ? Language.Ru : Language.En;
        var languages = self is null ? Html.None : Html.Of($"""<a href="{self}Language={Code(other)}" lang="{(other == Language.En ? "en" : "ru")}">{(other == Language.En ? "English" : "Русский")}</a>""");
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="{(language == Language.En ? "en" : "ru")}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
            <title>{title} · {T("Тёплый дом", "Warm home")}</title><link rel="stylesheet" href="/shop/shop.css"><link rel="icon" href="data:,"></head>
            <body><a class="skip" href="#main">{T("К содержанию", "Skip to content")}</a>
            <p class="sandbox"><b>{T("Учебный магазин", "Practice shop")}</b> {T("Ничего не продаётся, деньги не настоящие", "Nothing is sold, no real money")}</p>
            <header><a class="brand" href="/shop?Language={Code(language)}">{T("Тёплый дом", "Warm home")}</a><nav><a href="/shop/received?Language={Code(language)}">{T("Что получил сервер", "What the server received")}</a><a href="/console">{T("Консоль шлюза", "Gateway console")}</a>{languages}</nav></header>
            <main id="main">{main}</main></body></html>
            """).Text;
    }
}
