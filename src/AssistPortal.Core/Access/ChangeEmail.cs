using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Core.Mail;
using AssistPortal.Core.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AssistPortal.Core.Access;

/// <summary>Changes one's own e-mail: asked for with the password, told to the old address, and done by the link that went to the new one.</summary>
public sealed class ChangeEmail(IServiceScopeFactory scopes, IDbContextFactory<PortalDbContext> databases, StaffLinks links, Outbox outbox, AuditLog audit, TimeProvider time)
{
    /// <summary>How long the link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const int MostInAnHour = 3;

    /// <summary>Sends the link to the new address and a notice to the old one. Whether the new one is another person's isn't told: nothing goes there then.</summary>
    /// <param name="actor">Whose e-mail it is.</param>
    /// <param name="password">The person's password; a wrong one counts towards the lock-out.</param>
    /// <param name="newEmail">The new e-mail.</param>
    /// <param name="cancellationToken">Gives up; nothing is sent then.</param>
    /// <returns>The new e-mail as it was read; <see cref="InvalidReason.PasswordWrong"/>, <see cref="InvalidReason.EmailWrong"/> or <see cref="InvalidReason.AskedTooOften"/>.</returns>
    public async Task<Result<string>> AskAsync(Actor actor, string password, string newEmail, CancellationToken cancellationToken)
    {
        if (actor.IsPreview)
        {
            return new Problem.Preview();
        }

        if (!outbox.IsSetUp)
        {
            return new Problem.Invalid(InvalidReason.LettersNotSetUp);
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        if (await users.FindByIdAsync(actor.UserId.ToString()) is not { } person)
        {
            return new Problem.NotFound();
        }

        if (!await Passwords.ProveAsync(users, person, password))
        {
            return await RefuseAsync(actor, InvalidReason.PasswordWrong, cancellationToken);
        }

        if (!PersonFields.TryEmail(newEmail, out var email) || string.Equals(email, person.Email, StringComparison.OrdinalIgnoreCase))
        {
            return await RefuseAsync(actor, InvalidReason.EmailWrong, cancellationToken);
        }

        var now = time.GetUtcNow();
        var since = now.AddHours(-1);
        if (await db.StaffLinks.CountAsync(link => link.UserId == person.Id && link.Kind == LinkKind.EmailChange && link.CreatedAt > since, cancellationToken) >= MostInAnHour)
        {
            return await RefuseAsync(actor, InvalidReason.AskedTooOften, cancellationToken);
        }

        var isTaken = await users.FindByEmailAsync(email) is not null;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (link, token) = await links.IssueAsync(db, LinkKind.EmailChange, person.Id, person.Id, Lifetime, cancellationToken);
        if (!isTaken)
        {
            link.NewEmail = email;
            outbox.Add(
                db, LetterKind.EmailConfirm, new LetterRecipient(email, person.DisplayName, person.Language), $"link:{link.Id:N}", Lifetime, LinkPaths.With(LinkPaths.Email, token), outbox.Moment(now));
        }

        outbox.Add(db, LetterKind.EmailAsked, LetterRecipient.Of(person), $"asked:{link.Id:N}", TimeSpan.FromDays(1), LinkPaths.Forgot, outbox.Moment(now), actor.Ip ?? "—", email);
        audit.Add(db, actor, AuditEvents.EmailChanged, isTaken ? AuditOutcome.Denied : AuditOutcome.Done, details: isTaken ? "asked for, belongs to somebody else" : "asked for");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        return email;
    }

    /// <summary>The new e-mail a link is to prove; changes nothing, for mail programmes open links by themselves.</summary>
    /// <param name="token">The link's token.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    /// <returns><see cref="InvalidReason.LinkUnknown"/>, <see cref="InvalidReason.LinkUsed"/> or <see cref="InvalidReason.LinkExpired"/> when it doesn't work.</returns>
    public async Task<Result<string>> LookAsync(string? token, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await links.FindAsync(db, LinkKind.EmailChange, token, cancellationToken);
        return found is Result<StaffLink>.Failed { Problem: var problem } ? problem
            : ((Result<StaffLink>.Ok)found).Value.NewEmail is { } email ? email
            : new Problem.Invalid(InvalidReason.LinkUnknown);
    }

    /// <summary>Makes the new e-mail the person's. Sessions end, and a letter to the old address tells of it.</summary>
    /// <param name="token">The link's token.</param>
    /// <param name="visitor">Who does it.</param>
    /// <param name="cancellationToken">Gives up; nothing is changed then.</param>
    /// <returns>The new e-mail; as <see cref="LookAsync"/> when the link doesn't work, also when somebody else took the address meanwhile.</returns>
    public async Task<Result<string>> ConfirmAsync(string? token, Visitor visitor, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await links.FindAsync(db, LinkKind.EmailChange, token, cancellationToken);
        if (found is not Result<StaffLink>.Ok { Value: var link })
        {
            return ((Result<StaffLink>.Failed)found).Problem;
        }

        if (link.NewEmail is not { } email || await users.FindByIdAsync(link.UserId.ToString()) is not { IsDismissed: false } person)
        {
            return new Problem.Invalid(InvalidReason.LinkUnknown);
        }

        if (!await links.TakeAsync(db, link, cancellationToken))
        {
            return new Problem.Invalid(InvalidReason.LinkUsed);
        }

        var old = LetterRecipient.Of(person);
        (person.UserName, person.Email, person.EmailConfirmed) = (email, email, true);
        if (!(await users.UpdateSecurityStampAsync(person)).Succeeded)
        {
            return new Problem.Invalid(InvalidReason.LinkUnknown);
        }

        await links.WithdrawAsync(db, null, person.Id, cancellationToken);
        audit.Add(db, visitor.As(person), AuditEvents.EmailChanged, AuditOutcome.Done, details: "confirmed");
        outbox.Add(db, LetterKind.EmailChanged, old, $"changed:{link.Id:N}", TimeSpan.FromDays(1), null, outbox.Moment(time.GetUtcNow()), email);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        return email;
    }

    private async Task<Problem> RefuseAsync(Actor actor, InvalidReason reason, CancellationToken cancellationToken)
    {
        await audit.WriteAsync(actor, AuditEvents.EmailChanged, AuditOutcome.Refused, null, null, reason.ToString(), cancellationToken);
        return new Problem.Invalid(reason);
    }
}
