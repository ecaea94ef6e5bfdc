using System.Data.Common;
using AssistPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AssistPortal.Core.Audit;

/// <summary>
/// Writes the entries a transaction has recorded as its last act before the commit, each sealed with the one before. So the chain's head is
/// the last lock of every transaction, whatever it did before: nobody who holds it waits for anything, and two nodes can't wait for each
/// other. A transaction that is rolled back leaves no gap.
/// </summary>
internal sealed class AuditSeal(AuditKeys keys) : DbTransactionInterceptor
{
    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PortalDbContext db && db.TakeRecorded(eventData.TransactionId) is { Count: > 0 } entries)
        {
            await WriteAsync(db, transaction, entries, cancellationToken);
        }

        return result;
    }

    public override InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result) =>
        eventData.Context is PortalDbContext db && db.TakeRecorded(eventData.TransactionId).Count > 0
            ? throw new InvalidOperationException("A transaction with audit entries is committed with CommitAsync.")
            : result;

    // In a context of its own: what the caller changed and didn't save stays his.
    private async Task WriteAsync(PortalDbContext db, DbTransaction transaction, IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        await using var log = db.Another();
        log.Database.SetDbConnection(transaction.Connection);
        log.Database.AutoSavepointsEnabled = false;
        await log.Database.UseTransactionAsync(transaction, cancellationToken);

        // SQLite's transactions are immediate: there is no other writer. PostgreSQL is told.
        var heads = log.Database.IsNpgsql() ? log.AuditHeads.FromSql($"""SELECT * FROM "AuditHeads" FOR UPDATE""") : log.AuditHeads;
        var head = (await heads.ToListAsync(cancellationToken)).Single();
        keys.RefuseAnother(head);
        foreach (var entry in entries)
        {
            entry.Seq = head.Seq + 1;
            entry.PrevHash = head.Hash;
            entry.Hash = keys.Seal(entry, entry.Seq);
            (head.Seq, head.Hash, head.KeyId) = (entry.Seq, entry.Hash, keys.Id);
        }

        await log.SaveSealedAsync(entries, cancellationToken);
    }
}
