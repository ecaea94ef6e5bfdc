using System.Globalization;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Engine;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>Choice of means; the card form with the test cards, the QR code of the fast payments system, the wallet.</summary>
internal static class MeansPage
{
    private static readonly (PayMeans Means, string Name, Html Icon, LocalText Text)[] Tabs =
    [
        (PayMeans.Card, "card", PayIcons.Card, new("Карта", "Card")),
        (PayMeans.FastPay, "sbp", PayIcons.Qr, new("СБП", "QR")),
        (PayMeans.Wallet, "wallet", PayIcons.Wallet, new("Кошелёк", "Wallet")),
    ];

    /// <summary>The means asked for in the address, or the first of those offered.</summary>
    public static PayMeans Choose(PayMeans offered, string? name)
    {
        var allowed = Tabs.Where(tab => offered.HasFlag(tab.Means)).ToList();
        return allowed.FirstOrDefault(tab => tab.Name == name, allowed[0]).Means;
    }

    public static string Write(PayPage page, PayMeans chosen, string origin, CardEntry entry, IReadOnlyList<FieldError> errors)
    {
        var content = chosen switch
        {
            PayMeans.Card => CardForm(page, entry, errors),
            PayMeans.FastPay => Other(
                page, "sbp", Html.Of($"""<div class="qr">{QrDrawing.Of(origin + page.View.Visit.Address("pay") + "&means=sbp")}</div>"""),
                page.T("Отсканируйте код камерой телефона и подтвердите оплату в приложении банка.", "Scan the code with your phone and confirm the payment in your bank's app."),
                page.T("Банк подтвердил", "The bank confirmed")),
            _ => Other(
                page, "wallet", Html.Of($"""<p class="wallet">{PayIcons.Wallet}<span><b>{page.T("Учебный кошелёк", "Practice wallet")}</b>test@wallet.example</span></p>"""),
                page.T("Кошелёк попросит подтвердить оплату у себя.", "The wallet will ask you to confirm the payment."),
                page.T("Оплатить из кошелька", "Pay from the wallet")),
        };
        return page.Write(
            page.T("Оплата", "Payment"),
            Html.Of($"""<h1>{page.T("Оплата", "Payment")}</h1>{Failure(page, errors)}{TabBar(page, chosen)}{content}"""));
    }

    private static Html TabBar(PayPage page, PayMeans chosen)
    {
        var offered = Tabs.Where(tab => page.View.Visit.Means.HasFlag(tab.Means)).ToList();
        return offered.Count < 2 ? Html.None : Html.Of($"""
            <nav class="tabs" aria-label="{page.T("Способ оплаты", "Means of payment")}">{Html.Join(offered.Select(tab => Html.Of(
                $"""<a href="{page.View.Visit.Address("pay")}&means={tab.Name}"{(tab.Means == chosen ? new Html(" aria-current=\"page\"") : Html.None)}>{tab.Icon}<span>{page.T(tab.Text)}</span></a>""")))}</nav>
            """);
    }

    private static Html Failure(PayPage page, IReadOnlyList<FieldError> errors)
    {
        if (errors.Count > 0 || page.View.LastFailure is not { } failure)
        {
            return Html.None;
        }

        var left = Payments.MostAttempts - page.View.Order.Operations.Count;
        var (what, advice) = failure.AuthResult == "N" ? DeclineText.NotConfirmed : DeclineText.Of(failure.ResponseCode);
        return Html.Of($"""
            <div class="note bad" role="alert">{PayIcons.Failed}<div><b>{page.T(what)}</b><p>{page.T(advice)}</p>
            <p class="small">{(failure.Means.Mask.Length > 0 ? failure.Means.Mask : failure.Means.TypeName)} · {failure.ResponseCode.Wire} · {page.T("деньги не списаны, попыток осталось: ", "nothing was taken, attempts left: ")}{left}</p></div></div>
            """);
    }

