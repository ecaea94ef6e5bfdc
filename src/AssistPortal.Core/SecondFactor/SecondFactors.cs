using System.Security.Cryptography;
using System.Text;
using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Sessions;
using AssistPortal.Core.Staff;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.SecondFactor;

/// <summary>A key on its way into somebody's authenticator.</summary>
/// <param name="Key">The key to type, in groups of four.</param>
/// <param name="Uri">The same for a camera: <c>otpauth://…</c>.</param>
/// <param name="Seal">What the form brings back with the first code; good for half an hour and for this person only.</param>
public sealed record NewAuthenticator(string Key, string Uri, string Seal);

/// <summary>A person's recovery codes, in the only moment in which they can be read.</summary>
/// <param name="Codes">Codes of 16 letters and digits in groups of four.</param>
public sealed record RecoverySheet(IReadOnlyList<string> Codes);

/// <summary>Authenticators and recovery codes: adding them, using them, taking them away.</summary>
public sealed class SecondFactors(
    IDbContextFactory<PortalDbContext> databases, MerchantDirectory merchants, ActorRights rights, StepUp stepUp, IDataProtectionProvider protection, AuditLog audit, IOptions<SecondFactorOptions> options, TimeProvider time)
{
    private const int RecoveryCodes = 10;
    private const int RecoveryBytes = 10;
    private static readonly TimeSpan EnrolmentTime = TimeSpan.FromMinutes(30);

    private readonly IDataProtector _keys = protection.CreateProtector("AssistPortal.Authenticator");
    private readonly ITimeLimitedDataProtector _seals = protection.CreateProtector("AssistPortal.Authenticator.New").ToTimeLimitedDataProtector();

    // Authenticators count on the world's time; the sandbox's clock has nothing to say.
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>What the person has.</summary>
    public async Task<FactorState> StateAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await StateAsync(db, userId, cancellationToken);
    }

    /// <summary>A fresh key. Nothing is stored: what the person never finishes leaves no trace.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="email">How the authenticator app will call the account.</param>
    public NewAuthenticator Begin(Guid userId, string email)
    {
        var key = Totp.NewKey();
        return Show(key, _seals.Protect($"{userId:D}{Convert.ToHexString(key)}", EnrolmentTime), email);
    }

    /// <summary>The key that an earlier <see cref="Begin"/> sealed, to show it again; <see langword="null"/> when the seal is old or another person's.</summary>
    public NewAuthenticator? Again(Guid userId, string email, string seal) => Unseal(userId, seal) is { } key ? Show(key, seal, email) : null;

    /// <summary>Adds the authenticator, or puts it in the place of the old one, once its first code proves that the key arrived; new recovery codes replace the old.</summary>
    /// <param name="seal">What <see cref="Begin"/> gave.</param>
    /// <param name="code">The authenticator's code.</param>
    /// <param name="actor">The person. Whoever has a second factor already shows it first (<see cref="Problem.StepUp"/>).</param>
    /// <param name="cancellationToken">Gives up; nothing is changed then.</param>
    /// <returns>The recovery codes, never to be seen again; <see cref="InvalidReason.EnrolmentOver"/> or <see cref="InvalidReason.WrongCode"/>.</returns>
    public async Task<Result<RecoverySheet>> AddAsync(string seal, string code, Actor actor, CancellationToken cancellationToken)
    {
        if (Unseal(actor.UserId, seal) is not { } key)
        {
            return new Problem.Invalid(InvalidReason.EnrolmentOver);
        }

        if (Totp.StepOf(key, Bare(code), Now) is not { } step)
        {
            return new Problem.Invalid(InvalidReason.WrongCode);
        }

        // Sealed before the transaction: a new key of data protection would be written past it.
        var sealedKey = _keys.Protect(Convert.ToHexString(key));
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var before = await StateAsync(db, actor.UserId, cancellationToken);
        if (before.HasAny && await stepUp.RequireAsync(db, actor, cancellationToken) is { } unproven)
        {
            return await RefuseAsync(db, transaction, AuditEvents.FactorAdded, actor, unproven, null, cancellationToken);
        }

        await db.Authenticators.Where(authenticator => authenticator.UserId == actor.UserId).ExecuteDeleteAsync(cancellationToken);
        db.Authenticators.Add(new Authenticator { UserId = actor.UserId, SealedKey = sealedKey, AddedAt = Now, LastStep = step });
        var codes = await RenewAsync(db, actor.UserId, cancellationToken);
        audit.Add(db, actor, AuditEvents.FactorAdded, AuditOutcome.Done, details: before.AuthenticatorSince is null ? "authenticator" : "authenticator, in place of another");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new RecoverySheet(codes);
    }

    /// <summary>Takes a code, so that it is never taken again.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="code">What was typed: an authenticator's code or a recovery code; blanks and dashes don't count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<CodeUse> UseAsync(Guid userId, string code, CancellationToken cancellationToken)
    {
        var bare = Bare(code);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (bare.Length == Totp.Digits)
        {
            var sealedKey = await db.Authenticators.Where(authenticator => authenticator.UserId == userId).Select(authenticator => authenticator.SealedKey).SingleOrDefaultAsync(cancellationToken);
            // Of two that bring the same code at once the database lets one through.
            return sealedKey is not null && Totp.StepOf(Convert.FromHexString(_keys.Unprotect(sealedKey)), bare, Now) is { } step
                && await db.Authenticators.Where(authenticator => authenticator.UserId == userId && authenticator.LastStep < step)
                    .ExecuteUpdateAsync(set => set.SetProperty(authenticator => authenticator.LastStep, step), cancellationToken) == 1
                ? CodeUse.Authenticator
                : CodeUse.Wrong;
        }

        var (hash, now) = (Hash(bare), Now);
        return await db.RecoveryCodes.Where(recovery => recovery.UserId == userId && recovery.Hash == hash && recovery.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(recovery => recovery.UsedAt, now), cancellationToken) == 1
            ? CodeUse.Recovery
            : CodeUse.Wrong;
    }

    /// <summary>New recovery codes in place of the old ones; needs a fresh proof.</summary>
    public async Task<Result<RecoverySheet>> RenewRecoveryAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await stepUp.RequireAsync(db, actor, cancellationToken) is { } unproven)
        {
            return await RefuseAsync(db, transaction, AuditEvents.RecoveryRenewed, actor, unproven, null, cancellationToken);
        }

        var codes = await RenewAsync(db, actor.UserId, cancellationToken);
        audit.Add(db, actor, AuditEvents.RecoveryRenewed, AuditOutcome.Done);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new RecoverySheet(codes);
    }

    /// <summary>Takes the person's own authenticator away; needs a fresh proof.</summary>
    /// <returns><see cref="InvalidReason.FactorRequired"/> when it is the last one of a person who must have one.</returns>
    public async Task<Result<FactorState>> RemoveAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var problem = await stepUp.RequireAsync(db, actor, cancellationToken);
        var state = await StateAsync(db, actor.UserId, cancellationToken);
        if (problem is null && state is { IsRequired: true, Passkeys: 0 })
        {
            problem = new Problem.Invalid(InvalidReason.FactorRequired);
        }

        if (problem is not null)
        {
            return await RefuseAsync(db, transaction, AuditEvents.FactorRemoved, actor, problem, null, cancellationToken);
        }

        await db.Authenticators.Where(authenticator => authenticator.UserId == actor.UserId).ExecuteDeleteAsync(cancellationToken);
        if (state.Passkeys == 0)
        {
            await db.RecoveryCodes.Where(code => code.UserId == actor.UserId).ExecuteDeleteAsync(cancellationToken);
        }

        audit.Add(db, actor, AuditEvents.FactorRemoved, AuditOutcome.Done, details: "authenticator");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return await StateAsync(db, actor.UserId, cancellationToken);
    }

    /// <summary>Takes everything away that a person who lost it can't take away himself: authenticator, recovery codes, passkeys. His sessions end.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="actor">Who does it; needs <see cref="Permission.ManageStaff"/>, every right the person holds (<see cref="Problem.NotYours"/>), and a fresh proof. Not for oneself.</param>
    /// <param name="cancellationToken">Gives up; nothing is changed then.</param>
    /// <returns>The person's sessions that ended.</returns>
    public async Task<Result<int>> ResetAsync(Guid userId, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var held = await rights.NowAsync(db, actor, cancellationToken);
        Problem? problem = null;
        if (actor.IsPreview)
        {
            problem = new Problem.Preview();
        }
        else if (held is null || held.MerchantsOf(Permission.ManageStaff).Count == 0)
        {
            problem = new Problem.Denied(Permission.ManageStaff);
        }
        else if (userId == actor.UserId || !await db.Users.AnyAsync(user => user.Id == userId, cancellationToken))
        {
            problem = new Problem.NotFound();
        }
        else if (await StaffRights.ReadAsync(db, userId, merchants.Ids, time.GetUtcNow(), cancellationToken) is { } theirs && !held.Cover(theirs.Rights))
        {
            // Whoever may take the door off may walk in: only over those who can do no more than oneself. A person of other shops isn't known here.
            problem = theirs.Rights.MerchantsOf(Permission.View).Overlaps(held.MerchantsOf(Permission.ManageStaff)) ? new Problem.NotYours(Permission.ManageStaff) : new Problem.NotFound();
        }

        problem ??= await stepUp.RequireAsync(db, actor, cancellationToken);
        if (problem is not null)
        {
            return await RefuseAsync(db, transaction, AuditEvents.FactorReset, actor, problem, userId, cancellationToken);
        }

        await db.Authenticators.Where(authenticator => authenticator.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.RecoveryCodes.Where(code => code.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.UserPasskeys.Where(passkey => passkey.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        var ended = await StaffSessions.EndAllAsync(db, userId, SessionEnd.FactorReset, actor.UserId, cancellationToken);
        audit.Add(db, actor, AuditEvents.FactorReset, AuditOutcome.Done, details: userId.ToString("D"));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ended;
    }

    internal async Task<FactorState> StateAsync(PortalDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        var since = await db.Authenticators.Where(authenticator => authenticator.UserId == userId).Select(authenticator => (DateTimeOffset?)authenticator.AddedAt).SingleOrDefaultAsync(cancellationToken);
        var codes = await db.RecoveryCodes.CountAsync(code => code.UserId == userId && code.UsedAt == null, cancellationToken);
        var passkeys = await db.UserPasskeys.CountAsync(passkey => passkey.UserId == userId, cancellationToken);
        var isRequired = options.Value.Required
            && await StaffRights.ReadAsync(db, userId, merchants.Ids, time.GetUtcNow(), cancellationToken) is { } held && SecondFactorRule.Covers(held.Rights);
        return new FactorState(since, codes, passkeys, isRequired);
    }

    private static async Task<IReadOnlyList<string>> RenewAsync(PortalDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        await db.RecoveryCodes.Where(code => code.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        List<string> codes = [];
        for (var number = 0; number < RecoveryCodes; number++)
        {
            var code = Base32.Of(RandomNumberGenerator.GetBytes(RecoveryBytes));
            db.RecoveryCodes.Add(new RecoveryCode { UserId = userId, Hash = Hash(code) });
            codes.Add(Base32.Grouped(code, '-'));
        }

        return codes;
    }

    private async Task<Problem> RefuseAsync(
        PortalDbContext db, IDbContextTransaction transaction, string auditEvent, Actor actor, Problem problem, Guid? whose, CancellationToken cancellationToken)
    {
        var cause = problem is Problem.Invalid invalid ? invalid.Reason.ToString() : problem.GetType().Name;
        audit.Add(db, actor, auditEvent, problem is Problem.Denied or Problem.NotYours or Problem.NotFound ? AuditOutcome.Denied : AuditOutcome.Refused, details: whose is { } id ? $"{id:D}: {cause}" : cause);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return problem;
    }

    private NewAuthenticator Show(byte[] key, string seal, string email)
    {
        var text = Base32.Of(key);
        var issuer = Uri.EscapeDataString(options.Value.Issuer);
        return new NewAuthenticator(Base32.Grouped(text, ' '), $"otpauth://totp/{issuer}:{Uri.EscapeDataString(email)}?secret={text}&issuer={issuer}", seal);
    }

    private byte[]? Unseal(Guid userId, string seal)
    {
        try
        {
            var text = _seals.Unprotect(seal);
            var owner = userId.ToString("D");
            return text.StartsWith(owner, StringComparison.Ordinal) ? Convert.FromHexString(text.AsSpan(owner.Length)) : null;
        }
        catch (CryptographicException)
        {
            // Old, forged, or sealed with keys that are gone: the page makes a new one.
            return null;
        }
    }

    private static string Bare(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    private static string Hash(string bare) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(bare)));
}
