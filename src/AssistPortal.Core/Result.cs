using AssistPortal.Gateway;
using AssistPortal.Protocol;

namespace AssistPortal.Core;

/// <summary>What a use case brought: a value or the reason there is none. Expected failures are values; surprises are exceptions.</summary>
/// <typeparam name="T">What the use case gives.</typeparam>
public abstract record Result<T>
{
    private Result()
    {
    }

    /// <summary>It was done.</summary>
    public sealed record Ok(T Value) : Result<T>;

    /// <summary>It was not done.</summary>
    public sealed record Failed(Problem Problem) : Result<T>;

    /// <summary>Wraps a value.</summary>
    public static implicit operator Result<T>(T value) => new Ok(value);

    /// <summary>Wraps a problem.</summary>
    public static implicit operator Result<T>(Problem problem) => new Failed(problem);
}

/// <summary>Every expected reason for which a use case does nothing. The sentence for the person is chosen at the edge.</summary>
public abstract record Problem
{
    private Problem()
    {
    }

    /// <summary>The person lacks the right.</summary>
    public sealed record Denied(Permission Permission) : Problem;

    /// <summary>Nobody gives or takes a right he lacks himself.</summary>
    public sealed record NotYours(Permission Permission) : Problem;

    /// <summary>The person looks with another's eyes and changes nothing.</summary>
    public sealed record Preview : Problem;

    /// <summary>There is no such thing, or the person may not know of it: the two look the same on purpose.</summary>
    public sealed record NotFound : Problem;

    /// <summary>What was asked for isn't possible as asked.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Limit">The amount the reason speaks of, for example what is left.</param>
    public sealed record Invalid(InvalidReason Reason, Money? Limit = null) : Problem;

    /// <summary>Another action on the same order is still open.</summary>
    public sealed record OpenAction(Guid ActionId) : Problem;

    /// <summary>The thing changed since the person looked at it.</summary>
    public sealed record Changed : Problem;

    /// <summary>The person has to prove first that it is he; then the same may be asked again.</summary>
    public sealed record StepUp : Problem;

    /// <summary>The gateway gave no usable answer.</summary>
    public sealed record Gateway(GatewayFailure Failure) : Problem;
}

/// <summary>Why something isn't possible as asked.</summary>
public enum InvalidReason
{
    /// <summary>The amount is zero or negative.</summary>
    AmountNotPositive,

    /// <summary>The amount isn't the payment's currency.</summary>
    WrongCurrency,

    /// <summary>The amount is above what is left.</summary>
    AboveRest,

    /// <summary>Nothing is left to confirm or cancel.</summary>
    NothingLeft,

    /// <summary>Only a Delayed order can be confirmed.</summary>
    NotDelayed,

    /// <summary>A Delayed order can be cancelled in full only.</summary>
    DelayedOnlyInFull,

    /// <summary>An order paid partly with points takes full actions only.</summary>
    PointsOnlyInFull,

    /// <summary>A cancellation names a reason.</summary>
    ReasonMissing,

    /// <summary>The comment is longer than 500 characters.</summary>
    CommentTooLong,

    /// <summary>The action isn't in a state that allows it.</summary>
    WrongActionState,

    /// <summary>The period is wrong: its end lies before its start.</summary>
    Period,

    /// <summary>A field of the filter can't be read.</summary>
    Filter,

    /// <summary>A reason to uncover personal data has 3 to 200 characters.</summary>
    RevealReason,

    /// <summary>A role that ends must end in the future.</summary>
    EndsInThePast,

    /// <summary>Nothing was chosen to change.</summary>
    NothingToChange,

    /// <summary>Nobody would own the portal any more.</summary>
    LastOwner,

    /// <summary>Nobody signs the review of his own rights.</summary>
    OwnRights,

    /// <summary>The name of a role has 1 to 60 characters.</summary>
    RoleName,

    /// <summary>Another role has the name.</summary>
    RoleNameTaken,

    /// <summary>A role gives at least one right.</summary>
    RoleEmpty,

    /// <summary>Somebody holds the role.</summary>
    RoleInUse,

    /// <summary>The password has fewer than 12 characters.</summary>
    PasswordTooShort,

    /// <summary>The password has more than 256 characters.</summary>
    PasswordTooLong,

    /// <summary>The password is one of the most common.</summary>
    PasswordCommon,

    /// <summary>The password repeats a short piece or follows the keyboard.</summary>
    PasswordSimple,

    /// <summary>The password is little more than the name, the e-mail or the portal's name.</summary>
    PasswordLikePerson,

    /// <summary>The password isn't the person's.</summary>
    PasswordWrong,

    /// <summary>That isn't an e-mail address.</summary>
    EmailWrong,

    /// <summary>Somebody of the staff has the e-mail.</summary>
    EmailTaken,

    /// <summary>The name of a person has 1 to 100 characters on one line.</summary>
    PersonName,

    /// <summary>Somebody invited gets at least one role.</summary>
    RoleMissing,

    /// <summary>The invitation was accepted already.</summary>
    InvitationAccepted,

    /// <summary>Letters can't leave this portal.</summary>
    LettersNotSetUp,

    /// <summary>Asked for too often in an hour.</summary>
    AskedTooOften,

    /// <summary>There is no such link, or it was withdrawn, or a newer one made it void.</summary>
    LinkUnknown,

    /// <summary>The link was used.</summary>
    LinkUsed,

    /// <summary>The link's time is over.</summary>
    LinkExpired,

    /// <summary>A rejected push triggers nothing, however often it is asked for.</summary>
    PushNotAccepted,

    /// <summary>The code isn't one that counts now.</summary>
    WrongCode,

    /// <summary>The key of a new authenticator waited too long for its first code.</summary>
    EnrolmentOver,

    /// <summary>The last second factor of a person who must have one.</summary>
    FactorRequired,

    /// <summary>The person has as many passkeys as are kept.</summary>
    TooManyPasskeys,
}
