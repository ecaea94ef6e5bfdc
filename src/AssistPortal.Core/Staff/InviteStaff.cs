using AssistPortal.Core.Access;
using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Core.Mail;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.SecondFactor;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AssistPortal.Core.Staff;

/// <summary>A person to be invited.</summary>
/// <param name="Email">E-mail; the invitation goes there and the person signs in with it.</param>
/// <param name="Name">Name, 1–100 characters.</param>
/// <param name="Language">Language of letters: ru or en.</param>
/// <param name="Grants">Roles the person gets; at least one.</param>
public sealed record Invitation(string Email, string Name, string Language, IReadOnlyCollection<RoleGrant> Grants);

/// <summary>
/// Invites people by mail. Somebody invited stands in the list with his roles, but has no password and signs in nowhere until he sets one by
/// the link of the letter.
/// </summary>
/// <remarks>Every step needs <see cref="Permission.ManageStaff"/>, a fresh proof (<see cref="Problem.StepUp"/>) and, as with all roles, the rights that are given.</remarks>
public sealed class InviteStaff(IServiceScopeFactory scopes, ActorRights rights, StepUp stepUp, MerchantDirectory merchants, StaffLinks links, Outbox outbox, AuditLog audit, TimeProvider time)
{
    /// <summary>How long an invitation stands.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(72);

    private static readonly string[] Languages = ["ru", "en"];

    /// <summary>Makes the person with the roles and sends the letter, in one transaction.</summary>
    /// <param name="invitation">Whom to invite.</param>
    /// <param name="actor">Who invites.</param>
    /// <param name="cancellationToken">Gives up; nothing is done then.</param>
    /// <returns>The person; <see cref="Problem.NotYours"/> for a right the actor lacks himself, an <see cref="InvalidReason"/> of the field that is wrong, <see cref="InvalidReason.EmailTaken"/> or <see cref="InvalidReason.LettersNotSetUp"/>.</returns>
    public Task<Result<Guid>> InviteAsync(Invitation invitation, Actor actor, CancellationToken cancellationToken) =>
        RunAsync(AuditEvents.StaffInvited, null, actor, async (work, token) =>
        {
            if (!PersonFields.TryEmail(invitation.Email, out var email))
            {
                return new Problem.Invalid(InvalidReason.EmailWrong);
            }

            if (!PersonFields.TryName(invitation.Name, out var name))
            {
                return new Problem.Invalid(InvalidReason.PersonName);
            }

            if (invitation.Grants.Count == 0)
            {
                return new Problem.Invalid(InvalidReason.RoleMissing);
            }

            var person = new PortalUser
            {
                Id = Guid.CreateVersion7(work.Now),
                UserName = email,
                Email = email,
                DisplayName = name,
                Language = Languages.Contains(invitation.Language) ? invitation.Language : Languages[0],
                IsInvited = true,
            };
            var made = await RoleGrants.MakeAsync(work.Db, invitation.Grants, work.Giver, actor.UserId, person.Id, merchants, work.Now, token);
            if (made is not Result<IReadOnlyList<Assignment>>.Ok { Value: var given })
            {
                return ((Result<IReadOnlyList<Assignment>>.Failed)made).Problem;
            }

            foreach (var assignment in given)
            {
                person.Assignments.Add(assignment);
            }

            var created = await work.Users.CreateAsync(person);
            if (!created.Succeeded)
            {
                return new Problem.Invalid(created.Errors.Any(error => error.Code is nameof(IdentityErrorDescriber.DuplicateEmail)) ? InvalidReason.EmailTaken : InvalidReason.EmailWrong);
            }

            await SendAsync(work.Db, person, actor, token);
            return (person.Id, string.Join(", ", given.Select(assignment => assignment.Brief()).Order(StringComparer.Ordinal)));
        }, cancellationToken);

    /// <summary>Sends the invitation again with a new link; the older one is void from then on.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Gives up; nothing is done then.</param>
    /// <returns>The person; <see cref="InvalidReason.InvitationAccepted"/> when he has come already, <see cref="Problem.NotFound"/> for somebody the actor doesn't manage.</returns>
    public Task<Result<Guid>> ResendAsync(Guid userId, Actor actor, CancellationToken cancellationToken) =>
        RunAsync(AuditEvents.StaffInvited, userId, actor, async (work, token) =>
        {
            var found = await FindAsync(work, userId, token);
            if (found is not Result<PortalUser>.Ok { Value: var person })
            {
                return ((Result<PortalUser>.Failed)found).Problem;
            }

            await SendAsync(work.Db, person, actor, token);
            return (person.Id, "again");
        }, cancellationToken);

