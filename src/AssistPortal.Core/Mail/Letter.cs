namespace AssistPortal.Core.Mail;

/// <summary>What a letter is about.</summary>
public enum LetterKind
{
    /// <summary>A link with which a forgotten password is replaced.</summary>
    PasswordReset = 1,

    /// <summary>Notice that the password is another one now.</summary>
    PasswordChanged = 2,

    /// <summary>A link with which somebody invited sets his first password.</summary>
    Invitation = 3,

    /// <summary>A link that proves that a new e-mail is the person's; goes to the new one.</summary>
    EmailConfirm = 4,

    /// <summary>Notice that another e-mail was asked for; goes to the old one.</summary>
    EmailAsked = 5,

    /// <summary>Notice that the e-mail is another one now; goes to the old one.</summary>
    EmailChanged = 6,

    /// <summary>Notice of a sign-in with a browser not used before.</summary>
    NewDevice = 7,
}

/// <summary>How a letter stands.</summary>
public enum LetterState
{
    /// <summary>To be sent, or being sent.</summary>
    Waiting = 0,

    /// <summary>The mail server took it.</summary>
    Sent = 1,

    /// <summary>Given up: refused for good, tried often enough, or of no use any more.</summary>
    Failed = 2,
}

/// <summary>
/// A letter of the outbox, written in the transaction of what it tells, so that neither exists without the other. Whom it went to and what
/// it said is forgotten as soon as it is sent or given up. Instants are UTC.
/// </summary>
public sealed class Letter
{
    /// <summary>Key, ascending with time.</summary>
    public Guid Id { get; set; }

    /// <summary>What it is about.</summary>
    public LetterKind Kind { get; set; }

    /// <summary>Names the occasion without personal data; unique, so that one occasion makes one letter.</summary>
    public string Key { get; set; } = "";

    /// <summary>Language: ru or en.</summary>
    public string Language { get; set; } = "";

    /// <summary>E-mail it goes to; <see langword="null"/> once it is settled, as are name, subject and text.</summary>
    public string? Recipient { get; set; }

    /// <summary>Name of the person it goes to.</summary>
    public string? RecipientName { get; set; }

    /// <summary>Subject.</summary>
    public string? Subject { get; set; }

    /// <summary>Plain text.</summary>
    public string? Text { get; set; }

    /// <summary>The same as HTML without anything from outside.</summary>
    public string? Html { get; set; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>After that it helps nobody and isn't sent.</summary>
    public DateTimeOffset UsefulUntil { get; set; }

    /// <summary>How it stands.</summary>
    public LetterState State { get; set; }

    /// <summary>Since when it stands so.</summary>
    public DateTimeOffset StateAt { get; set; }

    /// <summary>How often it was tried in vain.</summary>
    public int Tries { get; set; }

    /// <summary>Why the last try was in vain, invariant and without personal data.</summary>
    public string? Trouble { get; set; }

    /// <summary>When the worker takes it next; meaningless unless <see cref="LetterState.Waiting"/>.</summary>
    public DateTimeOffset NextTryAt { get; set; }

    /// <summary>The worker that has it.</summary>
    public Guid? Lease { get; set; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>The mail server took it.</summary>
    internal void Finish(DateTimeOffset now) => Settle(LetterState.Sent, null, now);

    /// <summary>There is no use in trying again.</summary>
    internal void Fail(string trouble, DateTimeOffset now)
    {
        Tries++;
        Settle(LetterState.Failed, trouble, now);
    }

    /// <summary>It is tried again later.</summary>
    internal void Wait(string trouble, DateTimeOffset next)
    {
        (Tries, Trouble, NextTryAt) = (Tries + 1, trouble, next);
        GiveBack();
    }

    /// <summary>Nobody has it any more.</summary>
    internal void GiveBack() => (Lease, LeaseUntil) = (null, null);

    private void Settle(LetterState state, string? trouble, DateTimeOffset now)
    {
        (State, StateAt, Trouble) = (state, now, trouble);
        (Recipient, RecipientName, Subject, Text, Html) = (null, null, null, null, null);
        GiveBack();
    }
}
