using Microsoft.Extensions.Options;
using MimeKit;

namespace AssistPortal.Core.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailTls
{
    /// <summary>Opened plain and protected by STARTTLS before anything is said; usual on port 587. A server that doesn't offer it gets nothing.</summary>
    StartTls = 0,

    /// <summary>Protected from its first byte; usual on port 465.</summary>
    Implicit = 1,

    /// <summary>Plain: for a relay on this machine or in a network of its own. Never with a password, unless the relay is this machine.</summary>
    None = 2,
}

/// <summary>How letters leave the portal; configuration section <c>Mail</c>. With neither host nor folder none does.</summary>
public sealed class MailOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Mail";

    /// <summary>Mail server. Empty: letters go to <see cref="Folder"/>.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port.</summary>
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected.</summary>
    public MailTls Tls { get; set; }

    /// <summary>User of the mail server; empty: it asks for none.</summary>
    public string User { get; set; } = "";

    /// <summary>His password.</summary>
    public string Password { get; set; } = "";

    /// <summary>Sender, for example <c>AssistPortal &lt;portal@example.ru&gt;</c>.</summary>
    public string From { get; set; } = "";

    /// <summary>Where people reach the portal: links in letters begin with it. Never taken from a request, whose sender could name another place.</summary>
    public string PortalAddress { get; set; } = "";

    /// <summary>Folder for letters as files, for development; used only without <see cref="Host"/>.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Whether letters can leave.</summary>
    public bool IsSetUp => Host.Length > 0 || Folder.Length > 0;
}

/// <summary>Checks <see cref="MailOptions"/>, all errors at once.</summary>
internal sealed class MailOptionsValidator : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        if (!options.IsSetUp)
        {
            return ValidateOptionsResult.Success;
        }

        List<string> errors = [];

        void Check(bool isRight, string error)
        {
            if (!isRight)
            {
                errors.Add($"{MailOptions.Section}:{error}");
            }
        }

        Check(MailboxAddress.TryParse(options.From, out var from) && from.Address.Contains('@', StringComparison.Ordinal), "From must be an e-mail address, with or without a name: \"AssistPortal <portal@example.ru>\".");
        Check(
            Uri.TryCreate(options.PortalAddress, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Query.Length == 0 && address.Fragment.Length == 0,
            "PortalAddress must be the address at which people reach the portal, for example https://portal.example.ru.");
        Check(options.Port is > 0 and <= ushort.MaxValue, "Port must be 1 to 65535.");
        Check(
            options.Host.Length == 0 || options.Tls != MailTls.None || options.User.Length == 0 || options.Host is "localhost" or "127.0.0.1" or "::1",
            "Tls is None, and the password would travel in the open: use StartTls or Implicit.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
