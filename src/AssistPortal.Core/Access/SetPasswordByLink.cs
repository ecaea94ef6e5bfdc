using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Core.Mail;
using AssistPortal.Core.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AssistPortal.Core.Access;

/// <summary>The person a link belongs to.</summary>
/// <param name="Email">E-mail.</param>
/// <param name="Name">Name.</param>
public sealed record LinkedPerson(string Email, string Name);

/// <summary>
/// Sets a password by the link of a letter: a new one for a forgotten one, which ends all sessions and is told by letter, or the first one,
/// with which an invitation is accepted.
/// </summary>
public sealed class SetPasswordByLink(IServiceScopeFactory scopes, IDbContextFactory<PortalDbContext> databases, StaffLinks links, Outbox outbox, AuditLog audit, TimeProvider time)
{
    /// <summary>The person the link belongs to; changes nothing, for mail programmes open links by themselves.</summary>
    /// <param name="kind">What the link is to be for.</param>
    /// <param name="token">Its token.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    /// <returns><see cref="InvalidReason.LinkUnknown"/>, <see cref="InvalidReason.LinkUsed"/> or <see cref="InvalidReason.LinkExpired"/> when it doesn't work.</returns>
    public async Task<Result<LinkedPerson>> LookAsync(LinkKind kind, string? token, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await links.FindAsync(db, kind, token, cancellationToken);
        if (found is not Result<StaffLink>.Ok { Value: var link })
        {
            return ((Result<StaffLink>.Failed)found).Problem;
        }

        return await db.Users
            .Where(user => user.Id == link.UserId && !user.IsDismissed)
            .Select(user => new LinkedPerson(user.Email!, user.DisplayName))
            .SingleOrDefaultAsync(cancellationToken) is { } person
            ? person
            : new Problem.Invalid(InvalidReason.LinkUnknown);
    }

    /// <summary>Sets the password and uses the link up, in one transaction.</summary>
    /// <param name="kind">What the link is to be for.</param>
    /// <param name="token">Its token.</param>
    /// <param name="password">The new password.</param>
    /// <param name="visitor">Who does it.</param>
    /// <param name="cancellationToken">Gives up; nothing is changed then.</param>
    /// <returns>The person; as <see cref="LookAsync"/> when the link doesn't work; a <c>Password…</c> reason when the password won't do, and the link works on.</returns>
    public async Task<Result<Guid>> RunAsync(LinkKind kind, string? token, string password, Visitor visitor, CancellationToken cancellationToken)
    {
        var (result, person) = await TryAsync(kind, token, password, visitor, cancellationToken);
        if (result is Result<Guid>.Failed { Problem: var problem })
        {
            await audit.WriteAsync(
                person is null ? null : visitor.As(person), Event(kind), AuditOutcome.Refused, null, null,
                $"{(problem as Problem.Invalid)?.Reason.ToString() ?? problem.GetType().Name}{(person is null ? $", from {visitor.Place}" : "")}", cancellationToken);
        }

        return result;
    }

    private async Task<(Result<Guid> Result, PortalUser? Person)> TryAsync(LinkKind kind, string? token, string password, Visitor visitor, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await links.FindAsync(db, kind, token, cancellationToken);
        if (found is not Result<StaffLink>.Ok { Value: var link })
        {
            return (((Result<StaffLink>.Failed)found).Problem, null);
        }

        if (await users.FindByIdAsync(link.UserId.ToString()) is not { IsDismissed: false } person)
        {
            return (new Problem.Invalid(InvalidReason.LinkUnknown), null);
        }

        if (!await links.TakeAsync(db, link, cancellationToken))
        {
            return (new Problem.Invalid(InvalidReason.LinkUsed), person);
        }

        if (await Passwords.SetAsync(users, person, password) is { } problem)
        {
            return (problem, person);
        }

        await links.WithdrawAsync(db, null, person.Id, cancellationToken);
        await Passwords.UnlockAsync(users, person);
        if (kind == LinkKind.Invitation)
        {
            (person.IsInvited, person.EmailConfirmed) = (false, true);
        }
        else
        {
            Passwords.Tell(outbox, db, person, time.GetUtcNow(), visitor.Ip);
        }

        audit.Add(db, visitor.As(person), Event(kind), AuditOutcome.Done);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        return (person.Id, person);
    }

    private static string Event(LinkKind kind) => kind == LinkKind.Invitation ? AuditEvents.InvitationAccepted : AuditEvents.PasswordReset;
}
