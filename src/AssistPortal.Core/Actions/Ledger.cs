using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Core.Orders;
using AssistPortal.Core.Sync;
using AssistPortal.Gateway;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AssistPortal.Core.Actions;

/// <summary>An action taken by a worker: only who holds this lease, with the action still in this state, may write it.</summary>
/// <param name="Action">The action when it was taken; not tracked.</param>
/// <param name="Lease">The fence.</param>
internal sealed record HeldAction(MoneyAction Action, Guid Lease);

/// <summary>What the gateway showed of an order.</summary>
/// <param name="Order">The order.</param>
/// <param name="IsWhole">Whether all its operations are shown.</param>
/// <param name="AskedAt">When the query or command started.</param>
internal sealed record OrderNews(OrderSnapshot Order, bool IsWhole, DateTimeOffset AskedAt);

/// <summary>What a change is decided on, read inside its transaction after the news were taken into the copy.</summary>
/// <param name="Action">The action, tracked.</param>
/// <param name="Order">The copy with its operations; not tracked.</param>
/// <param name="Others">Other actions of the order that are open or succeeded; not tracked.</param>
internal sealed record LedgerView(MoneyAction Action, Order Order, IReadOnlyList<MoneyAction> Others)
{
    /// <summary>Operations that other actions made.</summary>
    public IReadOnlySet<int> ClaimedByOthers =>
        Order.Operations.Where(operation => operation.ActionId is { } id && id != Action.Id).Select(operation => operation.Number).ToHashSet();

    /// <summary>Operations up to the action's baseline.</summary>
    public IEnumerable<int> Known => Order.Operations.Where(operation => operation.Number <= Action.Baseline).Select(operation => operation.Number);

    /// <summary>Whether an operation of this action is in the copy.</summary>
    public bool HasOperation => Order.Operations.Any(operation => operation.ActionId == Action.Id);
}

/// <summary>
/// Writes the ledger for the worker. Every change is one transaction behind a fence: the action must still be in the state and under the
/// lease it was taken with, so that a late answer can't overwrite a later truth.
/// </summary>
internal sealed class Ledger(IDbContextFactory<PortalDbContext> databases, OrderWriter writer, AuditLog audit, OrderFeed feed, TimeProvider time, ILogger<Ledger> logger)
{
    /// <summary>States in which the worker has something to do once <see cref="MoneyAction.NextStepAt"/> has come.</summary>
    private static readonly ActionState[] Worked =
        [ActionState.Queued, ActionState.Sending, ActionState.OutcomeUnknown, ActionState.Succeeded, ActionState.Declined, ActionState.Refused];

    /// <summary>The next actions to work, with the time each is due, soonest first.</summary>
    public async Task<IReadOnlyList<(Guid Id, DateTimeOffset At)>> DueAsync(DateTimeOffset until, IReadOnlyCollection<Guid> except, int count, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var due = await db.Actions
            .Where(action => Worked.Contains(action.State) && action.NextStepAt <= until && !except.Contains(action.Id))
            .OrderBy(action => action.NextStepAt)
            .Take(count)
            .Select(action => new { action.Id, action.NextStepAt })
            .ToListAsync(cancellationToken);
        return [.. due.Select(action => (action.Id, action.NextStepAt))];
    }

    /// <summary>Takes a due action that nobody holds; <see langword="null"/> when another worker was quicker.</summary>
    public async Task<HeldAction?> TakeAsync(Guid actionId, TimeSpan leaseTime, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var until = now + leaseTime;
        var lease = Guid.CreateVersion7(now);
        var taken = await db.Actions
            .Where(action => action.Id == actionId && Worked.Contains(action.State) && action.NextStepAt <= now && (action.Lease == null || action.LeaseUntil <= now))
            .ExecuteUpdateAsync(
                set => set.SetProperty(action => action.Lease, lease).SetProperty(action => action.LeaseUntil, until).SetProperty(action => action.NextStepAt, until),
                cancellationToken);
        if (taken == 0)
        {
            return null;
        }

        var action = await db.Actions.AsNoTracking().SingleAsync(action => action.Id == actionId, cancellationToken);
        return new HeldAction(action, lease);
    }

