using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Core.Staff;
using AssistPortal.Core.Sync;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Actions;

/// <summary>What a person may still do with an action.</summary>
public sealed class DecideAction(IDbContextFactory<PortalDbContext> databases, ActorRights rights, AuditLog audit, ActionQueue queue, OrderFeed feed, TimeProvider time)
{
    /// <summary>Takes a Queued, Held or AwaitingApproval action back before it is sent.</summary>
    /// <returns>The action's id; <see cref="InvalidReason.WrongActionState"/> when it is on its way or settled.</returns>
    public Task<Result<Guid>> WithdrawAsync(Guid actionId, Actor actor, CancellationToken cancellationToken) => RunAsync(
        actionId,
        actor,
        "withdraw",
        (_, action, _, now) =>
        {
            if (action.State is not (ActionState.Queued or ActionState.Held or ActionState.AwaitingApproval))
            {
                return Task.FromResult<Problem?>(new Problem.Invalid(InvalidReason.WrongActionState));
            }

            action.Withdraw(actor.Name, now);
            return Task.FromResult<Problem?>(null);
        },
        cancellationToken);

    /// <summary>Sends a NotExecuted action again, as a new attempt of the same action, when the order still allows it.</summary>
    /// <returns>The action's id; <see cref="Problem.OpenAction"/> when another action is open, <see cref="Problem.Changed"/> when the order no longer allows it.</returns>
    public Task<Result<Guid>> SendAgainAsync(Guid actionId, Actor actor, CancellationToken cancellationToken) => RunAsync(
        actionId, actor, "send again", (db, action, token, now) => SendAgainAsync(db, action, actor, now, token), cancellationToken);

    private static async Task<Problem?> SendAgainAsync(PortalDbContext db, MoneyAction action, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (action.State != ActionState.NotExecuted)
        {
            return new Problem.Invalid(InvalidReason.WrongActionState);
        }

        var order = await db.Orders.AsNoTracking().Include(order => order.Operations).SingleAsync(order => order.Billnumber == action.Billnumber, cancellationToken);
        var others = await db.Actions.AsNoTracking().OfOrder(action.Billnumber).ToListAsync(cancellationToken);
        if (others.FirstOrDefault(other => other.State.IsOpen()) is { } open)
        {
            return new Problem.OpenAction(open.Id);
        }

        // An operation that came late is no obstacle: the worker looks for it first, and settles the action instead of sending it.
        var cameLate = order.Operations.Any(operation =>
            operation.Number > action.Baseline && operation.ActionId is null && operation.Type == Evidence.OperationOf(action.Kind));
        var left = Remainder.Of(order, others);
        var available = action.Kind == ActionKind.Confirm ? left.Confirmable : left.Cancellable;
        if (!cameLate && (available.Currency != action.Currency || available.Minor < action.AmountMinor))
        {
            return new Problem.Changed();
        }

        action.SendAgain(actor.Name, now);
        return null;
    }

    private async Task<Result<Guid>> RunAsync(
        Guid actionId,
        Actor actor,
        string what,
        Func<PortalDbContext, MoneyAction, CancellationToken, DateTimeOffset, Task<Problem?>> decide,
        CancellationToken cancellationToken)
    {
        var (problem, action) = await TryAsync(actionId, actor, what, decide, cancellationToken);
        if (problem is null)
        {
            queue.Wake();
            feed.Publish(new OrderChange(action!.MerchantId, action.Billnumber, false));
            return actionId;
        }

        var isDenied = problem is Problem.Denied || (problem is Problem.NotFound && action is not null);
        var cause = problem is Problem.Invalid invalid ? invalid.Reason.ToString() : problem.GetType().Name;
        await audit.WriteAsync(
            actor, AuditEvents.ActionMoved, isDenied ? AuditOutcome.Denied : AuditOutcome.Refused, action?.MerchantId, action?.Billnumber, $"{what} {actionId:D}: {cause}", cancellationToken);
        return problem;
    }

    private async Task<(Problem? Problem, MoneyAction? Action)> TryAsync(
        Guid actionId,
        Actor actor,
        string what,
        Func<PortalDbContext, MoneyAction, CancellationToken, DateTimeOffset, Task<Problem?>> decide,
        CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var seen = await db.Actions.AsNoTracking().SingleOrDefaultAsync(action => action.Id == actionId, cancellationToken);
        var permission = seen?.Kind == ActionKind.Cancel ? Permission.Cancel : Permission.Confirm;
        var now = time.GetUtcNow();
        if (await rights.CheckAsync(db, actor, permission, seen?.MerchantId, cancellationToken) is { } denied)
        {
            return (denied, seen);
        }

        // Locks the order, then the row: from here on no worker takes or moves the action until this decision is written or dropped.
        await db.LockOrderAsync(seen!.Billnumber, cancellationToken);
        await db.Actions.Where(action => action.Id == actionId).ExecuteUpdateAsync(set => set.SetProperty(action => action.Kind, action => action.Kind), cancellationToken);
        var action = await db.Actions.Include(action => action.Steps).SingleAsync(action => action.Id == actionId, cancellationToken);
        var before = action.State;
        if (await decide(db, action, cancellationToken, now) is { } problem)
        {
            return (problem, action);
        }

        audit.Add(db, actor, AuditEvents.ActionMoved, AuditOutcome.Done, action.MerchantId, action.Billnumber, actionId, $"{what}: {before} > {action.State}");
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // Another action was opened on the order in the meantime; the person looks again.
            return (new Problem.Changed(), seen);
        }

        await transaction.CommitAsync(cancellationToken);
        return (null, action);
    }
}
