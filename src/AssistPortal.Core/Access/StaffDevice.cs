namespace AssistPortal.Core.Access;

/// <summary>A browser a person signed in with. It carries a random token in a cookie; the database knows only its hash. Instants are UTC.</summary>
public sealed class StaffDevice
{
    /// <summary>The person.</summary>
    public Guid UserId { get; set; }

    /// <summary>SHA-256 of the browser's token, hex.</summary>
    public string TokenHash { get; set; } = "";

    /// <summary>When the person first signed in with it.</summary>
    public DateTimeOffset FirstSeenAt { get; set; }

    /// <summary>When the person last signed in with it.</summary>
    public DateTimeOffset LastSeenAt { get; set; }
}