    /// <summary>Changes a held action, in one transaction with its steps, its audit entry, the order's copy and the claim on operations.</summary>
    /// <param name="held">The action as it was taken, or as it was last changed under the same lease.</param>
    /// <param name="news">What the gateway showed; goes into the copy first.</param>
    /// <param name="change">Moves the action and says which operations are its own.</param>
    /// <param name="cancellationToken">Gives up; nothing is changed then.</param>
    /// <returns>The action after the change, or <see langword="null"/> when the fence didn't hold and nothing was changed.</returns>
    public async Task<MoneyAction?> ChangeAsync(HeldAction held, OrderNews? news, Func<LedgerView, IReadOnlyList<int>> change, CancellationToken cancellationToken)
    {
        var (id, billnumber, expected) = (held.Action.Id, held.Action.Billnumber, held.Action.State);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockOrderAsync(billnumber, cancellationToken);
        var isHeld = await db.Actions
            .Where(action => action.Id == id && action.State == expected && action.Lease == held.Lease)
            .ExecuteUpdateAsync(set => set.SetProperty(action => action.Lease, held.Lease), cancellationToken) == 1;
        if (!isHeld)
        {
            return null;
        }

        IReadOnlyList<OrderChange> changes = news is null
            ? []
            : await writer.WriteAsync(db, held.Action.MerchantId, [news.Order], news.IsWhole, news.AskedAt, cancellationToken);
        var view = await ReadAsync(db, id, billnumber, cancellationToken);
        var steps = view.Action.Steps.Count;
        var operations = change(view);
        var action = view.Action;
        if (action.State != expected)
        {
            audit.Add(db, null, AuditEvents.ActionMoved, AuditOutcome.Done, action.MerchantId, billnumber, id, $"{expected} > {action.State}, attempt {action.Attempts}");
        }

        await db.SaveChangesAsync(cancellationToken);
        if (operations.Count > 0)
        {
            await ClaimAsync(db, action, operations, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        Tell(action, expected, action.Steps.Count > steps, changes);
        return action;
    }

    private static async Task<LedgerView> ReadAsync(PortalDbContext db, Guid id, string billnumber, CancellationToken cancellationToken)
    {
        var action = await db.Actions.Include(action => action.Steps).SingleAsync(action => action.Id == id, cancellationToken);
        var order = await db.Orders.AsNoTracking().Include(order => order.Operations).SingleAsync(order => order.Billnumber == billnumber, cancellationToken);
        var others = await db.Actions.AsNoTracking().OfOrder(billnumber).Where(other => other.Id != id).ToListAsync(cancellationToken);
        return new LedgerView(action, order, others);
    }

    private static async Task ClaimAsync(PortalDbContext db, MoneyAction action, IReadOnlyList<int> operations, CancellationToken cancellationToken)
    {
        var claimed = await db.Operations
            .Where(operation => operation.Billnumber == action.Billnumber && operations.Contains(operation.Number) && operation.ActionId == null)
            .ExecuteUpdateAsync(set => set.SetProperty(operation => operation.ActionId, action.Id), cancellationToken);
        if (claimed != operations.Count)
        {
            throw new InvalidOperationException($"Action {action.Id} can't claim operations {string.Join(", ", operations)} of order {action.Billnumber}.");
        }
    }

    private void Tell(MoneyAction action, ActionState before, bool isNews, IReadOnlyList<OrderChange> changes)
    {
        if (action.State != before)
        {
            logger.ActionMoved(action.Id, action.Kind, action.Billnumber, action.State, action.Attempts, action.Steps.MaxBy(step => step.Number)?.Detail);
            ActionTelemetry.CountMove(action.Kind, action.State);
        }

        if (changes.Count > 0 || isNews)
        {
            feed.Publish(new OrderChange(action.MerchantId, action.Billnumber, false));
        }
    }
}

/// <summary>Reading and locking for whoever decides about an order's money.</summary>
internal static class LedgerQueries
{
    /// <summary>Actions that count against what is left of the order.</summary>
    public static IQueryable<MoneyAction> OfOrder(this IQueryable<MoneyAction> actions, string billnumber)
    {
        ActionState[] counted = [.. ActionStates.Open, ActionState.Succeeded];
        return actions.Where(action => action.Billnumber == billnumber && counted.Contains(action.State));
    }

    /// <summary>One decision at a time on an order: what SQLite's immediate transactions give, PostgreSQL needs in words.</summary>
    public static Task LockOrderAsync(this PortalDbContext db, string billnumber, CancellationToken cancellationToken) =>
        db.Database.IsNpgsql()
            ? db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Orders" WHERE "Billnumber" = {billnumber} FOR UPDATE""", cancellationToken)
            : Task.CompletedTask;
}
