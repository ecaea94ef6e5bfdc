using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Core.SecondFactor;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Staff;

/// <summary>The roles the owner makes himself. Needs <see cref="Permission.ManageStaff"/>, for changes everywhere and with a fresh proof: a role may be given for any merchant.</summary>
public sealed class OwnRoles(IDbContextFactory<PortalDbContext> databases, ActorRights rights, StepUp stepUp, AuditLog audit, TimeProvider time)
{
    /// <summary>All own roles by name, with the number of people who hold each.</summary>
    public async Task<Result<IReadOnlyList<(OwnRole Role, int Holders)>>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageStaff))
        {
            return new Problem.Denied(Permission.ManageStaff);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var roles = await db.OwnRoles.AsNoTracking().OrderBy(role => role.Name).ToListAsync(cancellationToken);
        var holders = await db.Assignments.Where(held => held.OwnRoleId != null).GroupBy(held => held.OwnRoleId!.Value)
            .Select(group => new { group.Key, Count = group.Select(held => held.UserId).Distinct().Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return roles.ConvertAll(role => (role, holders.GetValueOrDefault(role.Id)));
    }

    /// <summary>Makes a role (no id), or changes one; whoever holds it has the new rights from the next click on.</summary>
    /// <param name="id">The role; <see langword="null"/> for a new one.</param>
    /// <param name="version">Version that was seen; of no meaning for a new one.</param>
    /// <param name="name">1–60 characters, no other role's.</param>
    /// <param name="permissions">What it gives; the actor must hold each everywhere, those taken away too.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Gives up; nothing is changed then.</param>
    /// <returns>The role's id.</returns>
    public Task<Result<Guid>> SaveAsync(Guid? id, Guid version, string name, IReadOnlyCollection<Permission> permissions, Actor actor, CancellationToken cancellationToken) =>
        RunAsync(AuditEvents.RoleSaved, $"{id?.ToString("D") ?? "new"}", actor, async (db, giver, token) =>
        {
            var title = name.Trim();
            if (title.Length is 0 or > OwnRole.MaxName)
            {
                return new Problem.Invalid(InvalidReason.RoleName);
            }

            if (permissions.Count == 0 || !permissions.All(Enum.IsDefined))
            {
                return new Problem.Invalid(InvalidReason.RoleEmpty);
            }

            var role = id is { } known ? await db.OwnRoles.SingleOrDefaultAsync(role => role.Id == known, token) : new OwnRole { Id = Guid.CreateVersion7(time.GetUtcNow()) };
            if (role is null || (id is not null && role.Version != version))
            {
                return new Problem.Changed();
            }

            if (permissions.Union(role.Permissions).Where(permission => !giver.Everywhere(permission)).Select(permission => (Permission?)permission).FirstOrDefault() is { } lacking)
            {
                return new Problem.NotYours(lacking);
            }

            var before = string.Join(' ', role.Permissions.Order());
            (role.Name, role.Permissions, role.Version) = (title, [.. permissions.Distinct().Order()], Guid.CreateVersion7(time.GetUtcNow()));
            if (id is null)
            {
                db.OwnRoles.Add(role);
            }

            audit.Add(db, actor, AuditEvents.RoleSaved, AuditOutcome.Done, details: $"{role.Id:D}: {before} > {string.Join(' ', role.Permissions)}");
            return role.Id;
        }, cancellationToken);

    /// <summary>Removes a role nobody holds.</summary>
    /// <returns>The role's id; <see cref="InvalidReason.RoleInUse"/> while somebody holds it.</returns>
    public Task<Result<Guid>> RemoveAsync(Guid id, Guid version, Actor actor, CancellationToken cancellationToken) =>
        RunAsync(AuditEvents.RoleRemoved, $"{id:D}", actor, async (db, _, token) =>
        {
            if (await db.OwnRoles.SingleOrDefaultAsync(role => role.Id == id && role.Version == version, token) is not { } role)
            {
                return new Problem.Changed();
            }

            var now = time.GetUtcNow();
            if (await db.Assignments.AnyAsync(held => held.OwnRoleId == id && (held.EndsAt == null || held.EndsAt > now), token))
            {
                return new Problem.Invalid(InvalidReason.RoleInUse);
            }

            // What ended is history of the audit log; here it would only keep the role.
            await db.Assignments.Where(held => held.OwnRoleId == id).ExecuteDeleteAsync(token);
            db.OwnRoles.Remove(role);
            audit.Add(db, actor, AuditEvents.RoleRemoved, AuditOutcome.Done, details: $"{id:D}: {string.Join(' ', role.Permissions)}");
            return id;
        }, cancellationToken);

    private async Task<Result<Guid>> RunAsync(
        string auditEvent, string what, Actor actor, Func<PortalDbContext, Rights, CancellationToken, Task<Result<Guid>>> apply, CancellationToken cancellationToken)
    {
        var result = await TryAsync(actor, apply, cancellationToken);
        if (result is Result<Guid>.Failed { Problem: var problem })
        {
            var cause = problem is Problem.Invalid invalid ? invalid.Reason.ToString() : problem.GetType().Name;
            await audit.WriteAsync(actor, auditEvent, problem is Problem.Denied or Problem.NotYours ? AuditOutcome.Denied : AuditOutcome.Refused, null, null, $"{what}: {cause}", cancellationToken);
        }

        return result;
    }

    private async Task<Result<Guid>> TryAsync(Actor actor, Func<PortalDbContext, Rights, CancellationToken, Task<Result<Guid>>> apply, CancellationToken cancellationToken)
    {
        if (actor.IsPreview)
        {
            return new Problem.Preview();
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockStaffAsync(cancellationToken);
        if (await rights.NowAsync(db, actor, cancellationToken) is not { } giver || !giver.Everywhere(Permission.ManageStaff))
        {
            return new Problem.Denied(Permission.ManageStaff);
        }

        if (await stepUp.RequireAsync(db, actor, cancellationToken) is { } unproven)
        {
            return unproven;
        }

        var result = await apply(db, giver, cancellationToken);
        if (result is Result<Guid>.Failed)
        {
            return result;
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return new Problem.Invalid(InvalidReason.RoleNameTaken);
        }

        await transaction.CommitAsync(cancellationToken);
        return result;
    }
}
