using AssistPortal.Gateway;
using AssistPortal.Protocol;

namespace AssistPortal.Core.Actions;

/// <summary>What an answer of orderresult says about an action whose outcome isn't known.</summary>
internal abstract record Finding
{
    private Finding()
    {
    }

    /// <summary>The answer isn't about this order, or lacks an operation known before: it proves nothing either way.</summary>
    public sealed record ProvesNothing : Finding;

    /// <summary>Nothing to see yet, and the settling time isn't over: the command may still be carried out.</summary>
    public sealed record NothingYet : Finding;

    /// <summary>The action's operation is there and not finished.</summary>
    public sealed record Running(int Operation) : Finding;

    /// <summary>The action's operations are there and finished.</summary>
    /// <param name="Succeeded">Whether the money moved.</param>
    /// <param name="Code">Their response code.</param>
    /// <param name="Operations">Their numbers.</param>
    public sealed record Executed(bool Succeeded, ResponseCode Code, IReadOnlyList<int> Operations) : Finding;

    /// <summary>The settling time is over and there is no such operation.</summary>
    public sealed record NotExecuted : Finding;

    /// <summary>More than one operation could be the action's.</summary>
    public sealed record Ambiguous(IReadOnlyList<int> Operations) : Finding;
}

/// <summary>Finds the truth about a lost answer in the gateway's list of operations (architecture: money out, finding out). Pure.</summary>
internal static class Evidence
{
    /// <summary>The type of operation the kind of action makes.</summary>
    public static OperationType OperationOf(ActionKind kind) => kind == ActionKind.Confirm ? OperationType.Confirmation : OperationType.Cancellation;

    /// <summary>Whether the answer is about the action's order and shows every operation known up to the baseline; only then it proves anything.</summary>
    public static bool Holds(OrderSnapshot answer, MoneyAction action, IEnumerable<int> known)
    {
        var shown = answer.Operations.Select(Number).ToHashSet();
        return answer.Billnumber.Order == action.Billnumber && known.All(shown.Contains);
    }

    /// <summary>Judges.</summary>
    /// <param name="action">An action that was sent at least once.</param>
    /// <param name="answer">What orderresult showed of the order.</param>
    /// <param name="known">Numbers of the operations up to the baseline, from the copy: an answer without them is cut short.</param>
    /// <param name="claimed">Numbers of the operations that other actions made.</param>
    /// <param name="askedAt">When the query started; what happened later it can't show.</param>
    /// <param name="settling">How long after the last sending the command may still be carried out.</param>
    public static Finding Judge(MoneyAction action, OrderSnapshot answer, IEnumerable<int> known, IReadOnlySet<int> claimed, DateTimeOffset askedAt, TimeSpan settling)
    {
        var sentAt = action.SentAt ?? throw new ArgumentException("The action was never sent.", nameof(action));
        if (!Holds(answer, action, known))
        {
            return new Finding.ProvesNothing();
        }

        var isSettled = askedAt >= sentAt + settling;
        Finding none = isSettled ? new Finding.NotExecuted() : new Finding.NothingYet();
        var ours = answer.Operations
            .Where(operation => Number(operation) > action.Baseline && operation.Type == OperationOf(action.Kind) && !claimed.Contains(Number(operation)))
            .ToList();
        var payments = answer.Operations.Where(operation => operation.Type == OperationType.Payment && operation.ResponseCode == ResponseCode.Completed).ToList();

        var finding = payments.Count > 1
            ? OfSet(action, ours, payments, isSettled, none)
            : OfOne([.. ours.Where(operation => operation.Amount == action.Amount)], none);

        // A declined operation may belong to an earlier attempt while the last one is still on its way.
        return finding is Finding.Executed { Succeeded: false } && action.Attempts > 1 && !isSettled ? new Finding.NothingYet() : finding;
    }

    private static Finding OfOne(IReadOnlyList<OperationSnapshot> candidates, Finding none) => candidates switch
    {
        [] => none,
        [var only] => only.ResponseCode.Kind switch
        {
            ResponseKind.Completed => new Finding.Executed(true, only.ResponseCode, [Number(only)]),
            ResponseKind.Declined => new Finding.Executed(false, only.ResponseCode, [Number(only)]),
            _ => new Finding.Running(Number(only)),
        },
        _ => Ambiguous(candidates),
    };

    // An order paid with points: one cancellation makes an operation for each payment, and a confirmation takes the card part alone.
    private static Finding OfSet(MoneyAction action, List<OperationSnapshot> set, List<OperationSnapshot> payments, bool isSettled, Finding none)
    {
        if (set.Count == 0)
        {
            return none;
        }

        if (set.FirstOrDefault(operation => operation.ResponseCode.Kind is not (ResponseKind.Completed or ResponseKind.Declined)) is { } running)
        {
            return new Finding.Running(Number(running));
        }

        var sum = set.Where(operation => operation.Amount.Currency == action.Currency).Sum(operation => operation.Amount.Minor);
        var fits = sum == action.AmountMinor
            || (action.Kind == ActionKind.Confirm && payments.Any(payment => payment.Amount == new Money(sum, action.Currency)));
        if (fits && set.All(operation => operation.ResponseCode.Kind == set[0].ResponseCode.Kind))
        {
            return new Finding.Executed(set[0].ResponseCode.Kind == ResponseKind.Completed, set[0].ResponseCode, [.. set.Select(Number)]);
        }

        // Less than the whole may still be joined by the other half.
        return sum < action.AmountMinor && !isSettled ? none : Ambiguous(set);
    }

    private static Finding.Ambiguous Ambiguous(IEnumerable<OperationSnapshot> operations) => new([.. operations.Select(Number)]);

    private static int Number(OperationSnapshot operation) => operation.Billnumber.Operation ?? 0;
}
