using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Actions;

/// <summary>Does the next step of one action: sends what is queued, finds out what is unknown, brings the copy up to date after a verdict.</summary>
internal sealed class WorkAction(Ledger ledger, AskOrder askOrder, SendAction sendAction, FindOut findOut, Timetable timetable, IOptions<ActionOptions> options, TimeProvider time)
{
    /// <summary>Takes the action and does its next step; nothing when it isn't due or another worker has it.</summary>
    /// <param name="actionId">The action.</param>
    /// <param name="stopping">The portal stops: nothing new is begun, but a command on its way and its verdict are never given up.</param>
    public async Task RunAsync(Guid actionId, CancellationToken stopping)
    {
        if (await ledger.TakeAsync(actionId, options.Value.LeaseTime, stopping) is not { } held)
        {
            return;
        }

        using var activity = ActionTelemetry.Source.StartActivity($"action {held.Action.State}");
        activity?.SetTag("action.id", actionId);
        try
        {
            await (held.Action.State switch
            {
                ActionState.Queued => sendAction.RunAsync(held, stopping),
                ActionState.Sending => RecoverAsync(held, stopping),
                ActionState.OutcomeUnknown => FindOutAsync(held, stopping),
                _ => RefreshAsync(held, stopping),
            });
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Given back at once instead of when the lease runs out: the next start goes on without waiting.
            await ledger.ChangeAsync(held, null, view => timetable.Later(view.Action, null, time.GetUtcNow()), CancellationToken.None);
        }
    }

    private async Task RecoverAsync(HeldAction held, CancellationToken stopping) => await ledger.ChangeAsync(
        held,
        null,
        view =>
        {
            var now = time.GetUtcNow();
            view.Action.LoseOutcome(null, null, "the lease ran out before the answer was written down", now, now);
            return [];
        },
        stopping);

    private async Task FindOutAsync(HeldAction held, CancellationToken stopping)
    {
        var (news, silence) = await askOrder.RunAsync(held.Action, stopping);
        if (news is null)
        {
            await ledger.ChangeAsync(
                held,
                null,
                view => timetable.Later(view.Action, silence, timetable.Next(view.Action, time.GetUtcNow(), options.Value.MaxInquiryInterval)),
                stopping);
            return;
        }

        await ledger.ChangeAsync(held, news, view => findOut.Apply(findOut.Judge(view, news), view.Action, time.GetUtcNow()), stopping);
    }

    private async Task RefreshAsync(HeldAction held, CancellationToken stopping)
    {
        var (news, _) = await askOrder.RunAsync(held.Action, stopping);
        if (news is null)
        {
            await ledger.ChangeAsync(held, null, view => timetable.Later(view.Action, null, timetable.NextRefresh(view.Action, time.GetUtcNow())), stopping);
            return;
        }

        await ledger.ChangeAsync(
            held,
            news,
            view =>
            {
                var missing = view.Action.State == ActionState.Succeeded && !view.HasOperation;
                var found = missing ? FindOwn(view, news) : [];
                var next = missing && found.Count == 0 ? timetable.NextRefresh(view.Action, time.GetUtcNow()) : MoneyAction.Never;
                timetable.Later(view.Action, null, next);
                return found;
            },
            stopping);
    }

    // The money is known to have moved. Of several equal operations any is as good as the other, and the first is the likeliest.
    private IReadOnlyList<int> FindOwn(LedgerView view, OrderNews news) => findOut.Judge(view, news) switch
    {
        Finding.Executed { Succeeded: true } executed => executed.Operations,
        Finding.Ambiguous ambiguous => [.. view.Order.Operations
            .Where(operation => ambiguous.Operations.Contains(operation.Number) && operation.Outcome == Orders.OperationOutcome.Succeeded && operation.ActionId is null)
            .Select(operation => operation.Number)
            .Order()
            .Take(1)],
        _ => [],
    };
}
