using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Orders;
using AssistPortal.Gateway;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace AssistPortal.Core.Sync;

/// <summary>
/// The one place that writes the copy of orders. Idempotent, and never backwards: compared by (highest operation number, finished
/// operations), then by the start of the query. Operations are merged by number: a finished one never becomes unfinished, none is ever
/// deleted, and which action owns it is not touched here.
/// </summary>
public sealed class OrderWriter(IDbContextFactory<PortalDbContext> databases, MerchantDirectory merchants, OrderFeed feed, TimeProvider time)
{
    /// <summary>How often a batch is read again because another writer made one of its orders first. Each round meets only rows that are visible afterwards.</summary>
    private const int Rounds = 5;

    /// <summary>What says when a field was seen, and isn't worth telling anybody.</summary>
    private static readonly HashSet<string> Bookkeeping =
        [nameof(Order.SeenAt), nameof(Order.AskedAt), nameof(Order.AnswerAt), nameof(Order.AnswerHighest), nameof(Order.AnswerFinished)];

    /// <summary>Takes answers into the copy in one transaction and tells <see cref="OrderFeed"/> after the commit.</summary>
    /// <param name="merchantId">Whose orders they are.</param>
    /// <param name="snapshots">Orders with the operations the answer showed.</param>
    /// <param name="whole">Whether the answer shows each order with all its operations (orderresult) or only some (resultbydate).</param>
    /// <param name="queryStart">When the query started.</param>
    /// <param name="cancellationToken">Gives up writing; nothing of the batch is kept then.</param>
    /// <returns>What changed; empty when the copy already said so.</returns>
    /// <exception cref="ArgumentException">The merchant isn't configured.</exception>
    /// <exception cref="InvalidOperationException">One of the orders is another merchant's.</exception>
    public async Task<IReadOnlyList<OrderChange>> WriteAsync(int merchantId, IReadOnlyList<OrderSnapshot> snapshots, bool whole, DateTimeOffset queryStart, CancellationToken cancellationToken)
    {
        if (snapshots.Count == 0)
        {
            return [];
        }

        IReadOnlyList<OrderChange> changes;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            changes = await WriteAsync(db, merchantId, snapshots, whole, queryStart, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        foreach (var change in changes)
        {
            feed.Publish(change);
        }

        return changes;
    }

    /// <summary>
    /// The same inside a transaction of the caller, who commits and then publishes the returned changes. Saves the context, pending changes
    /// of the caller included, and lets go of copies of these orders and operations that the caller had loaded: they are to be read again.
    /// </summary>
    internal async Task<IReadOnlyList<OrderChange>> WriteAsync(PortalDbContext db, int merchantId, IReadOnlyList<OrderSnapshot> snapshots, bool whole, DateTimeOffset queryStart, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Orders are written inside a transaction only.");
        }

        var merchant = merchants.Find(merchantId) ?? throw new ArgumentException($"Merchant {merchantId} isn't configured.", nameof(merchantId));
        var start = Microseconds.Stored(queryStart);
        await db.SaveChangesAsync(cancellationToken);
        for (var round = 1; ; round++)
        {
            var orders = await LoadAsync(db, snapshots, cancellationToken);
            foreach (var snapshot in snapshots)
            {
                Merge(db, orders, merchant, snapshot, whole, start);
            }

            var changes = Changes(db, orders);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return changes;
            }
            catch (DbUpdateException exception) when (exception.IsUniqueViolation() && round < Rounds)
            {
                // PostgreSQL only: another writer made the same order a moment ago. EF went back to the savepoint; that row is visible now, and
                // the next round reads it.
            }
        }
    }

    private static void Merge(PortalDbContext db, Dictionary<string, Order> orders, Merchant merchant, OrderSnapshot snapshot, bool whole, DateTimeOffset start)
    {
        if (!orders.TryGetValue(snapshot.Billnumber.Order, out var order))
        {
            order = OrderMerge.NewOrder(merchant, snapshot, start);
            orders.Add(order.Billnumber, order);
            db.Orders.Add(order);
        }

        if (order.MerchantId != merchant.Id)
        {
            throw new InvalidOperationException($"Order {order.Billnumber} belongs to merchant {order.MerchantId}, yet an answer for merchant {merchant.Id} shows it.");
        }

        OrderMerge.Take(order, snapshot, merchant, whole, start);
    }

    /// <summary>The orders of the batch with their operations, locked against other writers until the caller's transaction ends.</summary>
    private static async Task<Dictionary<string, Order>> LoadAsync(PortalDbContext db, IReadOnlyList<OrderSnapshot> snapshots, CancellationToken cancellationToken)
    {
        var billnumbers = snapshots.Select(snapshot => snapshot.Billnumber.Order).Distinct().Order(StringComparer.Ordinal).ToArray();
        foreach (var known in db.ChangeTracker.Entries().Where(entry => IsOf(entry, billnumbers)).ToList())
        {
            known.State = EntityState.Detached;
        }

        // SQLite's transactions are immediate: there is no other writer. PostgreSQL is told, in one order for everybody, so that two batches
        // can't wait for each other.
        var rows = db.Database.IsNpgsql()
            ? db.Orders.FromSql($"""SELECT * FROM "Orders" WHERE "Billnumber" = ANY({billnumbers}) ORDER BY "Billnumber" FOR UPDATE""")
            : db.Orders.Where(order => billnumbers.Contains(order.Billnumber));
        var orders = await rows.ToDictionaryAsync(order => order.Billnumber, cancellationToken);
        await db.Operations.Where(operation => billnumbers.Contains(operation.Billnumber)).LoadAsync(cancellationToken);
        return orders;
    }

    /// <summary>What the merge changed, beyond when something was seen; the orders concerned get their time of change.</summary>
    private List<OrderChange> Changes(PortalDbContext db, Dictionary<string, Order> orders)
    {
        var now = Microseconds.Stored(time.GetUtcNow());
        List<OrderChange> changes = [];
        foreach (var order in orders.Values)
        {
            var entry = db.Entry(order);
            if (IsChanged(entry) || order.Operations.Any(operation => IsChanged(db.Entry(operation))))
            {
                order.ChangedAt = now;
                changes.Add(new OrderChange(order.MerchantId, order.Billnumber, IsNew: entry.State == EntityState.Added));
            }
        }

        return changes;
    }

    private static bool IsChanged(EntityEntry entry) => entry.State == EntityState.Added
        || entry.Properties.Any(property => property.IsModified && !Bookkeeping.Contains(property.Metadata.Name));

    private static bool IsOf(EntityEntry entry, string[] billnumbers) => entry.Entity switch
    {
        Order order => billnumbers.Contains(order.Billnumber),
        Operation operation => billnumbers.Contains(operation.Billnumber),
        _ => false,
    };
}
