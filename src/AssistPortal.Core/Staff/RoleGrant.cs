using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Staff;

/// <summary>A role about to be given; exactly one of the two roles is named.</summary>
/// <param name="Role">Ready role.</param>
/// <param name="OwnRoleId">Own role.</param>
/// <param name="MerchantId">Merchant_ID; <see langword="null"/> for every merchant, present and future.</param>
/// <param name="EndsAt">When it ends by itself; <see langword="null"/> for never.</param>
public sealed record RoleGrant(StaffRole? Role, Guid? OwnRoleId, int? MerchantId, DateTimeOffset? EndsAt)
{
    /// <summary>A ready role without an end.</summary>
    public static RoleGrant Of(StaffRole role, int? merchantId) => new(role, null, merchantId, null);
}

/// <summary>What giving and taking roles has in common, whoever does it: nobody gives or takes what he lacks, and an owner stays.</summary>
internal static class RoleGrants
{
    /// <summary>Makes the assignments, or says why they can't be given.</summary>
    /// <param name="db">The transaction's context.</param>
    /// <param name="grants">What to give.</param>
    /// <param name="giver">Rights of the giver at this moment.</param>
    /// <param name="giverId">The giver.</param>
    /// <param name="userId">Who gets it.</param>
    /// <param name="merchants">Merchants the portal works for.</param>
    /// <param name="now">This instant.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public static async Task<Result<IReadOnlyList<Assignment>>> MakeAsync(
        PortalDbContext db, IReadOnlyCollection<RoleGrant> grants, Rights giver, Guid giverId, Guid userId, MerchantDirectory merchants, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<Assignment> made = [];
        foreach (var grant in grants.Distinct())
        {
            var own = grant.OwnRoleId is { } ownId ? await db.OwnRoles.SingleOrDefaultAsync(role => role.Id == ownId, cancellationToken) : null;
            if ((grant.Role is { } ready ? Enum.IsDefined(ready) : own is not null) is false || (grant.Role is not null && grant.OwnRoleId is not null))
            {
                return new Problem.NotFound();
            }

            if (grant.MerchantId is { } merchantId && merchants.Find(merchantId) is null)
            {
                return new Problem.NotFound();
            }

            if (grant.EndsAt <= now)
            {
                return new Problem.Invalid(InvalidReason.EndsInThePast);
            }

            var assignment = new Assignment
            {
                Id = Guid.CreateVersion7(now), UserId = userId, Role = grant.Role, OwnRoleId = grant.OwnRoleId, OwnRole = own,
                MerchantId = grant.MerchantId, EndsAt = grant.EndsAt, GivenBy = giverId, GivenAt = now,
            };
            if (Lacks(giver, assignment) is { } problem)
            {
                return problem;
            }

            made.Add(assignment);
        }

        return made;
    }

    /// <summary>The first right of the assignment that the person lacks himself; <see langword="null"/> when he has them all, and that of managing staff.</summary>
    public static Problem? Lacks(Rights giver, Assignment assignment)
    {
        foreach (var permission in assignment.Permissions.Prepend(Permission.ManageStaff))
        {
            if (!giver.Cover([permission], assignment.MerchantId))
            {
                return permission == Permission.ManageStaff && assignment.MerchantId is { } id && !giver.MerchantsOf(Permission.View).Contains(id)
                    ? new Problem.NotFound()
                    : new Problem.NotYours(permission);
            }
        }

        return null;
    }

    /// <summary>Lets one staff change go after the other: two owners can't dismiss each other at the same moment. SQLite's write transactions do that by themselves.</summary>
    public static Task LockStaffAsync(this PortalDbContext db, CancellationToken cancellationToken) => db.Database.IsNpgsql()
        ? db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(412604)", cancellationToken)
        : Task.CompletedTask;

    /// <summary>Whether somebody still owns everything for good; asked after a change, inside its transaction.</summary>
    public static Task<bool> HasOwnerAsync(PortalDbContext db, CancellationToken cancellationToken) => db.Users.AnyAsync(
        user => !user.IsDismissed && !user.IsInvited && user.Assignments.Any(held => held.Role == StaffRole.Owner && held.MerchantId == null && held.EndsAt == null), cancellationToken);

    /// <summary>How the log tells of an assignment: names of code, no personal data.</summary>
    public static string Brief(this Assignment held) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{held.Role?.ToString() ?? held.OwnRole?.Name}@{(held.MerchantId is { } id ? id : "all")}{(held.EndsAt is { } end ? $" until {end:yyyy-MM-ddTHH:mm:ssZ}" : "")}");
}
