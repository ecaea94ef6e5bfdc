using AssistPortal.Protocol;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>How it ended, and the way back to the shop.</summary>
internal static class ResultPage
{
    private const int SecondsToReturn = 10;

    public static string Write(PayPage page)
    {
        var view = page.View;
        var (style, icon, title, text) = Outcome(view);
        var back = view.ReturnAddressToShop;
        var link = back is null
            ? Html.Of($"""<p class="hint">{page.T("Эту страницу можно закрыть.", "You may close this page.")}</p>""")
            : Html.Of($"""<a class="pay" href="{back}">{page.T("Вернуться в магазин", "Back to the shop")}</a><p class="hint">{page.T("Через 10 секунд вернём сами:", "We will take you there in 10 seconds:")} {ReturnAddress.HostOf(back)}</p>""");
        return page.Write(
            page.T(title),
            Html.Of($"""
                <div class="outcome {style}" role="status">{icon}<h1>{page.T(title)}</h1><p class="lead">{page.T(text)}</p></div>
                {Operations(page)}{link}
                """),
            back is null ? null : $"{SecondsToReturn};url={back}");
    }

    private static (string Style, Html Icon, LocalText Title, LocalText Text) Outcome(PayView view)
    {
        if (view.Order.State == OrderState.Approved)
        {
            return ("good", PayIcons.Done, new("Оплачено", "Paid"), new("Платёж прошёл, можно вернуться в магазин.", "The payment went through, you may go back to the shop."));
        }

        if (view.Order.State == OrderState.Delayed)
        {
            return ("good", PayIcons.Done, new("Деньги заблокированы", "The money is held"), new(
                "Они спишутся, когда магазин подтвердит заказ; если нет, блокировка снимется сама.",
                "It is taken once the shop confirms the order; otherwise the hold goes by itself."));
        }

        if (view.Order.State == OrderState.Timeout)
        {
            return ("late", PayIcons.Clock, new("Время на оплату вышло", "The time to pay is over"), new(
                "Деньги не списаны. Вернитесь в магазин и оформите заказ заново.", "Nothing was taken. Go back to the shop and order again."));
        }

        return view.Paid
            ? ("late", PayIcons.Clock, new("Заказ изменён магазином", "The shop has changed the order"), new(
                "Оплата прошла, потом магазин подтвердил или отменил её часть или целиком.", "It was paid; later the shop confirmed or cancelled all or a part of it."))
            : ("bad", PayIcons.Failed, new("Оплата не прошла", "Not paid"), new(
                "Деньги не списаны. Заказ можно оформить в магазине заново.", "Nothing was taken. You can order again in the shop."));
    }

    /// <summary>What the card paid, and points beside it where they did.</summary>
    private static Html Operations(PayPage page)
    {
        if (page.View.Order.Payment is not { } payment)
        {
            return Html.None;
        }

        var approval = payment.ApprovalCode.Length == 0
            ? Html.None
            : Html.Of($"""<div><dt>{page.T("Код авторизации", "Approval code")}</dt><dd class="number">{payment.ApprovalCode}</dd></div>""");
        var points = page.View.Order.PointsPayment is not { } part
            ? Html.None
            : Html.Of($"""<div><dt>{page.T("Баллы «Спасибо»", "Spasibo points")}</dt><dd><b>{Showing.Points(part.Amount)}</b></dd></div>""");
        return Html.Of($"""
            <dl class="receipt"><div><dt>{payment.Means.TypeName} {payment.Means.Mask}</dt><dd><b>{page.Amount(payment.Amount)}</b></dd></div>{points}{approval}
            <div><dt>{page.T("Время", "Time")}</dt><dd>{Showing.Instant(payment.EndedAt ?? payment.StartedAt)}</dd></div></dl>
            """);
    }
}
