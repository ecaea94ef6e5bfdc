using System.Security.Cryptography;
using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.SecondFactor;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Staff;

/// <summary>Changes of one person: roles given and taken, dismissal and return, the signed review. Each is one transaction with its audit entry.</summary>
/// <remarks>Every change needs <see cref="Permission.ManageStaff"/>, all but the review a fresh proof (<see cref="Problem.StepUp"/>), and names the <see cref="PortalUser.RightsVersion"/> that was seen; another one is <see cref="Problem.Changed"/>.</remarks>
public sealed class ChangeStaff(IDbContextFactory<PortalDbContext> databases, ActorRights rights, StepUp stepUp, MerchantDirectory merchants, AuditLog audit, TimeProvider time)
{
    /// <summary>Gives and takes roles.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="version">Version of the rights the actor saw.</param>
    /// <param name="give">Roles to give.</param>
    /// <param name="take">Assignments to take away.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Gives up; nothing is changed then.</param>
    /// <returns>The person's new version; <see cref="Problem.NotYours"/> for a right the actor lacks himself, <see cref="InvalidReason.LastOwner"/> when nobody would own the portal any more.</returns>
    public Task<Result<Guid>> ChangeRolesAsync(Guid userId, Guid version, IReadOnlyCollection<RoleGrant> give, IReadOnlyCollection<Guid> take, Actor actor, CancellationToken cancellationToken) =>
        RunAsync(userId, version, AuditEvents.RightsChanged, actor, async (change, token) =>
        {
            if (give.Count + take.Count == 0)
            {
                return new Problem.Invalid(InvalidReason.NothingToChange);
            }

            foreach (var id in take)
            {
                if (change.Person.Assignments.FirstOrDefault(held => held.Id == id) is not { } held)
                {
                    return new Problem.Changed();
                }

                if (RoleGrants.Lacks(change.Giver, held) is { } problem)
                {
                    return problem;
                }

                change.Person.Assignments.Remove(held);
                change.Db.Assignments.Remove(held);
            }

            var made = await RoleGrants.MakeAsync(change.Db, give, change.Giver, actor.UserId, userId, merchants, change.Now, token);
            if (made is not Result<IReadOnlyList<Assignment>>.Ok { Value: var given })
            {
                return ((Result<IReadOnlyList<Assignment>>.Failed)made).Problem;
            }

            change.Db.Assignments.AddRange(given);
            return null;
        }, cancellationToken);

    /// <summary>Dismisses a person: from this moment he does nothing, and open pages end within seconds.</summary>
    /// <returns>The person's new version; <see cref="Problem.NotYours"/> when the person holds a right the actor lacks.</returns>
    public Task<Result<Guid>> DismissAsync(Guid userId, Guid version, Actor actor, CancellationToken cancellationToken) =>
        RunAsync(userId, version, AuditEvents.StaffDismissed, actor, (change, _) => Task.FromResult(SetDismissed(change, true)), cancellationToken);

    /// <summary>Takes a dismissed person back, with the roles he had that haven't ended.</summary>
    /// <returns>As <see cref="DismissAsync"/>.</returns>
    public Task<Result<Guid>> ReinstateAsync(Guid userId, Guid version, Actor actor, CancellationToken cancellationToken) =>
        RunAsync(userId, version, AuditEvents.StaffReinstated, actor, (change, _) => Task.FromResult(SetDismissed(change, false)), cancellationToken);

    /// <summary>Signs that the person's rights were looked at and are still needed. Nobody signs his own.</summary>
    /// <returns>The version signed; <see cref="InvalidReason.OwnRights"/> for one's own.</returns>
    public Task<Result<Guid>> SignReviewAsync(Guid userId, Guid version, Actor actor, CancellationToken cancellationToken) =>
        RunAsync(userId, version, AuditEvents.AccessReviewed, actor, (change, _) =>
        {
            if (userId == actor.UserId)
            {
                return Task.FromResult<Problem?>(new Problem.Invalid(InvalidReason.OwnRights));
            }

            change.Db.AccessReviews.Add(new AccessReview { Id = Guid.CreateVersion7(change.Now), UserId = userId, ReviewerId = actor.UserId, At = change.Now, RightsVersion = version });
            return Task.FromResult<Problem?>(null);
        }, cancellationToken, keepsVersion: true);

