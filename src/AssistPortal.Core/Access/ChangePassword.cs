using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Core.Mail;
using AssistPortal.Core.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AssistPortal.Core.Access;

/// <summary>Changes one's own password. All sessions end, and a letter tells of it.</summary>
public sealed class ChangePassword(IServiceScopeFactory scopes, StaffLinks links, Outbox outbox, AuditLog audit, TimeProvider time)
{
    /// <summary>Sets the new password after the present one was shown.</summary>
    /// <param name="actor">Whose password it is.</param>
    /// <param name="present">The present password; a wrong one counts towards the lock-out as it does when signing in.</param>
    /// <param name="password">The new one.</param>
    /// <param name="cancellationToken">Gives up; nothing is changed then.</param>
    /// <returns>The person; <see cref="InvalidReason.PasswordWrong"/> when the present one isn't right, another <c>Password…</c> reason when the new one won't do.</returns>
    public async Task<Result<Guid>> RunAsync(Actor actor, string present, string password, CancellationToken cancellationToken)
    {
        if (actor.IsPreview)
        {
            return new Problem.Preview();
        }

        var problem = await TryAsync(actor, present, password, cancellationToken);
        if (problem is null)
        {
            return actor.UserId;
        }

        await audit.WriteAsync(actor, AuditEvents.PasswordChanged, AuditOutcome.Refused, null, null, (problem as Problem.Invalid)?.Reason.ToString() ?? problem.GetType().Name, cancellationToken);
        return problem;
    }

    private async Task<Problem?> TryAsync(Actor actor, string present, string password, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        if (await users.FindByIdAsync(actor.UserId.ToString()) is not { } person)
        {
            return new Problem.NotFound();
        }

        if (!await Passwords.ProveAsync(users, person, present))
        {
            return new Problem.Invalid(InvalidReason.PasswordWrong);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await Passwords.SetAsync(users, person, password) is { } problem)
        {
            return problem;
        }

        await links.WithdrawAsync(db, null, person.Id, cancellationToken);
        audit.Add(db, actor, AuditEvents.PasswordChanged, AuditOutcome.Done);
        Passwords.Tell(outbox, db, person, time.GetUtcNow(), actor.Ip);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        return null;
    }
}