    private static Html CardForm(PayPage page, CardEntry entry, IReadOnlyList<FieldError> errors)
    {
        var sum = page.Amount(page.View.Order.ToPay);
        var form = page.Form("card", Html.Of($"""
            {page.Summary(errors)}
            <fieldset class="plastic"><legend>{page.T("Банковская карта", "Bank card")} {PayIcons.Brands}</legend>
            {page.Field(CardEntry.NumberField, page.T("Номер карты", "Card number"), entry.Number, errors, new FieldKind("numeric", "cc-number", 23, "0000 0000 0000 0000"))}
            {page.Field(CardEntry.ExpiryField, page.T("Действует до", "Expiry"), entry.Expiry, errors, new FieldKind("numeric", "cc-exp", 9, page.T("ММ/ГГ", "MM/YY")))}
            {page.Field(CardEntry.CvcField, "CVC", entry.Cvc, errors, new FieldKind("numeric", "cc-csc", 3, "000", "password"))}
            {page.Field(CardEntry.HolderField, page.T("Имя на карте", "Name on card"), entry.Holder, errors, new FieldKind("text", "cc-name", 70, "IVAN IVANOV"))}
            </fieldset>
            <button class="pay">{(page.View.Order.TwoStage ? page.T("Заблокировать", "Authorise") : page.T("Оплатить", "Pay"))} {sum}</button>
            """));
        return Html.Of($"{form}{page.GiveUp()}{TestCards(page)}");
    }

    private static Html TestCards(PayPage page) => Html.Of($"""
        <section class="cards" aria-labelledby="cards"><h2 id="cards">{page.T("Тестовые карты", "Test cards")}</h2>
        <p>{page.T("Нажмите на номер, чтобы подставить его. Срок любой будущий, код любой.", "Press a number to fill it in. Any future expiry, any code.")}</p>
        <table><thead class="unseen"><tr><th scope="col">{page.T("Номер", "Number")}</th><th scope="col">{page.T("Что будет", "What happens")}</th></tr></thead><tbody>
        {Html.Join(TestCard.All.Select((card, index) => Html.Of(
            $"""<tr><td><a href="{page.View.Visit.Address("pay")}&card={index}#main">{Grouped(card.Number)}</a> <small>{card.Means.TypeName}</small></td><td>{page.T(Outcome(card))}</td></tr>""")))}
        </tbody></table></section>
        """);

    /// <summary>A test card filled in.</summary>
    public static CardEntry Filled(string? index) =>
        int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < TestCard.All.Count
            ? new CardEntry(Grouped(TestCard.All[number].Number), "12/30", "123", "TEST TESTOV")
            : CardEntry.Empty;

    private static LocalText Outcome(TestCard card) => card switch
    {
        { Means.Challenged: true } => new("3-D Secure, код 1234", "3-D Secure, code 1234"),
        { Answer.Kind: ResponseKind.Pending } => new("ответ через 20 секунд", "answer after 20 seconds"),
        { PointsMinor: not null } => new("оплата, баллы «Спасибо»", "paid, Spasibo points"),
        { Answer.Kind: ResponseKind.Completed } => new("оплата проходит", "paid"),
        _ => new(DeclineText.Of(card.Answer).What.Ru.ToLowerInvariant(), DeclineText.Of(card.Answer).What.En.ToLowerInvariant()),
    };

    private static Html Other(PayPage page, string means, Html picture, string text, string confirm) => Html.Of($"""
        <div class="other">{picture}<p>{text}</p>
        {page.Form("other", Html.Of($"""<input type="hidden" name="means" value="{means}"><p class="hint">{page.T("Учебный ответ вместо банка:", "A practice answer in place of the bank's:")}</p><button class="pay" name="answer" value="yes">{confirm}</button><button class="second" name="answer" value="no">{page.T("Банк отказал", "The bank declined")}</button>"""))}
        </div>{page.GiveUp()}
        """);

    private static string Grouped(string number) => string.Join(' ', number.Chunk(4).Select(chunk => new string(chunk)));
}
