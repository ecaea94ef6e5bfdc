using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AssistPortal.Core.Actions;

/// <summary>Traces and counts of the ledger under the name <c>AssistPortal.Actions</c>.</summary>
internal static class ActionTelemetry
{
    public const string Name = "AssistPortal.Actions";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Moves = Meter.CreateCounter<long>("assist.actions.moves", description: "Actions that moved to a state.");

    public static void CountMove(ActionKind kind, ActionState state) =>
        Moves.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()), new KeyValuePair<string, object?>("state", state.ToString()));
}
