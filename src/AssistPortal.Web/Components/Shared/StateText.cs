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
}
