using System.Security.Cryptography;
using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.SecondFactor;

/// <summary>A passkey as its owner sees it.</summary>
/// <param name="Id">Credential id, base64url.</param>
/// <param name="Name">Name the owner gave it.</param>
/// <param name="AddedAt">When it was added, UTC.</param>
public sealed record PasskeyRow(string Id, string Name, DateTimeOffset AddedAt);

/// <summary>The passkeys a person has: list, rename, remove. Adding one is a conversation with the browser and stands in the host.</summary>
public sealed class Passkeys(IDbContextFactory<PortalDbContext> databases, SecondFactors factors, StepUp stepUp, AuditLog audit)
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxName = 60;

    /// <summary>Most passkeys a person may have.</summary>
    public const int Most = 10;

    /// <summary>The actor's passkeys, the oldest first.</summary>
    public async Task<IReadOnlyList<PasskeyRow>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var passkeys = await db.UserPasskeys.AsNoTracking().Where(passkey => passkey.UserId == actor.UserId).ToListAsync(cancellationToken);
        return [.. passkeys.OrderBy(passkey => passkey.Data.CreatedAt).Select(passkey => new PasskeyRow(Id(passkey), passkey.Data.Name ?? "", passkey.Data.CreatedAt))];
    }

    /// <summary>Whether the actor may add one now: whoever has a second factor shows it first, and ten are enough.</summary>
    /// <returns>Nothing, <see cref="Problem.StepUp"/> or <see cref="InvalidReason.TooManyPasskeys"/>.</returns>
    public async Task<Problem?> MayAddAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var state = await factors.StateAsync(db, actor.UserId, cancellationToken);
        return state.Passkeys >= Most
            ? new Problem.Invalid(InvalidReason.TooManyPasskeys)
            : state.HasAny ? await stepUp.RequireAsync(db, actor, cancellationToken) : null;
    }

    /// <summary>Writes down that the host added one.</summary>
    public Task NoteAddedAsync(Actor actor, CancellationToken cancellationToken) =>
        audit.WriteAsync(actor, AuditEvents.FactorAdded, AuditOutcome.Done, null, null, "passkey", cancellationToken);

    /// <summary>Gives one of the actor's passkeys another name; empty and overlong names are cut to fit.</summary>
    /// <returns>The new list; <see cref="Problem.NotFound"/> for a passkey of somebody else.</returns>
    public async Task<Result<FactorState>> RenameAsync(string id, string name, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, id, actor, cancellationToken) is not { } passkey)
        {
            return new Problem.NotFound();
        }

        passkey.Data.Name = NameOf(name);
        await db.SaveChangesAsync(cancellationToken);
        return await factors.StateAsync(db, actor.UserId, cancellationToken);
    }

    /// <summary>Removes one of the actor's passkeys; needs a fresh proof.</summary>
    /// <returns>What is left; <see cref="InvalidReason.FactorRequired"/> when it is the last factor of a person who must have one.</returns>
    public async Task<Result<FactorState>> RemoveAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await FindAsync(db, id, actor, cancellationToken) is not { } passkey)
        {
            return new Problem.NotFound();
        }

        var state = await factors.StateAsync(db, actor.UserId, cancellationToken);
        var isLast = state is { Passkeys: 1, AuthenticatorSince: null };
        var problem = await stepUp.RequireAsync(db, actor, cancellationToken);
        if (problem is null && isLast && state.IsRequired)
        {
            problem = new Problem.Invalid(InvalidReason.FactorRequired);
        }

        if (problem is null)
        {
            db.UserPasskeys.Remove(passkey);
            if (isLast)
            {
                await db.RecoveryCodes.Where(code => code.UserId == actor.UserId).ExecuteDeleteAsync(cancellationToken);
            }
        }

        audit.Add(db, actor, AuditEvents.FactorRemoved, problem is null ? AuditOutcome.Done : AuditOutcome.Refused, details: problem is null ? "passkey" : $"passkey: {problem.GetType().Name}");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return problem is null ? await factors.StateAsync(db, actor.UserId, cancellationToken) : problem;
    }

    /// <summary>A name that fits, whatever was typed.</summary>
    public static string NameOf(string? typed)
    {
        var name = new string([.. (typed ?? "").Where(sign => !char.IsControl(sign))]).Trim();
        return name.Length switch { 0 => "Passkey", <= MaxName => name, _ => name[..MaxName] };
    }

    private static string Id(IdentityUserPasskey<Guid> passkey) => System.Buffers.Text.Base64Url.EncodeToString(passkey.CredentialId);

    private static async Task<IdentityUserPasskey<Guid>?> FindAsync(PortalDbContext db, string id, Actor actor, CancellationToken cancellationToken)
    {
        var mine = await db.UserPasskeys.Where(passkey => passkey.UserId == actor.UserId).ToListAsync(cancellationToken);
        return mine.FirstOrDefault(passkey => CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(Id(passkey)), System.Text.Encoding.ASCII.GetBytes(id)));
    }
}
