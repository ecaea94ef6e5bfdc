using AssistPortal.Protocol;

namespace AssistPortal.Core.Actions;

/// <content>How an action moves. Every move is guarded and leaves a step; the database's fence (<see cref="Ledger"/>) stands around it.</content>
public sealed partial class MoneyAction
{
    /// <summary><see cref="NextStepAt"/> of an action the worker is done with.</summary>
    internal static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const int MaxDetail = 500;

    /// <summary>Writes it down as Queued, due at once.</summary>
    internal void Queue(DateTimeOffset now)
    {
        State = ActionState.Queued;
        CreatedAt = StateAt = NextStepAt = now;
        AddStep(now, AuthorName, null);
    }

    /// <summary>Takes it back before it is sent.</summary>
    internal void Withdraw(string who, DateTimeOffset now) => Move(ActionState.Withdrawn, now, Never, who: who);

    /// <summary>A person sends it again, as a new attempt.</summary>
    internal void SendAgain(string who, DateTimeOffset now)
    {
        Move(ActionState.Queued, now, now, who: who);
        Forget();
    }

    /// <summary>The order changed since the author looked.</summary>
    internal void TurnStale(string detail, DateTimeOffset now) => Move(ActionState.Stale, now, Never, detail: detail);

    /// <summary>The command leaves now. The lease stays until the verdict, or until it runs out and the outcome counts as unknown.</summary>
    internal void Send(DateTimeOffset now, DateTimeOffset leaseUntil)
    {
        Require(ActionState.Sending);
        Forget();
        Attempts++;
        SentAt = now;
        var lease = Lease;
        Move(ActionState.Sending, now, leaseUntil);
        (Lease, LeaseUntil) = (lease, leaseUntil);
    }

    /// <summary>No byte left: the sending didn't happen.</summary>
    internal void ReturnUnsent(string detail, DateTimeOffset now, DateTimeOffset nextStepAt)
    {
        Move(ActionState.Queued, now, nextStepAt, detail: detail);
        UndoAttempt();
    }

    /// <summary>No byte left, too often: it rests until a person decides. Only when nothing was ever sent.</summary>
    internal void GiveUpUnsent(string detail, DateTimeOffset now)
    {
        Move(ActionState.NotExecuted, now, Never, detail: detail);
        UndoAttempt();
    }

    /// <summary>While Sending: how many sendings before this one failed with no byte sent, since a person last decided.</summary>
    internal int UnsentInARow()
    {
        var lastDecision = Steps.Where(step => step.Who is not null).Max(step => step.Number);
        return Steps.Count(step => step.Number > lastDecision && step.State == ActionState.Queued && step.Attempt == Attempts);
    }

    /// <summary>The money moved.</summary>
    internal void Succeed(ResponseCode code, string? detail, DateTimeOffset now)
    {
        Move(ActionState.Succeeded, now, now, code, detail: detail);
        ResponseCode = code;
    }

    /// <summary>The operation was declined.</summary>
    internal void Decline(ResponseCode code, string? detail, DateTimeOffset now)
    {
        Move(ActionState.Declined, now, now, code, detail: detail);
        ResponseCode = code;
    }

    /// <summary>The gateway refused the request.</summary>
    internal void Refuse(ErrorCode error, DateTimeOffset now)
    {
        Move(ActionState.Refused, now, now, error: error);
        (ErrorFirst, ErrorSecond) = (error.First, error.Second);
    }

    /// <summary>The outcome isn't known: from here on it is found out, and nothing is sent meanwhile.</summary>
    internal void LoseOutcome(ResponseCode? code, ErrorCode? error, string detail, DateTimeOffset now, DateTimeOffset nextStepAt)
    {
        Move(ActionState.OutcomeUnknown, now, nextStepAt, code, error, detail: detail);
        ResponseCode = code;
        (ErrorFirst, ErrorSecond) = (error?.First, error?.Second);
    }

