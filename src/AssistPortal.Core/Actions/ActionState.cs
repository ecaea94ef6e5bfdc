namespace AssistPortal.Core.Actions;

/// <summary>What an action does.</summary>
public enum ActionKind
{
    /// <summary>charge.</summary>
    Confirm = 0,

    /// <summary>wscancel.</summary>
    Cancel = 1,
}

/// <summary>Where an action stands (architecture: the action ledger).</summary>
public enum ActionState
{
    /// <summary>Waits for a second person.</summary>
    AwaitingApproval = 0,

    /// <summary>A second person said no.</summary>
    Rejected = 1,

    /// <summary>Nobody approved in time.</summary>
    Expired = 2,

    /// <summary>Taken back before it was sent.</summary>
    Withdrawn = 3,

    /// <summary>Stopped by a freeze; goes on when the freeze ends.</summary>
    Held = 4,

    /// <summary>Written down, to be sent.</summary>
    Queued = 5,

    /// <summary>The order changed since the author looked: a person looks again.</summary>
    Stale = 6,

    /// <summary>The command is on its way.</summary>
    Sending = 7,

    /// <summary>The money moved.</summary>
    Succeeded = 8,

    /// <summary>The operation was declined; no money moved.</summary>
    Declined = 9,

    /// <summary>The gateway refused the request; no money moved.</summary>
    Refused = 10,

    /// <summary>The answer was lost: the truth is being found out, and nothing is sent meanwhile.</summary>
    OutcomeUnknown = 11,

    /// <summary>Found out: the command was not carried out. A person may send it again.</summary>
    NotExecuted = 12,

    /// <summary>More than one operation could be the action's: a person decides.</summary>
    NeedsPerson = 13,

    /// <summary>Decided by two people with evidence.</summary>
    ResolvedByHand = 14,
}

/// <summary>Groups of states.</summary>
public static class ActionStates
{
    /// <summary>States in which an order takes no other action.</summary>
    public static readonly IReadOnlyList<ActionState> Open =
        [ActionState.AwaitingApproval, ActionState.Held, ActionState.Queued, ActionState.Sending, ActionState.OutcomeUnknown, ActionState.NeedsPerson];

    /// <summary>Whether the action is open.</summary>
    public static bool IsOpen(this ActionState state) => Open.Contains(state);
}
