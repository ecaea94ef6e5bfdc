using AssistPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;

namespace AssistPortal.Core.Mail;

/// <summary>
/// Sends one letter. A letter is taken by one worker at a time. Between the server's yes and its being written down lies a moment no outbox
/// can close: a portal killed there sends the letter once more, with the same Message-Id, and the links in it are the same.
/// </summary>
internal sealed class SendLetter(IDbContextFactory<PortalDbContext> databases, ILetterCarrier carrier, IOptions<MailOptions> options, TimeProvider time, ILogger<SendLetter> logger)
{
    /// <summary>How long a killed worker is waited for; longer than a try may take.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(3);

    /// <summary>Tries before a letter is given up, some six hours in all.</summary>
    public const int MaxTries = 12;

    private static readonly TimeSpan LongestTry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Takes the letter and sends it; nothing when another worker has it.</summary>
    public async Task RunAsync(Guid letterId, CancellationToken stopping)
    {
        if (await TakeAsync(letterId, stopping) is not { } letter)
        {
            return;
        }

        if (letter.UsefulUntil <= time.GetUtcNow())
        {
            await GiveUpAsync(letter, letter.Trouble ?? "it waited longer than it is of use");
            return;
        }

        LetterTrouble? trouble;
        using var limit = new CancellationTokenSource(LongestTry, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, limit.Token);
        try
        {
            trouble = await carrier.CarryAsync(Message(letter), either.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Given back at once: the next start goes on without waiting for the lease.
            await EndAsync(letter, held => { held.GiveBack(); held.NextTryAt = time.GetUtcNow(); });
            return;
        }
        catch (OperationCanceledException)
        {
            trouble = new("the mail server didn't answer in time");
        }

        await (trouble switch
        {
            null => EndAsync(letter, held => held.Finish(time.GetUtcNow())),
            { ForGood: true } => GiveUpAsync(letter, trouble.Words),
            _ when letter.Tries + 1 >= MaxTries => GiveUpAsync(letter, trouble.Words),
            _ => PutOffAsync(letter, trouble.Words),
        });
    }

    private async Task<Letter?> TakeAsync(Guid letterId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var until = now + LeaseTime;
        var lease = Guid.CreateVersion7(now);
        var taken = await db.Letters
            .Where(letter => letter.Id == letterId && letter.State == LetterState.Waiting && letter.NextTryAt <= now && (letter.Lease == null || letter.LeaseUntil <= now))
            .ExecuteUpdateAsync(
                set => set.SetProperty(letter => letter.Lease, lease).SetProperty(letter => letter.LeaseUntil, until).SetProperty(letter => letter.NextTryAt, until),
                cancellationToken);
        return taken == 0 ? null : await db.Letters.AsNoTracking().SingleAsync(letter => letter.Id == letterId, cancellationToken);
    }

    private MimeMessage Message(Letter letter)
    {
        var from = MailboxAddress.Parse(options.Value.From);
        var message = new MimeMessage
        {
            MessageId = $"{letter.Id:N}@{from.Domain}",
            Date = letter.CreatedAt,
            // A letter that waits still has its content.
            Subject = letter.Subject!,
            Body = new MultipartAlternative
            {
                new TextPart("plain") { Text = letter.Text! },
                new TextPart("html") { Text = letter.Html! },
            },
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(letter.RecipientName, letter.Recipient!));
        // So that holiday replies don't come back to it.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    private Task PutOffAsync(Letter letter, string trouble)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(letter.Tries, 10));
        logger.LetterWaits(letter.Id, letter.Kind, letter.Tries + 1, trouble);
        return EndAsync(letter, held => held.Wait(trouble, time.GetUtcNow() + (pause < LongestPause ? pause : LongestPause)));
    }

    private Task GiveUpAsync(Letter letter, string trouble)
    {
        logger.LetterGivenUp(letter.Id, letter.Kind, letter.Tries + 1, trouble);
        return EndAsync(letter, held => held.Fail(trouble, time.GetUtcNow()));
    }

    /// <summary>Writes down what became of the letter, if it is still held. It isn't to be given up half-way: what the server took would go out again.</summary>
    private async Task EndAsync(Letter letter, Action<Letter> end)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        if (await db.Letters.SingleOrDefaultAsync(found => found.Id == letter.Id && found.Lease == letter.Lease, CancellationToken.None) is { } held)
        {
            end(held);
            try
            {
                await db.SaveChangesAsync(CancellationToken.None);
            }
            catch (DbUpdateConcurrencyException)
            {
                // The letter was taken back between the two lines above; there is nothing left to write down.
            }
        }
    }
}
