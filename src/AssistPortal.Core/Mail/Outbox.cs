using System.Globalization;
using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Staff;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Mail;

/// <summary>Whom a letter goes to.</summary>
/// <param name="Email">Address.</param>
/// <param name="Name">Name; line breaks in it become spaces.</param>
/// <param name="Language">Language: ru or en.</param>
public sealed record LetterRecipient(string Email, string Name, string Language)
{
    /// <summary>A member of the staff, at the e-mail the account has.</summary>
    internal static LetterRecipient Of(PortalUser person) => new(person.Email!, person.DisplayName, person.Language);
}

/// <summary>Takes letters in. What is taken in is sent, once the caller's transaction is committed.</summary>
public sealed class Outbox(LetterQueue queue, IOptions<MailOptions> options, MerchantDirectory merchants, TimeProvider time)
{
    /// <summary>Whether letters can leave the portal; whoever needs one asks before.</summary>
    public bool IsSetUp => options.Value.IsSetUp;

    /// <summary>Adds a letter to the caller's unit of work; after the commit call <see cref="Wake"/>.</summary>
    /// <param name="db">The caller's unit of work.</param>
    /// <param name="kind">What it is about: decides the text.</param>
    /// <param name="recipient">Whom it goes to.</param>
    /// <param name="key">Names the occasion, without personal data, at most 100 characters; a second letter with the same key is a unique violation.</param>
    /// <param name="useful">How long it helps to send it.</param>
    /// <param name="link">Path and query inside the portal, beginning with a slash, for kinds that carry a link.</param>
    /// <param name="blanks">What fills the blanks from {1} on; {0} is the recipient's name.</param>
    public void Add(PortalDbContext db, LetterKind kind, LetterRecipient recipient, string key, TimeSpan useful, string? link, params IReadOnlyList<string> blanks)
    {
        var now = time.GetUtcNow();
        var text = LetterText.Of(kind, recipient.Language, link is null ? null : options.Value.PortalAddress.TrimEnd('/') + link, [recipient.Name, .. blanks]);
        db.Letters.Add(new Letter
        {
            Id = Guid.CreateVersion7(now),
            Kind = kind,
            Key = key,
            Language = recipient.Language,
            Recipient = recipient.Email,
            RecipientName = LetterText.OneLine(recipient.Name),
            Subject = text.Subject,
            Text = text.Text,
            Html = text.Html,
            CreatedAt = now,
            UsefulUntil = now + useful,
            State = LetterState.Waiting,
            StateAt = now,
            NextTryAt = now,
        });
    }

    /// <summary>An instant as letters say it: on the first merchant's clock, with its distance from UTC, for a letter doesn't know where it is read.</summary>
    public string Moment(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, merchants.All.First().TimeZone).ToString("dd.MM.yyyy HH:mm '(UTC'zzz')'", CultureInfo.InvariantCulture);

    /// <summary>Tells the worker that something was committed. Without it a letter leaves within a minute all the same.</summary>
    public void Wake() => queue.Wake();
}
