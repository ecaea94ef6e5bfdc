namespace AssistPortal.Core.SecondFactor;

/// <summary>A person's authenticator app: the key both sides count codes from. Instants are UTC on the machine's clock.</summary>
public sealed class Authenticator
{
    /// <summary>The person; one authenticator each.</summary>
    public Guid UserId { get; set; }

    /// <summary>The key, sealed by data protection: whoever reads the database can't count codes.</summary>
    public string SealedKey { get; set; } = "";

    /// <summary>When it was added.</summary>
    public DateTimeOffset AddedAt { get; set; }

    /// <summary>Time step of the last code taken; older steps, and this one, aren't taken again.</summary>
    public long LastStep { get; set; }
}

/// <summary>A code on paper for the day the telephone is lost; good once.</summary>
public sealed class RecoveryCode
{
    /// <summary>The person.</summary>
    public Guid UserId { get; set; }

    /// <summary>SHA-256 of the code, hexadecimal. A code has 80 random bits, so the hash needs neither salt nor slowness.</summary>
    public string Hash { get; set; } = "";

    /// <summary>When it was used.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}
