using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Staff;

/// <summary>Answers "why can't I?": who could give the missing right.</summary>
public sealed class WhoCanGive(IDbContextFactory<PortalDbContext> databases, MerchantDirectory merchants, TimeProvider time)
{
    private const int Most = 3;

    /// <summary>Names of at most three people who manage staff and hold the right themselves, in the order of their names; empty when nobody can.</summary>
    /// <param name="permission">The right that is missing.</param>
    /// <param name="merchantId">The merchant it is missing for; <see langword="null"/> when any would do.</param>
    /// <param name="actor">Who asks. A merchant he doesn't see counts as none named.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<IReadOnlyList<string>> RunAsync(Permission permission, int? merchantId, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var merchant = merchantId is { } id && actor.Sees(id) ? merchantId : null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var people = await db.Users.AsNoTracking()
            .Include(user => user.Assignments.Where(held => held.EndsAt == null || held.EndsAt > now)).ThenInclude(held => held.OwnRole)
            .Where(user => !user.IsDismissed && !user.IsInvited)
            .OrderBy(user => user.DisplayName)
            .ToListAsync(cancellationToken);
        return [.. people
            .Where(person => CanGive(StaffRights.Sum(person.Assignments, merchants.Ids), permission, merchant))
            .Select(person => person.DisplayName)
            .Take(Most)];
    }

    private static bool CanGive(Rights rights, Permission permission, int? merchantId) => merchantId is { } id
        ? rights.Cover([Permission.ManageStaff, permission], id)
        : rights.MerchantsOf(Permission.ManageStaff).Overlaps(rights.MerchantsOf(permission));
}