    /// <summary>Takes the invitation back: the person is removed, and the link is void.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Gives up; nothing is done then.</param>
    /// <returns>As <see cref="ResendAsync"/>.</returns>
    public Task<Result<Guid>> WithdrawAsync(Guid userId, Actor actor, CancellationToken cancellationToken) =>
        RunAsync(AuditEvents.InvitationWithdrawn, userId, actor, async (work, token) =>
        {
            var found = await FindAsync(work, userId, token);
            if (found is not Result<PortalUser>.Ok { Value: var person })
            {
                return ((Result<PortalUser>.Failed)found).Problem;
            }

            // A letter that hasn't left yet would lead nowhere.
            var keys = await work.Db.StaffLinks.Where(link => link.UserId == userId).Select(link => link.Id).ToListAsync(token);
            string[] letters = [.. keys.Select(Key)];
            await work.Db.Letters.Where(letter => letters.Contains(letter.Key) && letter.State == LetterState.Waiting).ExecuteDeleteAsync(token);
            work.Db.Users.Remove(person);
            return (person.Id, "");
        }, cancellationToken);

    private static string Key(Guid linkId) => $"link:{linkId:N}";

    private async Task SendAsync(PortalDbContext db, PortalUser person, Actor actor, CancellationToken cancellationToken)
    {
        var (link, token) = await links.IssueAsync(db, LinkKind.Invitation, person.Id, actor.UserId, Lifetime, cancellationToken);
        outbox.Add(db, LetterKind.Invitation, LetterRecipient.Of(person), Key(link.Id), Lifetime, LinkPaths.With(LinkPaths.Invitation, token), actor.Name);
    }

    /// <summary>Somebody invited whom the actor may manage.</summary>
    private static async Task<Result<PortalUser>> FindAsync(Work work, Guid userId, CancellationToken cancellationToken)
    {
        var person = await work.Db.Users.Include(user => user.Assignments).ThenInclude(held => held.OwnRole).SingleOrDefaultAsync(user => user.Id == userId, cancellationToken);
        if (person is null || !(work.Giver.Everywhere(Permission.ManageStaff) || person.Assignments.Any(held => held.MerchantId is { } id && work.Giver.Cover([Permission.ManageStaff], id))))
        {
            return new Problem.NotFound();
        }

        if (!person.IsInvited)
        {
            return new Problem.Invalid(InvalidReason.InvitationAccepted);
        }

        foreach (var held in person.Assignments)
        {
            if (RoleGrants.Lacks(work.Giver, held) is { } problem)
            {
                return problem is Problem.NotFound ? new Problem.NotYours(Permission.ManageStaff) : problem;
            }
        }

        return person;
    }

    private async Task<Result<Guid>> RunAsync(string auditEvent, Guid? userId, Actor actor, Func<Work, CancellationToken, Task<Step>> step, CancellationToken cancellationToken)
    {
        var result = await TryAsync(auditEvent, actor, step, cancellationToken);
        if (result is Result<Guid>.Failed { Problem: var problem and not (Problem.Preview or Problem.StepUp) })
        {
            var outcome = problem is Problem.Denied or Problem.NotYours or Problem.NotFound ? AuditOutcome.Denied : AuditOutcome.Refused;
            var cause = problem is Problem.Invalid invalid ? invalid.Reason.ToString() : problem.GetType().Name;
            await audit.WriteAsync(actor, auditEvent, outcome, null, null, userId is { } id ? $"{id:D}: {cause}" : cause, cancellationToken);
        }

        return result;
    }

    private async Task<Result<Guid>> TryAsync(string auditEvent, Actor actor, Func<Work, CancellationToken, Task<Step>> step, CancellationToken cancellationToken)
    {
        if (actor.IsPreview)
        {
            return new Problem.Preview();
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockStaffAsync(cancellationToken);
        if (await rights.NowAsync(db, actor, cancellationToken) is not { } giver || giver.MerchantsOf(Permission.ManageStaff).Count == 0)
        {
            return new Problem.Denied(Permission.ManageStaff);
        }

        if (!outbox.IsSetUp)
        {
            return new Problem.Invalid(InvalidReason.LettersNotSetUp);
        }

        if (await stepUp.RequireAsync(db, actor, cancellationToken) is { } unproven)
        {
            return unproven;
        }

        var done = await step(new Work(db, scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>(), giver, time.GetUtcNow()), cancellationToken);
        if (done.Problem is { } problem)
        {
            return problem;
        }

        audit.Add(db, actor, auditEvent, AuditOutcome.Done, details: $"{done.UserId:D}: {done.Details}".TrimEnd(' ', ':'));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        return done.UserId;
    }

    private sealed record Work(PortalDbContext Db, UserManager<PortalUser> Users, Rights Giver, DateTimeOffset Now);

    private sealed record Step(Guid UserId, string Details, Problem? Problem)
    {
        public static implicit operator Step((Guid UserId, string Details) done) => new(done.UserId, done.Details, null);

        public static implicit operator Step(Problem problem) => new(Guid.Empty, "", problem);
    }
}
