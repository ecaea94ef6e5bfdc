using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace AssistPortal.Core.Mail;

/// <summary>Why a letter wasn't carried.</summary>
/// <param name="Words">In English, without addresses: what servers say may hold some.</param>
/// <param name="ForGood">Another try would end the same way.</param>
internal sealed record LetterTrouble(string Words, bool ForGood = false);

/// <summary>Carries letters out of the portal.</summary>
internal interface ILetterCarrier
{
    /// <summary>Hands the message over; <see langword="null"/> when it was taken.</summary>
    Task<LetterTrouble?> CarryAsync(MimeMessage message, CancellationToken cancellationToken);
}

/// <summary>Hands letters to the mail server.</summary>
internal sealed class SmtpCarrier(IOptions<MailOptions> options) : ILetterCarrier
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(20);

    public async Task<LetterTrouble?> CarryAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var mail = options.Value;
        using var client = new SmtpClient { Timeout = (int)AnswerTime.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(mail.Host, mail.Port, Protection(mail.Tls), cancellationToken);
            if (mail.User.Length > 0)
            {
                await client.AuthenticateAsync(mail.User, mail.Password, cancellationToken);
            }

            await client.SendAsync(message, cancellationToken);
        }
        catch (SmtpCommandException exception)
        {
            return new($"the mail server answered {(int)exception.StatusCode} ({exception.ErrorCode})", exception is { ErrorCode: SmtpErrorCode.RecipientNotAccepted, StatusCode: >= (SmtpStatusCode)500 });
        }
        catch (AuthenticationException)
        {
            return new("the mail server doesn't accept Mail:User or Mail:Password");
        }
        catch (SslHandshakeException)
        {
            return new("the mail server's certificate isn't trusted, or it doesn't speak TLS on this port");
        }
        catch (NotSupportedException)
        {
            return new("the mail server doesn't offer what Mail:Tls or Mail:User asks for");
        }
        catch (SocketException exception)
        {
            return new($"the mail server can't be reached ({exception.SocketErrorCode})");
        }
        catch (TimeoutException)
        {
            return new("the mail server didn't answer in time");
        }
        catch (Exception exception) when (exception is ProtocolException or IOException or ServiceNotConnectedException)
        {
            return new("the mail server broke the connection off");
        }

        // The server has the letter; how the farewell goes doesn't matter any more, so it isn't waited for: disposing hangs up.
        return null;
    }

    private static SecureSocketOptions Protection(MailTls tls) => tls switch
    {
        MailTls.StartTls => SecureSocketOptions.StartTls,
        MailTls.Implicit => SecureSocketOptions.SslOnConnect,
        MailTls.None => SecureSocketOptions.None,
        _ => throw new ArgumentOutOfRangeException(nameof(tls), tls, null),
    };
}

/// <summary>Lays letters into a folder, for development.</summary>
internal sealed class FolderCarrier(IOptions<MailOptions> options) : ILetterCarrier
{
    public async Task<LetterTrouble?> CarryAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        // The begin of the Message-Id is the letter's key, so a repeat replaces its own file.
        var name = Path.Combine(options.Value.Folder, $"{message.MessageId!.Split('@')[0]}.eml");
        try
        {
            Directory.CreateDirectory(options.Value.Folder);
            await message.WriteToAsync($"{name}.part", cancellationToken);
            File.Move($"{name}.part", name, overwrite: true);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new("the folder Mail:Folder can't be written to");
        }
    }
}

/// <summary>Stands where neither host nor folder is set.</summary>
internal sealed class NoCarrier : ILetterCarrier
{
    public Task<LetterTrouble?> CarryAsync(MimeMessage message, CancellationToken cancellationToken) =>
        Task.FromResult<LetterTrouble?>(new("Mail:Host isn't set"));
}