    /// <summary>Found out: it was not carried out.</summary>
    internal void FindNotExecuted(string detail, DateTimeOffset now) => Move(ActionState.NotExecuted, now, Never, detail: detail);

    /// <summary>Found out: it was not carried out, and the portal itself sends it again.</summary>
    internal void Repeat(string detail, DateTimeOffset now)
    {
        Move(ActionState.Queued, now, now, detail: detail);
        Forget();
    }

    /// <summary>More than one operation could be the action's.</summary>
    internal void AskPerson(string detail, DateTimeOffset now) => Move(ActionState.NeedsPerson, now, Never, detail: detail);

    /// <summary>Nothing could be decided: tries again later. The reason is written down once, not at every try.</summary>
    internal void Wait(string? detail, DateTimeOffset now, DateTimeOffset nextStepAt)
    {
        NextStepAt = nextStepAt;
        (Lease, LeaseUntil) = (null, null);
        if (detail is not null && Steps.MaxBy(step => step.Number)?.Detail != Cut(detail))
        {
            AddStep(now, null, detail);
        }
    }

    private static bool Leads(ActionState from, ActionState to) => (from, to) switch
    {
        (ActionState.AwaitingApproval, ActionState.Queued or ActionState.Rejected or ActionState.Expired or ActionState.Withdrawn) => true,
        (ActionState.Held, ActionState.Queued or ActionState.Withdrawn) => true,
        (ActionState.Queued, ActionState.Held or ActionState.Withdrawn or ActionState.Stale or ActionState.Sending) => true,
        (ActionState.Sending, ActionState.Succeeded or ActionState.Declined or ActionState.Refused or ActionState.OutcomeUnknown
            or ActionState.Queued or ActionState.NotExecuted) => true,
        (ActionState.OutcomeUnknown, ActionState.Succeeded or ActionState.Declined or ActionState.NotExecuted or ActionState.NeedsPerson
            or ActionState.Queued) => true,
        (ActionState.NotExecuted, ActionState.Queued) => true,
        (ActionState.NeedsPerson, ActionState.ResolvedByHand) => true,
        _ => false,
    };

    // Before a new attempt the portal looks whether an earlier one came through late, and then settles instead of sending.
    private bool SettlesEarlierAttempt(ActionState to) => State == ActionState.Queued && Attempts > 0
        && to is ActionState.Succeeded or ActionState.Declined or ActionState.OutcomeUnknown or ActionState.NeedsPerson;

    private void Require(ActionState to)
    {
        if (!Leads(State, to) && !SettlesEarlierAttempt(to))
        {
            throw new InvalidOperationException($"Action {Id} can't go from {State} to {to}.");
        }
    }

    private void Move(ActionState to, DateTimeOffset now, DateTimeOffset nextStepAt, ResponseCode? code = null, ErrorCode? error = null, string? who = null, string? detail = null)
    {
        Require(to);
        State = to;
        StateAt = now;
        NextStepAt = nextStepAt;
        (Lease, LeaseUntil) = (null, null);
        AddStep(now, who, detail, code, error);
    }

    private void AddStep(DateTimeOffset now, string? who, string? detail, ResponseCode? code = null, ErrorCode? error = null) => Steps.Add(new ActionStep
    {
        ActionId = Id,
        Number = Steps.Count == 0 ? 1 : Steps.Max(step => step.Number) + 1,
        At = now,
        State = State,
        Attempt = Attempts,
        Who = who,
        ResponseCode = code,
        ErrorFirst = error?.First,
        ErrorSecond = error?.Second,
        Detail = detail is null ? null : Cut(detail),
    });

    private void UndoAttempt()
    {
        Attempts--;
        if (Attempts == 0)
        {
            SentAt = null;
        }
    }

    private void Forget()
    {
        ResponseCode = null;
        (ErrorFirst, ErrorSecond) = (null, null);
    }

    private static string Cut(string detail) => detail.Length <= MaxDetail ? detail : detail[..MaxDetail];
}