    private static Problem? SetDismissed(Change change, bool dismissed)
    {
        if (change.Person.IsDismissed == dismissed)
        {
            return new Problem.Changed();
        }

        foreach (var held in change.Person.Assignments.Where(held => held.EndsAt is null || held.EndsAt > change.Now))
        {
            if (RoleGrants.Lacks(change.Giver, held) is { } problem)
            {
                return problem is Problem.NotFound ? new Problem.NotYours(Permission.ManageStaff) : problem;
            }
        }

        change.Person.IsDismissed = dismissed;
        // Cookies and open circuits carry the stamp; another one ends them.
        change.Person.SecurityStamp = RandomNumberGenerator.GetHexString(32);
        return null;
    }

    private async Task<Result<Guid>> RunAsync(
        Guid userId, Guid version, string auditEvent, Actor actor, Func<Change, CancellationToken, Task<Problem?>> apply, CancellationToken cancellationToken, bool keepsVersion = false)
    {
        var result = await TryAsync(userId, version, auditEvent, actor, apply, keepsVersion, cancellationToken);
        if (result is Result<Guid>.Failed { Problem: var problem })
        {
            var outcome = problem is Problem.Denied or Problem.NotYours or Problem.NotFound ? AuditOutcome.Denied : AuditOutcome.Refused;
            var cause = problem is Problem.Invalid invalid ? invalid.Reason.ToString() : problem.GetType().Name;
            await audit.WriteAsync(actor, auditEvent, outcome, null, null, $"{userId:D}: {cause}", cancellationToken);
        }

        return result;
    }

    private async Task<Result<Guid>> TryAsync(
        Guid userId, Guid version, string auditEvent, Actor actor, Func<Change, CancellationToken, Task<Problem?>> apply, bool keepsVersion, CancellationToken cancellationToken)
    {
        if (actor.IsPreview)
        {
            return new Problem.Preview();
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockStaffAsync(cancellationToken);
        if (await rights.NowAsync(db, actor, cancellationToken) is not { } giver || giver.MerchantsOf(Permission.ManageStaff).Count == 0)
        {
            return new Problem.Denied(Permission.ManageStaff);
        }

        var person = await db.Users.Include(user => user.Assignments).ThenInclude(held => held.OwnRole).SingleOrDefaultAsync(user => user.Id == userId, cancellationToken);
        if (person is null || !(giver.Everywhere(Permission.ManageStaff) || person.Id == actor.UserId || person.Assignments.Any(held => held.MerchantId is { } id && giver.Cover([Permission.ManageStaff], id))))
        {
            return new Problem.NotFound();
        }

        if (person.RightsVersion != version)
        {
            return new Problem.Changed();
        }

        if (!keepsVersion && await stepUp.RequireAsync(db, actor, cancellationToken) is { } unproven)
        {
            return unproven;
        }

        var now = time.GetUtcNow();
        var hadOwner = await RoleGrants.HasOwnerAsync(db, cancellationToken);
        var before = Describe(person, person.Assignments);
        if (await apply(new Change(db, person, giver, now), cancellationToken) is { } problem)
        {
            return problem;
        }

        if (!keepsVersion)
        {
            person.RightsVersion = Guid.CreateVersion7(now);
        }

        audit.Add(db, actor, auditEvent, AuditOutcome.Done, details: $"{userId:D}: {before} > {Describe(person, db.Assignments.Local.Where(held => held.UserId == userId))}");
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Problem.Changed();
        }

        // Asked of what stands in the database now, and given back with everything else when nobody is left.
        if (hadOwner && !await RoleGrants.HasOwnerAsync(db, cancellationToken))
        {
            return new Problem.Invalid(InvalidReason.LastOwner);
        }

        await transaction.CommitAsync(cancellationToken);
        return person.RightsVersion;
    }

    private static string Describe(PortalUser person, IEnumerable<Assignment> held) =>
        $"{(person.IsDismissed ? "dismissed" : "in office")}, {string.Join(", ", held.Select(assignment => assignment.Brief()).Order(StringComparer.Ordinal))}";

    private sealed record Change(PortalDbContext Db, PortalUser Person, Rights Giver, DateTimeOffset Now);
}
