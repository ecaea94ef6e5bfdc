using AssistPortal.Core.Data;
using AssistPortal.Core.Sessions;
using AssistPortal.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.SecondFactor;

/// <summary>
/// Asks whether the person has proved himself just now in the session he acts in. Use cases that move much money or change who may do what
/// ask it inside their transaction; the row decides, never the actor's copy.
/// </summary>
public sealed class StepUp(IOptions<StepUpOptions> options, IOptions<StaffSessionOptions> sessions)
{
    /// <summary>Nothing when the proof is fresh, <see cref="Problem.StepUp"/> otherwise.</summary>
    /// <param name="db">The transaction's context.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<Problem?> RequireAsync(PortalDbContext db, Actor actor, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var oldest = now - options.Value.Lasts;
        var isProven = await OpenSessions.Of(db, sessions.Value, now)
            .AnyAsync(session => session.Id == actor.SessionId && session.UserId == actor.UserId && session.ProvenAt > oldest, cancellationToken);
        return isProven ? null : new Problem.StepUp();
    }

    /// <summary>As <see cref="RequireAsync"/>, from the limit of the amount's currency on.</summary>
    public Task<Problem?> RequireForAsync(Money amount, PortalDbContext db, Actor actor, CancellationToken cancellationToken) =>
        amount.Minor < options.Value.MoneyFrom.GetValueOrDefault(amount.Currency) ? Task.FromResult<Problem?>(null) : RequireAsync(db, actor, cancellationToken);

    /// <summary>Whether the actor's proof was fresh when he was read: for pages, which ask before the use case would.</summary>
    public bool IsProven(Actor actor) => actor.ProvenAt > TimeProvider.System.GetUtcNow() - options.Value.Lasts;
}
