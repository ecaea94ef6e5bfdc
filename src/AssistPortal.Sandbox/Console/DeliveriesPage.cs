using System.Globalization;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.PayPages;
using AssistPortal.Sandbox.Push;

namespace AssistPortal.Sandbox.Console;

/// <summary>Pushes with their attempts, and where each merchant wants its results.</summary>
internal static class DeliveriesPage
{
    public static string Write(
        IReadOnlyList<PushDelivery> deliveries, IReadOnlyList<(Merchant Merchant, PushSetting? Setting)> settings, int? merchantId, string? state, Note note) =>
        ConsoleFrame.Write("Доставки", "/console/deliveries", note, Html.Of($"""
            <h1>Доставки</h1><p class="lead">Результаты операций, которые шлюз сам отправляет предприятиям.</p>
            <section><form method="get" action="/console/deliveries"><label>Предприятие {ConsoleFrame.Merchants(merchantId, "все")}</label>
            <label>Состояние <select name="state">{ConsoleFrame.Option("", "любое")}{Html.Join(PushState.All.Select(one => ConsoleFrame.Option(one, StateText(one), one == state)))}</select></label><button>Показать</button></form>
            {List(deliveries)}</section>
            <section id="settings"><h2>Куда отправлять</h2>{Html.Join(settings.Select(pair => Setting(pair.Merchant, pair.Setting)))}</section>
            """));

    /// <summary>Deliveries, each with its attempts and the button that sends it again.</summary>
    public static Html List(IReadOnlyList<PushDelivery> deliveries) => deliveries.Count == 0
        ? Html.Of($"""<p class="empty">Доставок нет.</p>""")
        : Html.Of($"""<div class="cards">{Html.Join(deliveries.Select(Delivery))}</div>""");

    private static Html Delivery(PushDelivery delivery)
    {
        var row = delivery.Row;
        var due = row.State == PushState.Waiting ? Html.Of($"""<span class="quiet">следующая попытка {WireTime.Format(row.DueAt)}</span>""") : Html.None;
        return Html.Of($"""
            <article class="card"><div class="line"><a href="/console/orders/{row.Billnumber.Order}"><b>{row.Billnumber.ToString()}</b></a>{State(row.State)}<span class="quiet">{row.MerchantId} · {row.Protocol} · {WireTime.Format(row.CreatedAt)}</span>{due}
            <form method="post" action="/console/resend"><input type="hidden" name="id" value="{row.Id.ToString(CultureInfo.InvariantCulture)}"><button>Отправить ещё раз</button></form></div>
            {Attempts(delivery.Attempts)}
            <details><summary>Что отправлено</summary><pre>{row.Body}</pre></details></article>
            """);
    }

    private static Html Attempts(IReadOnlyList<PushAttempt> attempts) => attempts.Count == 0 ? Html.None : Html.Of($"""
        <div class="wide"><table><thead><tr><th>Попытка, UTC</th><th class="sum">мс</th><th>HTTP</th><th>Вердикт</th><th>Ответ</th></tr></thead><tbody>{Html.Join(attempts.Select(attempt => Html.Of($"""
            <tr><td>{WireTime.Format(attempt.At)}</td><td class="sum">{attempt.Milliseconds.ToString(CultureInfo.InvariantCulture)}</td><td>{attempt.HttpStatus?.ToString(CultureInfo.InvariantCulture) ?? "—"}</td><td>{attempt.Verdict}</td><td class="long"><code>{attempt.Reply}</code></td></tr>
            """)))}</tbody></table></div>
        """);

    private static Html Setting(Merchant merchant, PushSetting? setting) => Html.Of($"""
        <form method="post" action="/console/push" class="setting"><input type="hidden" name="merchant" value="{merchant.Id}"><b>{merchant.Id} {merchant.Name}</b>
        <label class="grow">Адрес, пустой выключает <input name="url" type="url" maxlength="2000" value="{setting?.Url}"></label>
        <label>Протокол <select name="protocol">{ConsoleFrame.Option(PushProtocol.Post, "POST")}{ConsoleFrame.Option(PushProtocol.Soap, "SOAP", setting?.Protocol == PushProtocol.Soap)}</select></label>
        <label>Принято, если <select name="reply">{ConsoleFrame.Option(ExpectedReply.Status, "ответ 2xx")}{ConsoleFrame.Option(ExpectedReply.Xml, "пакет XML", setting?.Reply == ExpectedReply.Xml)}</select></label>
        <span class="checks">{Check("approve", "оплаты", setting?.Approve ?? true)}{Check("charge", "подтверждения", setting?.Charge ?? true)}{Check("cancel", "отмены", setting?.Cancel ?? true)}{Check("onlySuccessful", "только успешные", setting?.OnlySuccessful ?? false)}{Check("orderPositions", "позиции чека", setting?.OrderPositions ?? false)}</span>
        <button>Сохранить</button></form>
        """);

    private static Html Check(string name, string text, bool on) =>
        Html.Of($"""<label class="check"><input type="checkbox" name="{name}" value="1"{(on ? new Html(" checked") : Html.None)}> {text}</label>""");

    private static Html State(string state) =>
        ConsoleFrame.Badge(state switch { PushState.Delivered => "good", PushState.GivenUp => "bad", _ => "wait" }, StateText(state));

    private static string StateText(string state) => state switch
    {
        PushState.Waiting => "ждёт",
        PushState.Delivered => "доставлено",
        PushState.GivenUp => "оставлено",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
