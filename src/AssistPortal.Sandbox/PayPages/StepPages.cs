using System.Globalization;
using AssistPortal.Protocol;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>The pages between the request and the result, apart from the means: who pays, points, 3-D Secure, waiting.</summary>
internal static class StepPages
{
    public static string Customer(PayPage page, CustomerEntry entry, IReadOnlyList<FieldError> errors) => page.Write(
        page.T("Кто платит", "Who pays"),
        Html.Of($"""
            <h1>{page.T("Кто платит", "Who pays")}</h1><p class="lead">{page.T("Магазин не передал эти сведения, без них заказ не оплатить.", "The shop didn't send these details, the order can't be paid without them.")}</p>
            {page.Form("customer", Html.Of($"""
                {page.Summary(errors)}
                {page.Field("lastname", page.T("Фамилия", "Last name"), entry.Lastname, errors, new FieldKind("text", "family-name", 70))}
                {page.Field("firstname", page.T("Имя", "First name"), entry.Firstname, errors, new FieldKind("text", "given-name", 70))}
                {page.Field("email", page.T("Электронная почта", "E-mail"), entry.Email, errors, new FieldKind("email", "email", 128, "name@example.com", "email"))}
                <button class="pay">{page.T("Продолжить", "Continue")}</button>
                """))}{page.GiveUp()}
            """));

    public static string Points(PayPage page, Money offered, IReadOnlyList<FieldError> errors) => page.Write(
        page.T("Баллы «Спасибо»", "Spasibo points"),
        Html.Of($"""
            <h1>{page.T("Списать баллы «Спасибо»?", "Use Spasibo points?")}</h1>
            <p class="lead">{page.T("По карте", "With the card")} {page.View.Visit.Card!.Mask} {page.T("к этому заказу можно списать до", "you can use up to")} <b>{Showing.Points(offered)}</b>. {page.T("Балл заменяет рубль, остальное спишется с карты.", "A point stands for a rouble, the rest is charged to the card.")}</p>
            {page.Form("points", Html.Of($"""
                {page.Summary(errors)}
                {page.Field("points", page.T("Сколько баллов списать", "How many points to use"), offered.ToMajor().ToString("0.##", CultureInfo.InvariantCulture), errors, new FieldKind("decimal", "off", 18))}
                <button class="pay" name="answer" value="use">{page.T("Списать и оплатить", "Use them and pay")}</button>
                <button class="second" name="answer" value="none">{page.T("Оплатить без баллов", "Pay without points")} {page.Amount(page.View.Order.ToPay)}</button>
                <button class="quiet" name="answer" value="back">{page.T("Взять другую карту", "Use another card")}</button>
                """))}
            """));

    public static string Challenge(PayPage page)
    {
        var running = page.View.Order.Operations[^1];
        var wrong = page.View.Visit.WrongCodes;
        FieldError[] errors = wrong == 0 ? [] :
        [
            new FieldError("code", new(
                $"Код не подошёл. Осталось попыток: {PayDesk.MostWrongCodes - wrong}",
                $"Wrong code. Attempts left: {PayDesk.MostWrongCodes - wrong}")),
        ];
        return page.Write(
            page.T("Подтверждение банка", "Bank confirmation"),
            Html.Of($"""
                <div class="bank"><p class="issuer">{PayIcons.Shield} <b>{running.Means.Bank}</b><span>3-D Secure</span></p>
                <h1>{page.T("Подтвердите оплату", "Confirm the payment")}</h1>
                <p class="lead">{page.T("Код отправлен в сообщении на телефон владельца карты", "A code was sent to the phone of the owner of card")} {running.Means.Mask}. {page.T("В тестовом шлюзе верный код 1234.", "In the test gateway the right code is 1234.")}</p>
                {page.Form("challenge", Html.Of($"""
                    {page.Field("code", page.T("Код из сообщения", "Code from the message"), "", errors, new FieldKind("numeric", "one-time-code", 6, "0000"))}
                    <button class="pay" name="answer" value="code">{page.T("Подтвердить", "Confirm")} {page.Amount(running.Amount)}</button>
                    <button class="quiet" name="answer" value="leave">{page.T("Вернуться без подтверждения", "Go back without confirming")}</button>
                    """))}</div>
                """));
    }

    public static string Waiting(PayPage page) => page.Write(
        page.T("Ждём ответа банка", "Waiting for the bank"),
        Html.Of($"""
            <div class="outcome wait" role="status"><span class="spinner" aria-hidden="true"></span>
            <h1>{page.T("Ждём ответа банка", "Waiting for the bank")}</h1>
            <p class="lead">{page.T("Обычно это занимает меньше минуты. Не платите второй раз: страница обновится сама.", "It usually takes less than a minute. Don't pay again: the page refreshes by itself.")}</p>
            <p><a class="second" href="{page.View.Visit.Address("pay")}">{page.T("Обновить сейчас", "Refresh now")}</a></p></div>
            """),
        $"3;url={page.View.Visit.Address("pay")}");
}
