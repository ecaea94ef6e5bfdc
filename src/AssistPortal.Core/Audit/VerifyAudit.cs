using System.Globalization;
using AssistPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AssistPortal.Core.Audit;

/// <summary>In which way the chain is broken.</summary>
public enum AuditFault
{
    /// <summary>The entry isn't as the portal wrote it, or the portal never wrote it.</summary>
    Changed = 0,

    /// <summary>The entry is gone.</summary>
    Missing = 1,

    /// <summary>The entry was written by the portal for another place.</summary>
    OutOfOrder = 2,

    /// <summary>The entry stands between two that follow each other.</summary>
    Inserted = 3,

    /// <summary>The log ends before its last entry.</summary>
    CutOff = 4,

    /// <summary>The record of the log's end doesn't fit the last entry.</summary>
    HeadDiffers = 5,

    /// <summary>A daily anchor doesn't fit the entry it names.</summary>
    AnchorDiffers = 6,

    /// <summary>The anchor file has a day that the database lacks, or a line nobody can read.</summary>
    AnchorFile = 7,
}

/// <summary>The first place at which the chain is broken.</summary>
/// <param name="Fault">In which way.</param>
/// <param name="Seq">The entry concerned.</param>
/// <param name="At">When it says it was written; where it is gone, the time of the nearest entry before it, or after it when there is none before.</param>
/// <param name="BelongsAt">The place it was written for, when it is out of order.</param>
/// <param name="Day">The anchor that shows it.</param>
public sealed record AuditBreak(AuditFault Fault, long Seq, DateTimeOffset? At, long? BelongsAt = null, DateOnly? Day = null);

/// <summary>What verifying the chain brought.</summary>
/// <param name="Checked">Entries that were right, up to the first break.</param>
/// <param name="Unsealed">Entries among them from before there was a chain; nothing vouches for those.</param>
/// <param name="Last">When the last of them was written.</param>
/// <param name="Anchors">Daily anchors of the database that fitted.</param>
/// <param name="AnchorsInFile">Daily anchors of the file outside the database that fitted.</param>
/// <param name="Broken">The first break; <see langword="null"/> when the chain is whole.</param>
public sealed record AuditVerdict(long Checked, long Unsealed, DateTimeOffset? Last, int Anchors, int AnchorsInFile, AuditBreak? Broken);

/// <summary>How far verifying has come.</summary>
/// <param name="Checked">Entries verified.</param>
/// <param name="Total">Entries there are.</param>
public readonly record struct AuditProgress(long Checked, long Total);

/// <summary>Proves that the audit log is as it was written: recomputes every seal and compares the end and the daily anchors.</summary>
public sealed class VerifyAudit(IDbContextFactory<PortalDbContext> databases, AuditKeys keys, AnchorFile file, AuditLog audit, ILogger<VerifyAudit> logger)
{
    /// <summary>Entries read at once, whatever the log's length.</summary>
    private const int PageSize = 1_000;

    /// <summary>Walks the chain to its first break. Entries written meanwhile are not waited for. Audited, denials too.</summary>
    /// <param name="actor">Who asks; needs <see cref="Permission.Audit"/> for every merchant: the chain is one, and what breaks it is everybody's.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<AuditVerdict>> RunAsync(Actor actor, IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        if (!actor.Rights.Everywhere(Permission.Audit))
        {
            await audit.WriteAsync(actor, AuditEvents.AuditVerified, AuditOutcome.Denied, null, null, null, cancellationToken);
            return new Problem.Denied(Permission.Audit);
        }

        // SQLite works on the caller's thread; an open page must not wait for it.
        var verdict = await Task.Run(() => VerifyAsync(progress, cancellationToken), cancellationToken);
        await RecordAsync(verdict, actor, cancellationToken);
        return verdict;
    }

    private async Task RecordAsync(AuditVerdict verdict, Actor actor, CancellationToken cancellationToken)
    {
        if (verdict.Broken is not { } broken)
        {
            await audit.WriteAsync(actor, AuditEvents.AuditVerified, AuditOutcome.Done, null, null, string.Create(CultureInfo.InvariantCulture, $"whole, {verdict.Checked} entries"), cancellationToken);
            return;
        }

        logger.ChainBroken(broken.Fault, broken.Seq);
        try
        {
            await audit.WriteAsync(actor, AuditEvents.AuditVerified, AuditOutcome.Done, null, null, string.Create(CultureInfo.InvariantCulture, $"{broken.Fault} at {broken.Seq}"), cancellationToken);
        }
        catch (Exception exception) when (exception is DbUpdateException or InvalidOperationException)
        {
            // Whoever broke the chain may have broken its end, where this entry belongs. What was found must be told all the same.
            logger.VerdictUnwritten(exception);
        }
    }

    private async Task<AuditVerdict> VerifyAsync(IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        // In this order: who writes on meanwhile moves the later ones further, never the earlier ones.
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var kept = await file.ReadAsync(cancellationToken);
        var anchors = await db.AuditAnchors.AsNoTracking().OrderBy(anchor => anchor.Day).ToListAsync(cancellationToken);
        var head = await HeadAsync(db, cancellationToken);
        var end = await db.Audit.MaxAsync(entry => (long?)entry.Seq, cancellationToken) ?? 0;
        var headAfter = await HeadAsync(db, cancellationToken);

        var walk = new ChainWalk(keys, head, anchors, kept.Anchors);
        while (walk.Seq < end)
        {
            var from = walk.Seq;
            // The first page takes whatever stands before the beginning, too.
            var page = await db.Audit.AsNoTracking()
                .Where(entry => (entry.Seq > from || from == 0) && entry.Seq <= end)
                .OrderBy(entry => entry.Seq)
                .Take(PageSize)
                .ToListAsync(cancellationToken);
            if (page.Count == 0)
            {
                // Somebody took them away this very moment: the end no longer fits, and that is told below.
                break;
            }

            foreach (var entry in page)
            {
                if (!walk.Take(entry))
                {
                    var next = await db.Audit.AsNoTracking().SingleOrDefaultAsync(other => other.Seq == entry.Seq + 1, cancellationToken);
                    return walk.Verdict(walk.Explain(entry, next, Math.Max(end, head.Seq), cancellationToken));
                }

                if (walk.Misfit(entry) is { } misfit)
                {
                    return walk.Verdict(misfit);
                }
            }

            progress?.Report(new AuditProgress(walk.Seq, end));
        }

        return walk.Verdict(walk.Ending(headAfter, anchors, kept));
    }

    // Without a head nothing fits, and that is told.
    private static async Task<AuditHead> HeadAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        await db.AuditHeads.AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? new AuditHead { Hash = [] };
}
