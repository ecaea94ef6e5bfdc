using AssistPortal.Core.Orders;
using AssistPortal.Protocol;
using AssistPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AssistPortal.Web.Components.Shared;

/// <summary>Words for what the wire names; what the portal doesn't know is shown as the wire says it.</summary>
public static class StateText
{
    public static string Of(OrderState state, IStringLocalizer<SharedText> texts) =>
        state.IsKnown ? texts["State" + state.Wire.Replace(" ", "", StringComparison.Ordinal)] : state.Wire;

    public static string Of(OperationType type, IStringLocalizer<SharedText> texts) =>
        type.IsKnown ? texts["Operation" + type] : texts["OperationOther", type];

    /// <summary>What the operation did; points taken back come as an accrual too, told apart by their subtype.</summary>
    public static string Of(Operation operation, IStringLocalizer<SharedText> texts) =>
        operation.Type == OperationType.Accrual && operation.MeanSubtype == "Reversal" ? texts["Operation500Reversal"] : Of(operation.Type, texts);
}
