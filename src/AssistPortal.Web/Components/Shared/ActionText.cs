using System.Globalization;
using AssistPortal.Core.Actions;
using AssistPortal.Protocol;
using AssistPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Shared;

/// <summary>What an action does and what came of it, in words: what happened, what it means for the money, what to do.</summary>
public static class ActionText
{
    /// <summary>"Confirmation of 100,00 ₽".</summary>
    public static string Name(MoneyAction action, IStringLocalizer<SharedText> texts) =>
        texts[action.Kind == ActionKind.Confirm ? "ConfirmationOf" : "CancellationOf", MoneyFormat.Text(action.Amount)];

    /// <summary>Where it stands and what happens next.</summary>
    public static string Explain(MoneyAction action, IStringLocalizer<SharedText> texts) => action.State switch
    {
        ActionState.Declined when action.ResponseCode is { } code => texts["DeclinedBecause", Meaning(code), Advice(code)],
        ActionState.Refused when action.ErrorFirst is { } first => texts["RefusedBecause", Error(first, action.ErrorSecond)],
        ActionState.Succeeded => texts[action.Kind == ActionKind.Confirm ? "SucceededConfirm" : "SucceededCancel", MoneyFormat.Text(action.Amount)],
        _ => texts[$"Action{action.State}Title"],
    };

    /// <summary>What the gateway said at a step, if it said something.</summary>
    public static string? Answer(ActionStep step) => step switch
    {
        { ResponseCode: { } code } => $"{code.Wire} · {Meaning(code)}",
        { ErrorFirst: { } first } => $"{new ErrorCode(first, step.ErrorSecond ?? 0)} · {Error(first, step.ErrorSecond)}",
        _ => null,
    };

    public static string Meaning(ResponseCode code) => code.Meaning.For(CultureInfo.CurrentUICulture);

    public static string Advice(ResponseCode code) => code.Advice.For(CultureInfo.CurrentUICulture);

    private static string Error(int first, int? second) => new ErrorCode(first, second ?? 0).Text.For(CultureInfo.CurrentUICulture);
}
