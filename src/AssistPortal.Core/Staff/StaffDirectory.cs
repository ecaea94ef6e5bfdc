using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Staff;

/// <summary>Turns a signed-in user into an <see cref="Actor"/> with the rights the database holds right now.</summary>
public sealed class StaffDirectory(IDbContextFactory<PortalDbContext> databases, MerchantDirectory merchants)
{
    /// <summary>The actor, or <see langword="null"/> when the person is unknown, dismissed or locked out.</summary>
    /// <param name="userId">The signed-in user.</param>
    /// <param name="ip">Address the person came from.</param>
    /// <param name="userAgent">Browser; cut to 256 characters.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<Actor?> ActorAsync(Guid userId, string? ip, string? userAgent, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var person = await db.Users.AsNoTracking()
            .Where(user => user.Id == userId && !user.IsDismissed)
            .Select(user => new { user.DisplayName, user.Role, user.LockoutEnabled, user.LockoutEnd, Merchants = user.Grants.Select(grant => grant.MerchantId).ToList() })
            .SingleOrDefaultAsync(cancellationToken);
        // Lock-outs run on the machine's clock, which moving the sandbox's leaves alone.
        if (person is null || (person.LockoutEnabled && person.LockoutEnd > TimeProvider.System.GetUtcNow()))
        {
            return null;
        }

        var seen = merchants.All.Select(merchant => merchant.Id).Where(id => person.Role == StaffRole.Administrator || person.Merchants.Contains(id));
        return new Actor(userId, person.DisplayName, person.Role, seen.ToHashSet(), ip, userAgent?.Length > 256 ? userAgent[..256] : userAgent);
    }
}
