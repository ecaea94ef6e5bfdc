namespace AssistPortal.Core.Staff;

/// <summary>Somebody looked at the rights a person holds and signed that they are still needed. Append-only; instants are UTC.</summary>
public sealed class AccessReview
{
    /// <summary>Number, version 7.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose rights.</summary>
    public Guid UserId { get; set; }

    /// <summary>Who signed.</summary>
    public Guid ReviewerId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The person's <see cref="PortalUser.RightsVersion"/> that was looked at: a later change asks for another review.</summary>
    public Guid RightsVersion { get; set; }
}
