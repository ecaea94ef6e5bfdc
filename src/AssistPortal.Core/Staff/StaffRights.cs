using AssistPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Staff;

/// <summary>The rights a person has at an instant, read from the database each time.</summary>
internal static class StaffRights
{
    /// <summary>The person as the database knows him; <see langword="null"/> when unknown, dismissed or locked out.</summary>
    /// <param name="db">Where to read; the transaction's own when the answer decides what it writes.</param>
    /// <param name="userId">The person.</param>
    /// <param name="allMerchants">Merchants the portal works for.</param>
    /// <param name="now">The instant; roles that ended before it or at it give nothing.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public static async Task<HeldRights?> ReadAsync(PortalDbContext db, Guid userId, IReadOnlyCollection<int> allMerchants, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var person = await db.Users.AsNoTracking()
            .Where(user => user.Id == userId && !user.IsDismissed)
            .Select(user => new { user.DisplayName, user.LockoutEnd })
            .SingleOrDefaultAsync(cancellationToken);
        // Lock-outs run on the machine's clock, which moving the sandbox's leaves alone.
        if (person is null || person.LockoutEnd > TimeProvider.System.GetUtcNow())
        {
            return null;
        }

        var held = await db.Assignments.AsNoTracking()
            .Include(assignment => assignment.OwnRole)
            .Where(assignment => assignment.UserId == userId && (assignment.EndsAt == null || assignment.EndsAt > now))
            .OrderBy(assignment => assignment.Id)
            .ToListAsync(cancellationToken);
        return new HeldRights(
            person.DisplayName,
            Sum(held, allMerchants),
            [.. held.Select(assignment => new RoleName(assignment.Role, assignment.OwnRole?.Name)).Distinct()]);
    }

    /// <summary>What the assignments give together; whether they have ended is the caller's to look at.</summary>
    public static Rights Sum(IEnumerable<Assignment> held, IReadOnlyCollection<int> allMerchants) =>
        Rights.Sum(held.Select(assignment => ((IEnumerable<Permission>)assignment.Permissions, assignment.MerchantId)), allMerchants);
}

/// <summary>What a person holds at an instant.</summary>
/// <param name="Name">Name of the person.</param>
/// <param name="Rights">Permissions × merchants.</param>
/// <param name="Roles">Roles they come from.</param>
internal sealed record HeldRights(string Name, Rights Rights, IReadOnlyList<RoleName> Roles);
