using System.Globalization;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Faults;
using AssistPortal.Sandbox.PayPages;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.Console;

/// <summary>The console's first page: time, payment, buyers, faults and the latest orders.</summary>
internal static class ConsolePage
{
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

    public static string Write(Overview overview, Note note) => ConsoleFrame.Write("Пульт", "/console", note, Html.Of($"""
        <h1>Тестовый шлюз</h1><p class="lead">Учебный АПК Ассист: деньги не настоящие, карты только из списка.</p>
        <div class="two">{Clock(overview)}{Traffic(overview)}</div>
        {Payment}
        {Faults(overview)}
        <section id="orders"><h2>Последние заказы</h2>{ConsoleFrame.Orders(overview.Latest)}<p><a href="/console/orders">Все заказы и поиск</a></p>
        <form method="post" action="/console/bulk"><label>Предприятие {ConsoleFrame.Merchants(null)}</label>
        <label>Заказов <input name="orders" value="1000" inputmode="numeric" size="8"></label><label>За дней <input name="days" value="30" inputmode="numeric" size="5"></label><button>Насыпать заказов</button></form></section>
        """));

    /// <summary>The form that sets how many buyers a minute come.</summary>
    public static Html TrafficForm(double perMinute) => Html.Of($"""
        <form method="post" action="/console/traffic"><label>Покупателей в минуту <input name="perMinute" value="{perMinute.ToString("0.##", CultureInfo.InvariantCulture)}" inputmode="decimal" size="6"></label><button>Установить</button></form>
        """);

    private static Html Clock(Overview overview) => Html.Of($"""
        <section id="clock"><h2>Время</h2><p class="big">{WireTime.Format(overview.Now)} <small>UTC</small></p>
        <p class="quiet">Впереди настоящего на {overview.Offset.TotalHours.ToString("0.##", CultureInfo.InvariantCulture)} ч</p>
        <form method="post" action="/console/advance"><label>Вперёд на, ч <input name="hours" value="24" inputmode="decimal" size="6"></label><button>Передвинуть часы</button></form>
        <form method="post" action="/console/close"><button>Закрыть операционный день</button></form></section>
        """);

    private static Html Traffic(Overview overview) => Html.Of($"""
        <section id="traffic"><h2>Покупатели</h2><p class="big">{overview.TrafficPerMinute.ToString("0.##", CultureInfo.InvariantCulture)} <small>в минуту</small></p>
        <p class="quiet">Приходят сами, платят тестовыми картами; 0 — никто не придёт</p>{TrafficForm(overview.TrafficPerMinute)}
        <p><a href="/console/traffic">Запросы к сервисам</a></p></section>
        """);

    private static Html Payment => Html.Of($"""
        <section id="pay"><h2>Оплата</h2><form method="post" action="/console/pay"><label>Предприятие {ConsoleFrame.Merchants(null)}</label>
        <label>Номер заказа <input name="ordernumber" maxlength="128" placeholder="даст шлюз"></label>
        <label>Сумма <input name="amount" value="100.00" inputmode="decimal" size="10"></label>
        <label>Валюта <select name="currency"><option>RUB</option><option>USD</option><option>EUR</option></select></label>
        <label>Стадии <select name="delay"><option value="">как у предприятия</option><option value="0">одна</option><option value="1">две</option></select></label>
        <label>Карта <select name="card">{Html.Join(TestCard.All.Select(card =>
            ConsoleFrame.Option(card.Number, $"{card.Number} {card.Means.TypeName} → {card.Answer.Wire}")))}{ConsoleFrame.Option("", "покупатель уходит, не заплатив")}</select></label>
        <label>Комментарий <input name="comment" maxlength="4000"></label><button>Заплатить</button></form></section>
        """);

    private static Html Faults(Overview overview) => Html.Of($"""
        <section id="faults"><h2>Сбои</h2><form method="post" action="/console/fault"><label>Сервис <select name="service">{Html.Join(
            WebService.All.Select(service => ConsoleFrame.Option(service.Name, service.Name)))}{ConsoleFrame.Option(FaultPlan.AnyService, "любой")}</select></label>
        <label>Что случится <select name="mode">{Html.Join(Modes.Select(mode => ConsoleFrame.Option(mode.Mode, mode.Text)))}</select></label>
        <label>Раз <input name="times" value="1" inputmode="numeric" size="4"></label><button>Подстроить сбой</button></form>
        <form method="post" action="/console/fault"><input type="hidden" name="service" value="*"><input type="hidden" name="mode" value="refuse-connection"><input type="hidden" name="times" value="1">
        <label>Не принимать соединений, с <input name="seconds" value="30" inputmode="decimal" size="5"></label><button>Закрыть порт</button></form>
        {Planned(overview)}</section>
        """);

    private static Html Planned(Overview overview)
    {
        var late = overview.Late > 0 ? Html.Of($"<p>Отложенных запросов: {overview.Late}</p>") : Html.None;
        return overview.Faults.Count == 0 ? late : Html.Of($"""
            <ul>{Html.Join(overview.Faults.Select(fault => Html.Of($"<li>{fault.Service}: {fault.Mode}, ещё {fault.Times}</li>")))}</ul>
            <form method="post" action="/console/clear"><button>Убрать все сбои</button></form>{late}
            """);
    }
}
