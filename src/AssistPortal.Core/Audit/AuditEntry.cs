namespace AssistPortal.Core.Audit;

/// <summary>How what the entry tells of ended.</summary>
public enum AuditOutcome
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>Not possible as asked.</summary>
    Refused = 1,

    /// <summary>Not permitted.</summary>
    Denied = 2,
}

/// <summary>
/// A line of the audit log: append-only, written in the transaction of what it records and sealed as its last act. Persons appear as
/// identifiers or keyed hashes only, so that forgetting a person leaves the chain whole. Instants are UTC.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>Longest text of <see cref="Details"/>, <see cref="Before"/> and <see cref="After"/>, in characters.</summary>
    public const int MaxText = 2_000;

    /// <summary>Place in the chain: 1, 2, 3 and so on without a gap, in the order of the commits.</summary>
    public long Seq { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Who; <see langword="null"/> for the portal itself or an unknown person.</summary>
    public Guid? UserId { get; set; }

    /// <summary>The session he acted in.</summary>
    public Guid? SessionId { get; set; }

    /// <summary>Address.</summary>
    public string? Ip { get; set; }

    /// <summary>Browser.</summary>
    public string? UserAgent { get; set; }

    /// <summary>What, from <see cref="AuditEvents"/>.</summary>
    public string Event { get; set; } = "";

    /// <summary>How it ended.</summary>
    public AuditOutcome Outcome { get; set; }

    /// <summary>Merchant_ID, when one is concerned.</summary>
    public int? MerchantId { get; set; }

    /// <summary>The order, when one is concerned.</summary>
    public string? Billnumber { get; set; }

    /// <summary>The action, when one is concerned.</summary>
    public Guid? ActionId { get; set; }

    /// <summary>The person concerned, when there is one: the identifier of a member of the staff, or <see cref="AuditKeys.Hash"/> of an e-mail or phone.</summary>
    public string? Subject { get; set; }

    /// <summary>How it was before.</summary>
    public string? Before { get; set; }

    /// <summary>How it is after.</summary>
    public string? After { get; set; }

    /// <summary>More, invariant, without secrets and personal data.</summary>
    public string? Details { get; set; }

    /// <summary><see cref="Hash"/> of the entry before; zeros for the first of the chain; empty in an entry from before there was a chain.</summary>
    public byte[] PrevHash { get; set; } = [];

    /// <summary>Seal over all of the above, 32 bytes; empty in an entry from before there was a chain.</summary>
    public byte[] Hash { get; set; } = [];
}

/// <summary>Names of the events in the audit log.</summary>
public static class AuditEvents
{
    /// <summary>Someone signed in, or tried to.</summary>
    public const string SignIn = "sign-in";

    /// <summary>Someone signed out.</summary>
    public const string SignOut = "sign-out";

    /// <summary>Someone ended sessions of his own.</summary>
    public const string SessionEnded = "session.ended";

    /// <summary>Someone got an authenticator or a passkey.</summary>
    public const string FactorAdded = "factor.added";

    /// <summary>Someone gave an authenticator or a passkey of his up.</summary>
    public const string FactorRemoved = "factor.removed";

    /// <summary>Someone took another person's second factors away.</summary>
    public const string FactorReset = "factor.reset";

    /// <summary>Someone got new recovery codes.</summary>
    public const string RecoveryRenewed = "recovery.renewed";

    /// <summary>Someone proved himself anew, or failed to.</summary>
    public const string StepUp = "step-up";

    /// <summary>Someone asked for a link to set a new password.</summary>
    public const string PasswordResetAsked = "password.reset-asked";

    /// <summary>A forgotten password was replaced by a link, or somebody tried to.</summary>
    public const string PasswordReset = "password.reset";

    /// <summary>Someone changed his password, or tried to.</summary>
    public const string PasswordChanged = "password.changed";

    /// <summary>An action was asked for.</summary>
    public const string ActionRequested = "action.requested";

    /// <summary>An action moved to another state.</summary>
    public const string ActionMoved = "action.moved";

    /// <summary>A push was given to the worker again.</summary>
    public const string PushRepeated = "push.repeated";

    /// <summary>Somebody saw, or tried to see, the personal data of an order.</summary>
    public const string PersonalDataSeen = "personal.seen";

    /// <summary>Orders were taken out as a file.</summary>
    public const string OrdersExported = "orders.exported";

    /// <summary>A member of the staff was made.</summary>
    public const string StaffCreated = "staff.created";

    /// <summary>A person was invited, or the invitation was sent again.</summary>
    public const string StaffInvited = "staff.invited";

    /// <summary>An invitation was withdrawn, and with it the person.</summary>
    public const string InvitationWithdrawn = "staff.invitation-withdrawn";

    /// <summary>An invitation was accepted, or somebody tried to.</summary>
    public const string InvitationAccepted = "staff.invitation-accepted";

    /// <summary>Someone asked for another e-mail of his own, or it was changed by its link.</summary>
    public const string EmailChanged = "email.changed";

    /// <summary>Someone signed in with a browser he hadn't used before.</summary>
    public const string NewDevice = "device.new";

    /// <summary>Roles were given to a person or taken.</summary>
    public const string RightsChanged = "staff.rights";

    /// <summary>A person was dismissed.</summary>
    public const string StaffDismissed = "staff.dismissed";

    /// <summary>A dismissed person was taken back.</summary>
    public const string StaffReinstated = "staff.reinstated";

    /// <summary>The rights of a person were looked at and signed.</summary>
    public const string AccessReviewed = "staff.reviewed";

    /// <summary>An own role was made or changed.</summary>
    public const string RoleSaved = "role.saved";

    /// <summary>An own role was removed.</summary>
    public const string RoleRemoved = "role.removed";

    /// <summary>The audit log was taken out as a file.</summary>
    public const string AuditExported = "audit.exported";

    /// <summary>The chain of the audit log was verified.</summary>
    public const string AuditVerified = "audit.verified";

    /// <summary>Someone tried what he may not.</summary>
    public const string AccessDenied = "access.denied";
}
