using System.Text;
using AssistPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Audit;

/// <summary>Writes the audit log.</summary>
public sealed class AuditLog(IDbContextFactory<PortalDbContext> databases, AuditKeys keys, TimeProvider time)
{
    /// <summary>Adds an entry to the caller's unit of work; it is committed or lost with what it records.</summary>
    /// <param name="db">The unit of work; committed asynchronously.</param>
    /// <param name="actor">Who; <see langword="null"/> for the portal itself.</param>
    /// <param name="auditEvent">What, from <see cref="AuditEvents"/>.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="merchantId">Merchant_ID, when one is concerned; whoever reads the log of that merchant sees the entry.</param>
    /// <param name="billnumber">The order, when one is concerned.</param>
    /// <param name="actionId">The action, when one is concerned.</param>
    /// <param name="details">More, invariant; no secret, no personal data.</param>
    /// <param name="subject">The person concerned: the identifier of a member of the staff, or <see cref="Hash"/>.</param>
    /// <param name="before">How it was before; no secret, no personal data.</param>
    /// <param name="after">How it is after; the same.</param>
    public void Add(
        PortalDbContext db,
        Actor? actor,
        string auditEvent,
        AuditOutcome outcome,
        int? merchantId = null,
        string? billnumber = null,
        Guid? actionId = null,
        string? details = null,
        string? subject = null,
        string? before = null,
        string? after = null) => db.Audit.Add(new AuditEntry
        {
            At = Microseconds.Stored(time.GetUtcNow()),
            UserId = actor?.UserId,
            SessionId = actor?.SessionId,
            Ip = Cut(actor?.Ip, 64),
            UserAgent = Cut(actor?.UserAgent, 256),
            Event = auditEvent,
            Outcome = outcome,
            MerchantId = merchantId,
            Billnumber = billnumber,
            ActionId = actionId,
            Subject = subject,
            Before = Cut(before, AuditEntry.MaxText),
            After = Cut(after, AuditEntry.MaxText),
            Details = Cut(details, AuditEntry.MaxText),
        });

    /// <summary>Writes an entry of its own: a refusal or a denied attempt that changes nothing else.</summary>
    public async Task WriteAsync(Actor? actor, string auditEvent, AuditOutcome outcome, int? merchantId, string? billnumber, string? details, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        Add(db, actor, auditEvent, outcome, merchantId, billnumber, actionId: null, details);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Writes what somebody unknown tried in vain.</summary>
    /// <param name="auditEvent">What, from <see cref="AuditEvents"/>.</param>
    /// <param name="named">The e-mail he gave; only its <see cref="Hash"/> is kept.</param>
    /// <param name="ip">Address he came from.</param>
    /// <param name="userAgent">Browser.</param>
    /// <param name="details">More, invariant; no secret, no personal data.</param>
    /// <param name="cancellationToken">Gives up; nothing is written then.</param>
    public async Task WriteStrangerAsync(string auditEvent, string? named, string? ip, string? userAgent, string details, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Audit.Add(new AuditEntry
        {
            At = Microseconds.Stored(time.GetUtcNow()),
            Ip = Cut(ip, 64),
            UserAgent = Cut(userAgent, 256),
            Event = auditEvent,
            Outcome = AuditOutcome.Denied,
            Subject = named is null ? null : Hash(named),
            Details = Cut(details, AuditEntry.MaxText),
        });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Keyed hash of an e-mail, phone or name, for <see cref="AuditEntry.Subject"/>; see <see cref="AuditKeys.Hash"/>.</summary>
    public string Hash(string text) => keys.Hash(text);

    // Whole characters that both databases take and give back as they are: the seal is made of what is stored.
    private static string? Cut(string? text, int length)
    {
        if (text is null)
        {
            return null;
        }

        var kept = new StringBuilder(Math.Min(text.Length, length));
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > length)
            {
                break;
            }

            kept.Append(rune.Value == 0 ? Rune.ReplacementChar.ToString() : rune.ToString());
        }

        return kept.ToString();
    }
}
