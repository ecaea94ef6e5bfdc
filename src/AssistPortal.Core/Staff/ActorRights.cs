using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;

namespace AssistPortal.Core.Staff;

/// <summary>The rights a person has at the moment of moving money or changing the staff, read in the transaction that writes it: whoever was dismissed a second ago changes nothing.</summary>
public sealed class ActorRights(MerchantDirectory merchants, TimeProvider time)
{
    /// <summary>What the actor may do now: no more than he came with, no more than the database says. <see langword="null"/> when he is no longer one of the staff.</summary>
    /// <param name="db">The transaction's context.</param>
    /// <param name="actor">Who asks, with the rights he came with.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    internal async Task<Rights?> NowAsync(PortalDbContext db, Actor actor, CancellationToken cancellationToken) =>
        (await StaffRights.ReadAsync(db, actor.UserId, merchants.Ids, time.GetUtcNow(), cancellationToken))?.Rights.And(actor.Rights);

    /// <summary>Why the person may not do something to an order, or <see langword="null"/> when he may.</summary>
    /// <param name="db">The transaction's context.</param>
    /// <param name="actor">Who asks, with the rights he came with.</param>
    /// <param name="permission">What he wants to do.</param>
    /// <param name="merchantId">Whose order it is; <see langword="null"/> when there is no such order.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    /// <returns><see cref="Problem.NotFound"/> when he doesn't know the merchant, <see cref="Problem.Denied"/> when he does and lacks the right.</returns>
    internal async Task<Problem?> CheckAsync(PortalDbContext db, Actor actor, Permission permission, int? merchantId, CancellationToken cancellationToken)
    {
        if (actor.IsPreview)
        {
            return new Problem.Preview();
        }

        var held = await StaffRights.ReadAsync(db, actor.UserId, merchants.Ids, time.GetUtcNow(), cancellationToken);
        if (held is null || held.Rights.MerchantsOf(permission).Count == 0 || !actor.May(permission))
        {
            return new Problem.Denied(permission);
        }

        var both = held.Rights.And(actor.Rights);
        return merchantId is { } id && both.MerchantsOf(Permission.View).Contains(id)
            ? both.MerchantsOf(permission).Contains(id) ? null : new Problem.Denied(permission)
            : new Problem.NotFound();
    }
}
