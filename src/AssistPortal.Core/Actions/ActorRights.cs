using AssistPortal.Core.Data;
using AssistPortal.Core.Staff;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Actions;

/// <summary>The rights a person has at the moment of moving money, read in the transaction that moves it: whoever was dismissed a second ago moves nothing.</summary>
internal static class ActorRights
{
    /// <summary>Why the person may not, or <see langword="null"/> when he may.</summary>
    /// <param name="db">The transaction's context.</param>
    /// <param name="actor">Who asks, with the rights he came with.</param>
    /// <param name="permission">What he wants to do.</param>
    /// <param name="merchantId">Whose order it is; <see langword="null"/> when there is no such order.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public static async Task<Problem?> CheckAsync(PortalDbContext db, Actor actor, Permission permission, int? merchantId, CancellationToken cancellationToken)
    {
        var person = await db.Users
            .Where(user => user.Id == actor.UserId && !user.IsDismissed)
            .Select(user => new { user.Role, user.LockoutEnd, Merchants = user.Grants.Select(grant => grant.MerchantId).ToList() })
            .SingleOrDefaultAsync(cancellationToken);
        // Lock-outs run on the machine's clock, which moving the sandbox's leaves alone.
        if (person is null || person.LockoutEnd > TimeProvider.System.GetUtcNow() || !person.Role.Gives(permission) || !actor.May(permission))
        {
            return new Problem.Denied(permission);
        }

        var isGranted = merchantId is { } id && actor.Sees(id) && (person.Role == StaffRole.Administrator || person.Merchants.Contains(id));
        return isGranted ? null : new Problem.NotFound();
    }
}
