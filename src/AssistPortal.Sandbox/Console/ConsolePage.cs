using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Faults;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.Console;

/// <summary>What the console shows.</summary>
internal sealed record Overview(DateTimeOffset Now, TimeSpan Offset, IReadOnlyList<Order> Latest, IReadOnlyList<PlannedFault> Faults, int Late);

/// <summary>The console page, whole.</summary>
internal static class ConsolePage
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (string Mode, string Text)[] Modes =
    [
        ("drop-before", "оборвать, ничего не сделав"),
        ("drop-after", "сделать, ответ не отдать"),
        ("late:5", "оборвать, сделать через 5 с"),
        ("delay:5", "сделать, ответить через 5 с"),
        ("http-500", "ответить 500"),
        ("redirect", "перенаправить"),
        ("html", "ответить страницей HTML"),
        ("malformed", "сделать, испортить ответ"),
        ("truncated", "сделать, оборвать ответ на середине"),
        ("rate-limit", "отказать: слишком часто"),
        ("decline:AS100", "процессинг отклонит (подтверждение, отмена)"),
    ];

    public static string Write(Overview overview, string? done, string? mistake)
    {
        var html = new StringBuilder();
        html.Append(Head).Append("<main><h1>Тестовый шлюз</h1><p class=lead>Учебный АПК Ассист: деньги не настоящие, карты только из списка. <a href=/shop>Учебный магазин</a></p>");
        Note(html, done, "done", "status");
        Note(html, mistake, "mistake", "alert");
        Clock(html, overview);
        PaymentForm(html);
        FaultForm(html, overview);
        Orders(html, overview);
        return html.Append("</main></body></html>").ToString();
    }

    private static void Note(StringBuilder html, string? text, string style, string role)
    {
        if (text is { Length: > 0 })
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class='note {style}' role={role}>{Encode(text)}</p>");
        }
    }

    private static void Clock(StringBuilder html, Overview overview)
    {
        html.Append(
            CultureInfo.InvariantCulture,
            $"<section><h2>Время</h2><p>Сейчас <b>{WireTime.Format(overview.Now)}</b> UTC, впереди настоящего на {overview.Offset.TotalHours:0.##} ч.</p>");
        html.Append("""
            <form method=post action=/console/advance><label>Вперёд на, ч <input name=hours value=24 inputmode=decimal size=6></label><button>Передвинуть часы</button></form>
            <form method=post action=/console/close><button>Закрыть операционный день</button></form></section>
            """);
    }

    private static void PaymentForm(StringBuilder html)
    {
        html.Append("<section><h2>Оплата</h2><form method=post action=/console/pay><label>Предприятие <select name=merchant>");
        foreach (var merchant in DemoMerchants.All)
        {
            Option(html, merchant.Id.ToString(CultureInfo.InvariantCulture), $"{merchant.Id} {merchant.Name}");
        }

        html.Append("""
            </select></label><label>Номер заказа <input name=ordernumber maxlength=128 placeholder="даст шлюз"></label>
            <label>Сумма <input name=amount value=100.00 inputmode=decimal size=10></label>
            <label>Валюта <select name=currency><option>RUB<option>USD<option>EUR</select></label>
            <label>Стадии <select name=delay><option value="">как у предприятия<option value=0>одна<option value=1>две</select></label>
            <label>Карта <select name=card>
            """);
        foreach (var card in TestCard.All)
        {
            Option(html, card.Number, $"{card.Number} {card.Means.TypeName} → {card.Answer.Wire}");
        }

        Option(html, "", "покупатель уходит, не заплатив");
        html.Append("</select></label><label>Комментарий <input name=comment maxlength=4000></label><button>Заплатить</button></form></section>");
    }

    private static void FaultForm(StringBuilder html, Overview overview)
    {
        html.Append("<section><h2>Сбои</h2><form method=post action=/console/fault><label>Сервис <select name=service>");
        foreach (var service in WebService.All)
        {
            Option(html, service.Name, service.Name);
        }

        Option(html, FaultPlan.AnyService, "любой");
        html.Append("</select></label><label>Что случится <select name=mode>");
        foreach (var (mode, text) in Modes)
        {
            Option(html, mode, text);
        }

        html.Append("""
            </select></label><label>Раз <input name=times value=1 inputmode=numeric size=4></label><button>Подстроить сбой</button></form>
            <form method=post action=/console/fault><input type=hidden name=service value="*"><input type=hidden name=mode value=refuse-connection>
            <input type=hidden name=times value=1><label>Не принимать соединений, с <input name=seconds value=30 inputmode=decimal size=5></label><button>Закрыть порт</button></form>
            """);
        if (overview.Faults.Count > 0)
        {
            html.Append("<ul>");
            foreach (var fault in overview.Faults)
            {
                html.Append(CultureInfo.InvariantCulture, $"<li>{Encode(fault.Service)}: {Encode(fault.Mode)}, ещё {fault.Times}</li>");
            }

            html.Append("</ul><form method=post action=/console/clear><button>Убрать все сбои</button></form>");
        }

        if (overview.Late > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>Отложенных запросов: {overview.Late}</p>");
        }

        html.Append("</section>");
    }

    private static void Orders(StringBuilder html, Overview overview)
    {
        html.Append("<section><h2>Последние заказы</h2><table><thead><tr><th>Billnumber<th>Предприятие<th>Номер заказа<th class=sum>Сумма<th>Состояние<th>Создан, UTC</tr></thead><tbody>");
        foreach (var order in overview.Latest)
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td><a href='/control/orders/{order.Billnumber}'>{order.Billnumber}</a><td>{order.MerchantId}<td>{Encode(order.Ordernumber)}<td class=sum>{order.Amount}<td>{Encode(order.State.Wire)}<td>{WireTime.Format(order.CreatedAt)}</tr>");
        }

        html.Append("""
            </tbody></table>
            <form method=post action=/console/bulk><label>Предприятие <input name=merchant value=900001 size=8></label>
            <label>Заказов <input name=orders value=1000 size=8></label><label>За дней <input name=days value=30 size=5></label><button>Насыпать заказов</button></form></section>
            """);
    }

    private static void Option(StringBuilder html, string value, string text) =>
        html.Append(CultureInfo.InvariantCulture, $"<option value='{Encode(value)}'>{Encode(text)}</option>");

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private const string Head = """
        <!DOCTYPE html><html lang=ru><head><meta charset=utf-8><meta name=viewport content="width=device-width,initial-scale=1">
        <title>Тестовый шлюз</title><style>
        :root{color-scheme:light dark;--line:#8886}*{box-sizing:border-box}
        body{margin:0;font:15px/1.5 system-ui,sans-serif}main{max-width:72rem;margin:0 auto;padding:1rem}
        h1{margin:.2rem 0}h2{font-size:1.05rem;margin:0 0 .5rem}.lead{margin:0 0 1rem}
        section{border:1px solid var(--line);border-radius:8px;padding:1rem;margin:0 0 1rem;overflow-x:auto}
        form{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;margin:.5rem 0}label{display:grid;grid-template-columns:minmax(0,auto);gap:.2rem;font-size:.85rem;max-width:100%}
        input,select,button{font:inherit;padding:.4rem .6rem;border:1px solid var(--line);border-radius:6px;max-width:100%}button{cursor:pointer}
        table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line);white-space:nowrap}
        .sum{text-align:right}.note{padding:.6rem 1rem;border-radius:8px;border:2px solid;overflow-wrap:anywhere}.done{border-color:#2a7d46}.mistake{border-color:#b3261e}
        </style></head><body>
        """;
}
