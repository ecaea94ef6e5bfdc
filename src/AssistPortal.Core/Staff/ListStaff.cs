using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Staff;

/// <summary>Who works here and with which rights.</summary>
public sealed class ListStaff(IDbContextFactory<PortalDbContext> databases, MerchantDirectory merchants, TimeProvider time)
{
    /// <summary>The people the actor manages, those in office first, by name: everybody for who manages staff everywhere, otherwise those with a role for one of his merchants.</summary>
    /// <param name="actor">Who looks; needs <see cref="Permission.ManageStaff"/>.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<Result<IReadOnlyList<StaffMember>>> RunAsync(Actor actor, CancellationToken cancellationToken) =>
        actor.May(Permission.ManageStaff) ? new Result<IReadOnlyList<StaffMember>>.Ok(await ReadAsync(null, actor, cancellationToken)) : new Problem.Denied(Permission.ManageStaff);

    /// <summary>One of them.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="actor">Who looks; needs <see cref="Permission.ManageStaff"/>.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    /// <returns><see cref="Problem.NotFound"/> for somebody the actor doesn't manage.</returns>
    public async Task<Result<StaffMember>> GetAsync(Guid userId, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageStaff))
        {
            return new Problem.Denied(Permission.ManageStaff);
        }

        return (await ReadAsync(userId, actor, cancellationToken)) is [var person] ? person : new Problem.NotFound();
    }

    private async Task<IReadOnlyList<StaffMember>> ReadAsync(Guid? userId, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var people = await db.Users.AsNoTracking()
            .Include(user => user.Assignments.Where(held => held.EndsAt == null || held.EndsAt > now)).ThenInclude(held => held.OwnRole)
            .Where(user => userId == null || user.Id == userId)
            .OrderBy(user => user.IsDismissed).ThenBy(user => user.DisplayName).ThenBy(user => user.Id)
            .ToListAsync(cancellationToken);
        var ids = people.ConvertAll(person => person.Id);
        var reviews = (await db.AccessReviews.AsNoTracking().Where(review => ids.Contains(review.UserId)).ToListAsync(cancellationToken)).ToLookup(review => review.UserId);
        var names = await db.Users.AsNoTracking().ToDictionaryAsync(user => user.Id, user => user.DisplayName, cancellationToken);
        return [.. people
            .Where(person => Manages(actor, person))
            .Select(person => new StaffMember(
                person,
                [.. person.Assignments.Where(held => IsShown(actor, held)).OrderBy(held => held.MerchantId ?? 0).ThenBy(held => held.Id)],
                StaffRights.Sum(person.Assignments.Where(held => IsShown(actor, held)), merchants.Ids),
                IsCovered(person, actor),
                reviews[person.Id].MaxBy(review => review.At) is { } last ? new LastReview(last.At, names.GetValueOrDefault(last.ReviewerId), last.RightsVersion == person.RightsVersion) : null))];
    }

    // What is held for a merchant the actor doesn't manage isn't his to see, not even that it exists.
    private static bool IsShown(Actor actor, Assignment held) =>
        actor.Rights.Everywhere(Permission.ManageStaff) || held.MerchantId is not { } id || actor.May(Permission.ManageStaff, id);

    private static bool Manages(Actor actor, PortalUser person) =>
        actor.Rights.Everywhere(Permission.ManageStaff) || person.Id == actor.UserId || person.Assignments.Any(held => held.MerchantId is { } id && actor.May(Permission.ManageStaff, id));

    private bool IsCovered(PortalUser person, Actor actor) => actor.Rights.Cover(StaffRights.Sum(person.Assignments, merchants.Ids));
}

/// <summary>A person as those who manage staff see him.</summary>
/// <param name="Person">The row, not tracked.</param>
/// <param name="Held">Roles held now for merchants the looker manages.</param>
/// <param name="Rights">What they give together.</param>
/// <param name="IsCovered">Whether the looker holds every right the person does: only then may he dismiss him.</param>
/// <param name="Review">The last signed review of the rights.</param>
public sealed record StaffMember(PortalUser Person, IReadOnlyList<Assignment> Held, Rights Rights, bool IsCovered, LastReview? Review);

/// <summary>The last review of a person's rights.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who signed; <see langword="null"/> when the person's data are gone.</param>
/// <param name="IsCurrent">Whether the rights are still those that were looked at.</param>
public sealed record LastReview(DateTimeOffset At, string? By, bool IsCurrent);
