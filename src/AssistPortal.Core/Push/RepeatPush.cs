using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Gateway;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Push;

/// <summary>Has an accepted push worked off once more: its order is asked for again.</summary>
public sealed class RepeatPush(IDbContextFactory<PortalDbContext> databases, AuditLog audit, PushQueue queue, TimeProvider time)
{
    /// <summary>Puts the push back to the worker and wakes it.</summary>
    /// <param name="pushId">The push.</param>
    /// <param name="actor">Who asks; needs <see cref="Permission.RepeatPush"/>. A push of a merchant not granted is <see cref="Problem.NotFound"/>.</param>
    /// <param name="cancellationToken">Gives up; nothing is changed then.</param>
    /// <returns>The push as it stands now; <see cref="InvalidReason.PushNotAccepted"/> for a rejected one, which never triggers anything.</returns>
    public async Task<Result<PushDelivery>> RunAsync(Guid pushId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.IsPreview)
        {
            return new Problem.Preview();
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var merchants = actor.Rights.MerchantsOf(Permission.View).ToArray();
        var push = await db.PushDeliveries.SingleOrDefaultAsync(push => push.Id == pushId && merchants.Contains(push.MerchantId), cancellationToken);
        if (push is null ? !actor.May(Permission.RepeatPush) : !actor.May(Permission.RepeatPush, push.MerchantId))
        {
            audit.Add(db, actor, AuditEvents.AccessDenied, AuditOutcome.Denied, push?.MerchantId, push?.Billnumber, details: nameof(Permission.RepeatPush));
            await db.SaveChangesAsync(cancellationToken);
            return new Problem.Denied(Permission.RepeatPush);
        }

        if (push is null)
        {
            return new Problem.NotFound();
        }

        if (push.Verdict != PushVerdict.Accepted)
        {
            return new Problem.Invalid(InvalidReason.PushNotAccepted);
        }

        push.Accept(time.GetUtcNow());
        audit.Add(db, actor, AuditEvents.PushRepeated, AuditOutcome.Done, push.MerchantId, push.Billnumber, details: $"push {push.Id}");
        await db.SaveChangesAsync(cancellationToken);
        queue.Wake();
        return push;
    }
}
