namespace AssistPortal.Core.SecondFactor;

/// <summary>What a person has beside the password.</summary>
/// <param name="AuthenticatorSince">When the authenticator was added; <see langword="null"/> without one.</param>
/// <param name="RecoveryCodes">Recovery codes left.</param>
/// <param name="Passkeys">Passkeys.</param>
/// <param name="IsRequired">Whether his rights demand a second factor.</param>
public sealed record FactorState(DateTimeOffset? AuthenticatorSince, int RecoveryCodes, int Passkeys, bool IsRequired)
{
    /// <summary>Whether there is any second factor. Recovery codes are none of their own: they stand in for a lost one.</summary>
    public bool HasAny => AuthenticatorSince is not null || Passkeys > 0;
}

/// <summary>What a typed code turned out to be.</summary>
public enum CodeUse
{
    /// <summary>No code that counts now: mistyped, expired, or used before.</summary>
    Wrong,

    /// <summary>The authenticator's code.</summary>
    Authenticator,

    /// <summary>A recovery code.</summary>
    Recovery,
}
