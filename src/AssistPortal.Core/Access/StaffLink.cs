namespace AssistPortal.Core.Access;

/// <summary>What a link in a letter is for.</summary>
public enum LinkKind
{
    /// <summary>Replaces a forgotten password.</summary>
    PasswordReset = 1,

    /// <summary>Sets the first password of somebody invited.</summary>
    Invitation = 2,

    /// <summary>Proves that a new e-mail is the person's.</summary>
    EmailChange = 3,
}

/// <summary>
/// A link that was sent to a person: works once, until it expires or is withdrawn. The database knows only the hash of its token. Instants
/// are UTC.
/// </summary>
public sealed class StaffLink
{
    /// <summary>Key, ascending with time.</summary>
    public Guid Id { get; set; }

    /// <summary>What it is for.</summary>
    public LinkKind Kind { get; set; }

    /// <summary>The person.</summary>
    public Guid UserId { get; set; }

    /// <summary>SHA-256 of the token, hex; unique.</summary>
    public string TokenHash { get; set; } = "";

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Who had it made; <see langword="null"/> when somebody asked who wasn't signed in.</summary>
    public Guid? CreatedBy { get; set; }

    /// <summary>From this instant on it doesn't work.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>The e-mail to be proven; <see langword="null"/> once it is used, and for other kinds.</summary>
    public string? NewEmail { get; set; }

    /// <summary>When it was used.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>When it was taken back or made void by a newer one.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
}
