using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Actions;

/// <summary>Judges an action by the operations of its order and moves it accordingly.</summary>
internal sealed class FindOut(Timetable timetable, IOptions<ActionOptions> options)
{
    /// <summary>What the answer says about the action.</summary>
    public Finding Judge(LedgerView view, OrderNews news) =>
        Evidence.Judge(view.Action, news.Order, view.Known, view.ClaimedByOthers, news.AskedAt, options.Value.SettlingTime);

    /// <summary>Moves the action as found, or puts it off.</summary>
    /// <returns>The operations that are the action's.</returns>
    public IReadOnlyList<int> Apply(Finding finding, MoneyAction action, DateTimeOffset now)
    {
        switch (finding)
        {
            case Finding.Executed { Succeeded: true } executed:
                action.Succeed(executed.Code, "found by operations", now);
                return executed.Operations;

            case Finding.Executed executed:
                action.Decline(executed.Code, "found by operations", now);
                return executed.Operations;

            case Finding.Ambiguous ambiguous:
                action.AskPerson($"operations {string.Join(", ", ambiguous.Operations)} could each be the action's", now);
                return [];

            case Finding.NotExecuted when action is { Kind: ActionKind.Confirm, IsFull: true } && action.Attempts < options.Value.MaxConfirmAttempts:
                action.Repeat("not carried out within the settling time; a full confirmation is sent again", now);
                return [];

            case Finding.NotExecuted:
                action.FindNotExecuted("not carried out within the settling time", now);
                return [];

            case Finding.ProvesNothing:
                return timetable.Later(action, "orderresult lacks operations known before", timetable.Next(action, now, options.Value.MaxInquiryInterval));

            default:
                var seen = finding is Finding.Running running ? $"operation {running.Operation} isn't finished" : null;
                if (action.State == ActionState.Queued)
                {
                    action.LoseOutcome(null, null, seen ?? "an earlier attempt may still be carried out", now, now + Timetable.FirstWait);
                    return [];
                }

                return timetable.Later(action, seen, timetable.Next(action, now, options.Value.MaxInquiryInterval));
        }
    }
}
