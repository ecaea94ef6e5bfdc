using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Core.Mail;
using AssistPortal.Core.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AssistPortal.Core.Access;

/// <summary>
/// Sends the link with which a forgotten password is replaced. It answers nothing, so that nobody learns who has an account: not even by the
/// time it takes, for every case reads the same rows and ends in one commit.
/// </summary>
public sealed class AskReset(IServiceScopeFactory scopes, StaffLinks links, Outbox outbox, AuditLog audit, TimeProvider time)
{
    /// <summary>How long the link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    // More would only fill a person's mailbox.
    private const int MostInAnHour = 3;

    /// <summary>Sends the link when somebody with this e-mail can sign in.</summary>
    /// <param name="email">As it was typed.</param>
    /// <param name="visitor">Who asks; how often an address may is the edge's to limit.</param>
    /// <param name="cancellationToken">Gives up; nothing is sent then.</param>
    public async Task RunAsync(string email, Visitor visitor, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var person = await users.FindByEmailAsync(email.Trim());
        var (id, since) = (person?.Id ?? Guid.Empty, time.GetUtcNow().AddHours(-1));
        var recent = await db.StaffLinks.CountAsync(link => link.UserId == id && link.Kind == LinkKind.PasswordReset && link.CreatedAt > since, cancellationToken);
        var refusal = person switch
        {
            null => $"unknown e-mail, from {visitor.Place}",
            { IsDismissed: true } => "dismissed",
            { IsInvited: true } => "invitation not accepted",
            _ when recent >= MostInAnHour => "asked too often",
            _ => null,
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (person is not null && refusal is null)
        {
            var (link, token) = await links.IssueAsync(db, LinkKind.PasswordReset, person.Id, createdBy: null, Lifetime, cancellationToken);
            outbox.Add(
                db, LetterKind.PasswordReset, LetterRecipient.Of(person), $"link:{link.Id:N}", Lifetime, LinkPaths.With(LinkPaths.Reset, token), outbox.Moment(link.CreatedAt), visitor.Place);
        }

        audit.Add(db, person is null ? null : visitor.As(person), AuditEvents.PasswordResetAsked, refusal is null ? AuditOutcome.Done : AuditOutcome.Denied, details: refusal);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
    }
}
