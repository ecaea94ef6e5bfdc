namespace AssistPortal.Core.Sessions;

/// <summary>One signing in of one person at one browser, until it ends. The cookie names the row; the row decides. Instants are UTC on the machine's clock.</summary>
public sealed class StaffSession
{
    /// <summary>Number of the session.</summary>
    public Guid Id { get; set; }

    /// <summary>The person.</summary>
    public Guid UserId { get; set; }

    /// <summary>When the person signed in.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>When the person last did something; written at most once a minute.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>Address the person signed in from.</summary>
    public string? Ip { get; set; }

    /// <summary>Browser the person signed in with; at most 256 characters.</summary>
    public string? UserAgent { get; set; }

    /// <summary>Identity's security stamp at the start: a new password or e-mail changes it, and with it ends every session begun before.</summary>
    public string? SecurityStamp { get; set; }

    /// <summary>When the person last proved to be himself beyond the password; <see langword="null"/> when he didn't.</summary>
    public DateTimeOffset? ProvenAt { get; set; }

    /// <summary>Wrong proofs in a row since the last right one.</summary>
    public int WrongProofs { get; set; }

    /// <summary>When it was ended; <see langword="null"/> while nobody did. A session may be over without: by age, idleness or dismissal.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why it was ended.</summary>
    public SessionEnd? EndedWhy { get; set; }

    /// <summary>Who ended it; <see langword="null"/> for the portal itself.</summary>
    public Guid? EndedBy { get; set; }
}

/// <summary>Why a session was ended.</summary>
public enum SessionEnd
{
    /// <summary>The person signed out.</summary>
    SignedOut = 0,

    /// <summary>Somebody signed in anew in the same browser.</summary>
    Replaced = 1,

    /// <summary>The person ended it from the list of sessions.</summary>
    ByPerson = 2,

    /// <summary>The person's second factor was reset.</summary>
    FactorReset = 3,

    /// <summary>Too many wrong proofs.</summary>
    WrongProofs = 4,
}
