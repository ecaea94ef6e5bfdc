using System.Globalization;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.PayPages;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.Console;

/// <summary>Buyers who come by themselves, and the last requests to the services.</summary>
internal static class TrafficPage
{
    public static string Write(double perMinute, IReadOnlyList<ServedRequest> requests, Note note) => ConsoleFrame.Write("Трафик", "/console/traffic", note, Html.Of($"""
        <h1>Трафик</h1>
        <section><h2>Покупатели</h2>{ConsolePage.TrafficForm(perMinute)}</section>
        <section id="requests"><h2>Запросы к сервисам</h2><p class="quiet">Последние {RequestLog.Kept}, с запуска. Логины, пароли и тела не хранятся.</p>
        {(requests.Count == 0 ? Html.Of($"""<p class="empty">Запросов ещё не было.</p>""") : Table(requests))}</section>
        """));

    private static Html Table(IReadOnlyList<ServedRequest> requests) => Html.Of($"""
        <div class="wide"><table><thead><tr><th>Время, UTC</th><th>Сервис</th><th>Предприятие</th><th>Запрос</th><th>Ответ</th><th>Итог</th><th>Сбой</th><th class="sum">мс</th></tr></thead><tbody>{Html.Join(requests.Select(request => Html.Of($"""
            <tr><td>{WireTime.Format(request.At)}</td><td>{request.Service}</td><td>{request.MerchantId?.ToString(CultureInfo.InvariantCulture) ?? "—"}</td><td>{request.Shape.ToString()}</td><td>{request.Format?.ToString() ?? "—"}</td><td>{Outcome(request)}</td><td>{request.Fault}</td><td class="sum">{request.Took.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture)}</td></tr>
            """)))}</tbody></table></div>
        """);

    private static Html Outcome(ServedRequest request) => request switch
    {
        { HttpStatus: not StatusCodes.Status200OK and var status } => ConsoleFrame.Badge("bad", $"HTTP {status.ToString(CultureInfo.InvariantCulture)}"),
        { Error: null } => ConsoleFrame.Badge("bad", "без ответа сервиса"),
        { Error: { IsNone: true } } => ConsoleFrame.Badge("good", "0 / 0"),
        { Error: { } error } => Html.Of($"{ConsoleFrame.Badge("off", $"{error.First} / {error.Second}")} {error.Text.Ru}"),
    };
}
