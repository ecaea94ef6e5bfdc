using AssistPortal.Protocol;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>A request nobody can pay by, and an address nobody knows.</summary>
internal static class ErrorPage
{
    public static string Refused(ErrorCode error, Language language) => Write(
        language,
        new("Платёж не начат", "The payment can't start"),
        new("Магазин передал неверный запрос, заказ не создан, деньги не списаны. Вернитесь в магазин и сообщите ему:",
            "The shop sent a wrong request, no order was made and nothing was taken. Go back to the shop and tell them:"),
        Html.Of($"""<dl class="receipt"><div><dt>{(language == Language.En ? error.Text.En : error.Text.Ru)}</dt><dd class="number">{error.ToString()}</dd></div></dl>"""));

    public static string Unknown(Language language) => Write(
        language,
        new("Страница оплаты не найдена", "No such payment page"),
        new("Адрес неполный или устарел. Вернитесь в магазин и начните оплату ещё раз.", "The address is incomplete or out of date. Go back to the shop and start again."),
        Html.None);

    private static string Write(Language language, LocalText title, LocalText text, Html more)
    {
        string T(LocalText local) => language == Language.En ? local.En : local.Ru;
        return PayFrame.Write(
            language, T(title), Html.None,
            Html.Of($"""<div class="outcome bad">{PayIcons.Warning}<h1>{T(title)}</h1><p class="lead">{T(text)}</p></div>{more}"""),
            Html.None);
    }
}
