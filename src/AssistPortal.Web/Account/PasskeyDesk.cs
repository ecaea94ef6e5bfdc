using AssistPortal.Core;
using AssistPortal.Core.SecondFactor;
using AssistPortal.Core.Staff;
using Microsoft.AspNetCore.Identity;

namespace AssistPortal.Web.Account;

/// <summary>Judges what a browser answers for a passkey, against the challenge it was given.</summary>
public sealed class PasskeyDesk(PortalSignInManager signIn, UserManager<PortalUser> users)
{
    /// <summary>Whose passkey answered rightly; <see langword="null"/> for a wrong, late, repeated or foreign answer.</summary>
    public async Task<PortalUser?> JudgeAsync(string? credential)
    {
        if (string.IsNullOrEmpty(credential))
        {
            return null;
        }

        try
        {
            var result = await signIn.PerformPasskeyAssertionAsync(credential);
            // The counter of uses is kept: a cloned key gives itself away by going back.
            return result.Succeeded && (await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey)).Succeeded ? result.User : null;
        }
        catch (InvalidOperationException)
        {
            // No challenge was given here, or it has been answered already.
            return null;
        }
    }

    /// <summary>Adds the new passkey of a person.</summary>
    /// <returns>Whether it was accepted.</returns>
    public async Task<bool> AddAsync(string? credential, string? name, Actor actor)
    {
        if (string.IsNullOrEmpty(credential) || await users.FindByIdAsync(actor.UserId.ToString()) is not { } user)
        {
            return false;
        }

        try
        {
            var result = await signIn.PerformPasskeyAttestationAsync(credential);
            if (!result.Succeeded || result.UserEntity.Id != user.Id.ToString())
            {
                return false;
            }

            result.Passkey.Name = Passkeys.NameOf(name);
            return (await users.AddOrUpdatePasskeyAsync(user, result.Passkey)).Succeeded;
        }
        catch (InvalidOperationException)
        {
            // No challenge was given here, or it has been answered already.
            return false;
        }
    }
}
