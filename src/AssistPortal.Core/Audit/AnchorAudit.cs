using AssistPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AssistPortal.Core.Audit;

/// <summary>Takes the day's anchor of the chain: a row, a line of the anchor file and a line of the log.</summary>
internal sealed class AnchorAudit(IDbContextFactory<PortalDbContext> databases, AnchorFile file, TimeProvider time, ILogger<AnchorAudit> logger)
{
    /// <summary>Takes the anchor of this UTC day unless there is one or nothing is sealed yet, and appends to this machine's file what it lacks.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (!await db.AuditAnchors.AnyAsync(anchor => anchor.Day == today, cancellationToken)
            && await db.AuditHeads.AsNoTracking().SingleOrDefaultAsync(head => head.KeyId != null, cancellationToken) is { } head)
        {
            await TakeAsync(db, new AuditAnchor { Day = today, Seq = head.Seq, Hash = head.Hash }, cancellationToken);
        }

        var known = (await file.ReadAsync(cancellationToken)).Anchors.Select(anchor => anchor.Day).DefaultIfEmpty().Max();
        var lacking = await db.AuditAnchors.AsNoTracking().Where(anchor => anchor.Day > known).OrderBy(anchor => anchor.Day).ToListAsync(cancellationToken);
        if (lacking.Count > 0)
        {
            await file.AppendAsync(lacking, cancellationToken);
            lacking.ForEach(anchor => logger.AnchorTaken(AnchorFile.Line(anchor)));
        }
    }

    private static async Task TakeAsync(PortalDbContext db, AuditAnchor anchor, CancellationToken cancellationToken)
    {
        db.AuditAnchors.Add(anchor);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // Another node was quicker; its anchor is the day's.
        }
    }
}

/// <summary>Takes the anchor once a day, on every node: the row is one, the files are each node's own.</summary>
internal sealed class AuditAnchors(AnchorAudit anchor, TimeProvider time, ILogger<AuditAnchors> logger) : BackgroundService
{
    // Not once in 24 hours: a day that began while the database was away gets its anchor too.
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // SQLite works on the caller's thread; the start of the host must not wait for it.
        await Task.Yield();
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                await TryAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops.
        }
    }

    private async Task TryAsync(CancellationToken stoppingToken)
    {
        try
        {
            await anchor.RunAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or DbUpdateException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            logger.AnchorFailed(exception);
        }
    }
}

/// <summary>The log lines of the chain.</summary>
internal static partial class AuditChainLog
{
    [LoggerMessage(LogLevel.Information, "Audit anchor: {Anchor}")]
    public static partial void AnchorTaken(this ILogger logger, string anchor);

    [LoggerMessage(LogLevel.Error, "The audit log's anchor can't be taken; tried again within the hour")]
    public static partial void AnchorFailed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Critical, "The audit log is broken: {Fault} at entry {Seq}")]
    public static partial void ChainBroken(this ILogger logger, AuditFault fault, long seq);

    [LoggerMessage(LogLevel.Critical, "The audit log takes no entries, the chain is broken at its end")]
    public static partial void VerdictUnwritten(this ILogger logger, Exception exception);
}
