using System.Globalization;
using AssistPortal.Core;
using AssistPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Shared;

/// <summary>The one place where an expected failure becomes a sentence for a person.</summary>
public static class ProblemText
{
    public static string Of(Problem problem, IStringLocalizer<SharedText> texts) => problem switch
    {
        Problem.Denied denied => texts["Denied", texts[$"Right{denied.Permission}"]],
        Problem.NotYours notYours => texts["NotYours", texts[$"Right{notYours.Permission}"]],
        Problem.Preview => texts["OnlyPreview"],
        Problem.NotFound => texts["NotFound"],
        Problem.Invalid { Limit: { } limit } invalid => texts[$"Invalid{invalid.Reason}", MoneyFormat.Text(limit)],
        Problem.Invalid invalid => texts[$"Invalid{invalid.Reason}", ""],
        Problem.OpenAction => texts["OpenAction"],
        Problem.Changed => texts["Changed"],
        Problem.StepUp => texts["StepUp"],
        Problem.Gateway gateway => gateway.Failure.Text.For(CultureInfo.CurrentUICulture),
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, null),
    };

    public static string Of(MoneyInputFault fault, string currency, IStringLocalizer<SharedText> texts) =>
        texts[$"Money{fault}", Protocol.Currency.MinorDigits(currency)];

    /// <summary>A wrong value in an address.</summary>
    public static string Of(QueryFault fault, IStringLocalizer<SharedText> texts) => texts["WrongQuery", fault.Value, texts[$"Query-{fault.Name}"]];
}
