using AssistPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Audit;

/// <summary>Writes the audit log.</summary>
public sealed class AuditLog(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    /// <summary>Adds an entry to the caller's unit of work; it is committed or lost with what it records.</summary>
    public void Add(PortalDbContext db, Actor? actor, string auditEvent, AuditOutcome outcome, int? merchantId = null, string? billnumber = null, Guid? actionId = null, string? details = null) =>
        db.Audit.Add(new AuditEntry
        {
            At = time.GetUtcNow(),
            UserId = actor?.UserId,
            UserName = actor?.Name,
            Ip = Cut(actor?.Ip, 64),
            UserAgent = Cut(actor?.UserAgent, 256),
            Event = auditEvent,
            Outcome = outcome,
            MerchantId = merchantId,
            Billnumber = billnumber,
            ActionId = actionId,
            Details = details,
        });

    /// <summary>Writes an entry of its own: a refusal or a denied attempt that changes nothing else.</summary>
    public async Task WriteAsync(Actor? actor, string auditEvent, AuditOutcome outcome, int? merchantId, string? billnumber, string? details, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        Add(db, actor, auditEvent, outcome, merchantId, billnumber, actionId: null, details);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static string? Cut(string? text, int length) => text?.Length > length ? text[..length] : text;
}
