using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Core.Sessions;
using AssistPortal.Core.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AssistPortal.Core.SecondFactor;

/// <summary>How a person can prove himself.</summary>
/// <param name="Code">By a code of the authenticator or a recovery code.</param>
/// <param name="Passkey">By a passkey.</param>
/// <param name="Password">By the password, for want of anything better.</param>
public sealed record ProofWays(bool Code, bool Passkey, bool Password);

/// <summary>How a proof ended.</summary>
public enum Proof
{
    /// <summary>It is he; the session is proven for a while.</summary>
    Right,

    /// <summary>Wrong; there are tries left.</summary>
    Wrong,

    /// <summary>Wrong too often, or the session is over anyway: nobody is signed in here any more.</summary>
    SessionOver,
}

/// <summary>Takes a person's proof and notes it in his session. Five wrong ones end the session.</summary>
public sealed class Prove(IDbContextFactory<PortalDbContext> databases, SecondFactors factors, IServiceScopeFactory scopes, AuditLog audit)
{
    private const int MostWrong = 5;

    /// <summary>The ways the person has.</summary>
    public async Task<ProofWays> WaysAsync(Actor actor, CancellationToken cancellationToken)
    {
        var state = await factors.StateAsync(actor.UserId, cancellationToken);
        return new ProofWays(state.AuthenticatorSince is not null || (state.HasAny && state.RecoveryCodes > 0), state.Passkeys > 0, !state.HasAny);
    }

    /// <summary>By a code of the authenticator or a recovery code.</summary>
    public Task<Proof> ByCodeAsync(string code, Actor actor, CancellationToken cancellationToken) =>
        TryAsync("code", async () => await factors.UseAsync(actor.UserId, code, cancellationToken) != CodeUse.Wrong, actor, cancellationToken);

    /// <summary>By the password; never right for a person who has a second factor.</summary>
    public Task<Proof> ByPasswordAsync(string password, Actor actor, CancellationToken cancellationToken) =>
        TryAsync(
            "password",
            async () =>
            {
                await using var scope = scopes.CreateAsyncScope();
                var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
                return !(await factors.StateAsync(actor.UserId, cancellationToken)).HasAny
                    && await users.FindByIdAsync(actor.UserId.ToString()) is { } user && await users.CheckPasswordAsync(user, password);
            },
            actor,
            cancellationToken);

    /// <summary>By a passkey whose answer the caller has checked.</summary>
    public Task<Proof> ByPasskeyAsync(bool isRight, Actor actor, CancellationToken cancellationToken) => TryAsync("passkey", () => Task.FromResult(isRight), actor, cancellationToken);

    private async Task<Proof> TryAsync(string way, Func<Task<bool>> isRight, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var mine = db.Sessions.Where(session => session.Id == actor.SessionId && session.UserId == actor.UserId && session.EndedAt == null);

        // Each try is paid for before it is looked at: many at once don't get more than five.
        if (await mine.Where(session => session.WrongProofs < MostWrong).ExecuteUpdateAsync(set => set.SetProperty(session => session.WrongProofs, session => session.WrongProofs + 1), cancellationToken) == 0)
        {
            return Proof.SessionOver;
        }

        var now = TimeProvider.System.GetUtcNow();
        if (await isRight())
        {
            await mine.ExecuteUpdateAsync(set => set.SetProperty(session => session.WrongProofs, 0).SetProperty(session => session.ProvenAt, now), cancellationToken);
            await audit.WriteAsync(actor, AuditEvents.StepUp, AuditOutcome.Done, null, null, way, cancellationToken);
            return Proof.Right;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ended = await mine.Where(session => session.WrongProofs >= MostWrong).ExecuteUpdateAsync(
            set => set.SetProperty(session => session.EndedAt, now).SetProperty(session => session.EndedWhy, SessionEnd.WrongProofs), cancellationToken);
        audit.Add(db, actor, AuditEvents.StepUp, AuditOutcome.Denied, details: ended > 0 ? $"{way}, session ended" : way);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ended > 0 ? Proof.SessionOver : Proof.Wrong;
    }
}
