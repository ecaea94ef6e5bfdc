using AssistPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Access;

/// <summary>Makes, finds and uses up the links that letters carry.</summary>
public sealed class StaffLinks(TimeProvider time)
{
    /// <summary>How long links that are over can still tell why they don't work.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Makes a link in the caller's unit of work; earlier ones of the kind become void.</summary>
    /// <returns>The link and its token, which is told once.</returns>
    internal async Task<(StaffLink Link, string Token)> IssueAsync(PortalDbContext db, LinkKind kind, Guid userId, Guid? createdBy, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var old = now - Kept;
        await db.StaffLinks.Where(link => link.UserId == userId && link.ExpiresAt < old).ExecuteDeleteAsync(cancellationToken);
        await WithdrawAsync(db, kind, userId, cancellationToken);
        var token = SecretToken.Make();
        var link = new StaffLink
        {
            Id = Guid.CreateVersion7(now),
            Kind = kind,
            UserId = userId,
            TokenHash = token.Hash,
            CreatedAt = now,
            CreatedBy = createdBy,
            ExpiresAt = now + lifetime,
        };
        db.StaffLinks.Add(link);
        return (link, token.Text);
    }

    /// <summary>Makes the person's open links of the kind, or of every kind, void.</summary>
    internal Task WithdrawAsync(PortalDbContext db, LinkKind? kind, Guid userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return db.StaffLinks
            .Where(link => (kind == null || link.Kind == kind) && link.UserId == userId && link.UsedAt == null && link.WithdrawnAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.WithdrawnAt, now).SetProperty(link => link.NewEmail, (string?)null), cancellationToken);
    }

    /// <summary>The link of a token, when it works; otherwise why it doesn't.</summary>
    internal async Task<Result<StaffLink>> FindAsync(PortalDbContext db, LinkKind kind, string? token, CancellationToken cancellationToken)
    {
        if (SecretToken.Read(token) is not { Hash: var hash })
        {
            return new Problem.Invalid(InvalidReason.LinkUnknown);
        }

        return await db.StaffLinks.AsNoTracking().SingleOrDefaultAsync(link => link.TokenHash == hash && link.Kind == kind, cancellationToken) switch
        {
            null or { WithdrawnAt: not null } => new Problem.Invalid(InvalidReason.LinkUnknown),
            { UsedAt: not null } => new Problem.Invalid(InvalidReason.LinkUsed),
            var link when link.ExpiresAt <= time.GetUtcNow() => new Problem.Invalid(InvalidReason.LinkExpired),
            var link => link,
        };
    }

    /// <summary>Uses the link up. Of two at once one gets <see langword="true"/>; it is given back with the caller's transaction when that fails.</summary>
    internal async Task<bool> TakeAsync(PortalDbContext db, StaffLink taken, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await db.StaffLinks
            .Where(link => link.Id == taken.Id && link.UsedAt == null && link.WithdrawnAt == null && link.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.UsedAt, now).SetProperty(link => link.NewEmail, (string?)null), cancellationToken) == 1;
    }
}
