using AssistPortal.Gateway;
using AssistPortal.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Actions;

/// <summary>Sends a queued action: looks at the order, commits Sending, sends once, writes the verdict down. Nothing is sent twice for one commit.</summary>
internal sealed class SendAction(
    Ledger ledger, AskOrder askOrder, AssistClient gateway, FindOut findOut, Timetable timetable, IOptions<ActionOptions> options, TimeProvider time, ILogger<SendAction> logger)
{
    /// <summary>Sends it, unless the order can't be asked for or changed.</summary>
    /// <param name="held">The queued action.</param>
    /// <param name="stopping">The portal stops: nothing is sent any more, but a command on its way and its verdict are never given up.</param>
    public async Task RunAsync(HeldAction held, CancellationToken stopping)
    {
        var (news, silence) = await askOrder.RunAsync(held.Action, stopping);
        if (news is null)
        {
            await ledger.ChangeAsync(held, null, view => timetable.Later(view.Action, silence, timetable.Next(view.Action, time.GetUtcNow(), Timetable.LongestQueueWait)), stopping);
            return;
        }

        var withoutAmount = false;
        var action = await ledger.ChangeAsync(held, news, view => BeforeSending(view, news, out withoutAmount), stopping);
        if (action is not { State: ActionState.Sending })
        {
            return;
        }

        // From here on nobody's token counts: the command is on its way, and only its own time-out ends the wait.
        var outcome = await CommandAsync(action, withoutAmount ? null : action.Amount);
        logger.CommandAnswered(
            action.Id, action.Billnumber, outcome.Verdict, outcome.ResponseCode?.Wire, (outcome.Failure as GatewayFailure.Refused)?.Code.ToString(), (long)outcome.Duration.TotalMilliseconds);
        var shown = ShownBy(outcome, action, news);
        if (await ledger.ChangeAsync(held with { Action = action }, shown, view => Conclude(view, outcome), CancellationToken.None) is null)
        {
            logger.LateVerdict(action.Id, action.Billnumber, outcome.Verdict);
        }
    }

    private IReadOnlyList<int> BeforeSending(LedgerView view, OrderNews news, out bool withoutAmount)
    {
        withoutAmount = false;
        var (action, now) = (view.Action, time.GetUtcNow());
        if (!Evidence.Holds(news.Order, action, view.Known))
        {
            return timetable.Later(action, "orderresult lacks operations known before", timetable.Next(action, now, Timetable.LongestQueueWait));
        }

        if (action.Attempts > 0 && findOut.Judge(view, news) is not Finding.NotExecuted and var finding)
        {
            return findOut.Apply(finding, action, now);
        }

        if (view.Order.Operations.Where(operation => operation.Number > action.Baseline).MinBy(operation => operation.Number) is { } newer)
        {
            action.TurnStale($"operation {newer.Number} is newer than what the author saw", now);
            return [];
        }

        var left = Remainder.Of(view.Order, view.Others);
        var available = action.Kind == ActionKind.Confirm ? left.Confirmable : left.Cancellable;
        var isWhole = action.IsFull || (action.Kind == ActionKind.Cancel ? left.OnlyInFull : left.HasPoints);
        if (action.Amount.Currency != available.Currency || (isWhole ? action.AmountMinor != available.Minor : action.AmountMinor > available.Minor))
        {
            action.TurnStale($"the order is {view.Order.State}, {available} left", now);
            return [];
        }

        withoutAmount = left.HasPoints || (action.Kind == ActionKind.Cancel && view.Order.State == OrderState.Delayed);
        action.Send(now, now + options.Value.LeaseTime);
        return [];
    }

    private Task<CommandOutcome> CommandAsync(MoneyAction action, Money? amount)
    {
        var billnumber = new Billnumber(action.Billnumber);
        return action.Kind == ActionKind.Confirm
            ? gateway.ChargeAsync(new ChargeCommand(action.MerchantId, billnumber, amount, action.AuthorIp), CancellationToken.None)
            : gateway.WsCancelAsync(
                new CancelCommand(action.MerchantId, billnumber, amount, action.Reason ?? CancelReason.Shop, action.Id.ToString("D"), action.AuthorIp),
                CancellationToken.None);
    }

    // The operations of the answer, set into the order as it was shown just before.
    private static OrderNews? ShownBy(CommandOutcome outcome, MoneyAction action, OrderNews before)
    {
        List<OperationSnapshot> operations = [.. outcome.Operations.Where(operation =>
            operation.Billnumber.Order == action.Billnumber && operation.Billnumber.Operation > action.Baseline)];
        return outcome.Verdict is CommandVerdict.Succeeded or CommandVerdict.Declined && operations.Count > 0
            ? new OrderNews(before.Order with { State = outcome.State ?? before.Order.State, Operations = operations }, false, action.SentAt ?? before.AskedAt)
            : null;
    }

    private IReadOnlyList<int> Conclude(LedgerView view, CommandOutcome outcome)
    {
        var (action, now) = (view.Action, time.GetUtcNow());
        var error = (outcome.Failure as GatewayFailure.Refused)?.Code;
        switch (outcome.Verdict)
        {
            case CommandVerdict.Succeeded:
                action.Succeed(outcome.ResponseCode ?? ResponseCode.Completed, null, now);
                return OwnOperations(view, outcome);

            case CommandVerdict.Declined or CommandVerdict.Refused when action.Attempts > 1:
                action.LoseOutcome(outcome.ResponseCode, error, "a later attempt was turned down: the operations decide whether an earlier one came through", now, now);
                return [];

            case CommandVerdict.Declined:
                action.Decline(outcome.ResponseCode ?? default, null, now);
                return OwnOperations(view, outcome);

            case CommandVerdict.Refused:
                action.Refuse(error ?? ErrorCode.None, now);
                return [];

            case CommandVerdict.NothingSent:
                Unsent(action, now);
                return [];

            default:
                action.LoseOutcome(outcome.ResponseCode, error, outcome.Failure?.Brief ?? "the answer leaves the outcome open", now, now + Timetable.FirstWait);
                return [];
        }
    }

    private void Unsent(MoneyAction action, DateTimeOffset now)
    {
        var times = action.UnsentInARow() + 1;
        if (times < options.Value.MaxTransportRetries)
        {
            var wait = TimeSpan.FromSeconds(Math.Min(Timetable.LongestQueueWait.TotalSeconds, Math.Pow(2, times - 1)));
            action.ReturnUnsent("nothing was sent: no connection", now, now + wait);
        }
        else if (action.Attempts > 1)
        {
            action.LoseOutcome(null, null, "nothing was sent: no connection; the operations decide about the attempts before", now, now);
        }
        else
        {
            action.GiveUpUnsent("nothing was sent: no connection", now);
        }
    }

    private static IReadOnlyList<int> OwnOperations(LedgerView view, CommandOutcome outcome)
    {
        var answered = outcome.Operations
            .Where(operation => operation.Billnumber.Order == view.Action.Billnumber && operation.Type == Evidence.OperationOf(view.Action.Kind))
            .Select(operation => operation.Billnumber.Operation)
            .ToHashSet();
        return [.. view.Order.Operations
            .Where(operation => operation.Number > view.Action.Baseline && operation.ActionId is null && answered.Contains(operation.Number))
            .Select(operation => operation.Number)];
    }
}
