using System.Globalization;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>The pages of one visit: chooses by its stage, and writes what they have in common.</summary>
internal sealed class PayPage(PayView view)
{
    public PayView View => view;

    public string T(string ru, string en) => view.Language == Language.En ? en : ru;

    public string T(LocalText text) => T(text.Ru, text.En);

    public string Amount(Money money) => Showing.Amount(money, view.Language);

    /// <summary>A form that does one thing at one step of the visit.</summary>
    public Html Form(string page, Html content, string style = "") => Html.Of($"""
        <form method="post" action="/pay/{page}.cfm" class="{style}" novalidate autocomplete="on"><input type="hidden" name="CFSID" value="{view.Visit.Cfsid}"><input type="hidden" name="step" value="{view.Visit.Step}">{content}</form>
        """);

    /// <summary>Errors first, each a link to its field.</summary>
    public Html Summary(IReadOnlyList<FieldError> errors) => errors.Count == 0 ? Html.None : Html.Of($"""
        <div class="note bad" role="alert" id="errors">{PayIcons.Warning}<div><b>{T("Проверьте поля", "Check the fields")}</b><ul>{Html.Join(errors.Select(error => Html.Of($"""<li><a href="#{error.Field}">{T(error.Text)}</a></li>""")))}</ul></div></div>
        """);

    /// <summary>A labelled input with its error and hint.</summary>
    public Html Field(string name, string label, string value, IReadOnlyList<FieldError> errors, FieldKind kind, string hint = "")
    {
        var error = errors.FirstOrDefault(known => known.Field == name);
        var focus = error is not null && errors[0] == error ? new Html(" autofocus") : Html.None;
        var described = error is not null ? Html.Of($""" aria-invalid="true" aria-describedby="{name}-error" """) : Html.None;
        var message = error is null
            ? hint.Length > 0 ? Html.Of($"""<span class="hint">{hint}</span>""") : Html.None
            : Html.Of($"""<span class="error" id="{name}-error">{T(error.Text)}</span>""");
        return Html.Of($"""
            <div class="field {name}"><label for="{name}">{label}</label><input id="{name}" name="{name}" value="{value}" type="{kind.Type}" inputmode="{kind.InputMode}" autocomplete="{kind.Autocomplete}" maxlength="{kind.Longest}" placeholder="{kind.Placeholder}" required{described}{focus}>{message}</div>
            """);
    }

    public string Write(string title, Html main, string? refresh = null) =>
        PayFrame.Write(view.Language, $"{title} · {view.Merchant.Name}", Order(), main, Languages(), refresh);

    /// <summary>A button that gives the payment up, where nothing runs.</summary>
    public Html GiveUp() => Form(
        "giveup", Html.Of($"""<button class="quiet">{T("Отказаться от оплаты", "Cancel the payment")}</button>"""), "leave");

    private Html Order()
    {
        var order = view.Order;
        var charge = order.ToPay;
        var converted = charge.Currency == order.Amount.Currency
            ? Html.None
            : Html.Of($"""<p class="converted">{T("Спишется", "You will be charged")} <b>{Amount(charge)}</b></p>""");
        var comment = order.Comment.Length == 0
            ? Html.None
            : Html.Of($"""<div><dt>{T("Описание", "Description")}</dt><dd class="comment">{order.Comment}</dd></div>""");
        var left = view.Stage is PayStage.Result or PayStage.Waiting || order.DueAt is not { } due
            ? Html.None
            : Html.Of($"""<p class="left">{PayIcons.Clock} {Showing.Left(due - view.Now, view.Language)}</p>""");
        var two = order.TwoStage
            ? T("Деньги заблокируются на карте, спишутся после подтверждения магазином", "The money is held on the card and taken once the shop confirms")
            : T("Деньги спишутся сразу", "The money is taken at once");
        return Html.Of($"""
            <p class="shop"><span class="mark" aria-hidden="true">{view.Merchant.Name[..1]}</span> {view.Merchant.Name}</p>
            <p class="sum">{Amount(order.Amount)}</p>{converted}{left}
            <dl><div><dt>{T("Заказ", "Order")}</dt><dd>{order.Ordernumber}</dd></div>{comment}
            <div><dt>{T("Номер в шлюзе", "Gateway number")}</dt><dd class="number">{order.Billnumber}</dd></div>
            <div class="manner"><dt>{T("Списание", "Charge")}</dt><dd>{two}</dd></div></dl>
            """);
    }

    private Html Languages()
    {
        var page = view.Stage == PayStage.Result ? "result" : "pay";
        Html Link(Language language, string text) => view.Language == language
            ? Html.Of($"""<b aria-current="true">{text}</b>""")
            : Html.Of($"""<a href="{view.Visit.Address(page)}&Language={language.ToString().ToUpper(CultureInfo.InvariantCulture)}" lang="{language.ToString().ToLower(CultureInfo.InvariantCulture)}" hreflang="{language.ToString().ToLower(CultureInfo.InvariantCulture)}">{text}</a>""");
        return Html.Of($"""<nav class="languages" aria-label="{T("Язык", "Language")}">{Link(Language.Ru, "Русский")} {Link(Language.En, "English")}</nav>""");
    }
}

/// <summary>How an input helps to fill it in.</summary>
internal sealed record FieldKind(string InputMode, string Autocomplete, int Longest, string Placeholder = "", string Type = "text");
