using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Staff;

namespace AssistPortal.Core.Actions;

/// <summary>The rights a person has at the moment of moving money, read in the transaction that moves it: whoever was dismissed a second ago moves nothing.</summary>
public sealed class ActorRights(MerchantDirectory merchants, TimeProvider time)
{
    /// <summary>Why the person may not, or <see langword="null"/> when he may.</summary>
    /// <param name="db">The transaction's context.</param>
    /// <param name="actor">Who asks, with the rights he came with.</param>
    /// <param name="permission">What he wants to do.</param>
    /// <param name="merchantId">Whose order it is; <see langword="null"/> when there is no such order.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    /// <returns><see cref="Problem.NotFound"/> when he doesn't know the merchant, <see cref="Problem.Denied"/> when he does and lacks the right.</returns>
    internal async Task<Problem?> CheckAsync(PortalDbContext db, Actor actor, Permission permission, int? merchantId, CancellationToken cancellationToken)
    {
        var held = await StaffRights.ReadAsync(db, actor.UserId, merchants.Ids, time.GetUtcNow(), cancellationToken);
        if (held is null || held.Rights.MerchantsOf(permission).Count == 0 || !actor.May(permission))
        {
            return new Problem.Denied(permission);
        }

        if (merchantId is not { } id || !actor.Sees(id) || !held.Rights.MerchantsOf(Permission.View).Contains(id))
        {
            return new Problem.NotFound();
        }

        return actor.May(permission, id) && held.Rights.MerchantsOf(permission).Contains(id) ? null : new Problem.Denied(permission);
    }
}
