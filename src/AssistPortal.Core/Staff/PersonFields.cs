using System.Diagnostics.CodeAnalysis;
using MimeKit;

namespace AssistPortal.Core.Staff;

/// <summary>What a person's name and e-mail may look like, however they come in.</summary>
internal static class PersonFields
{
    public const int MaxName = 100;
    private const int MaxEmail = 254;

    /// <summary>Reads a plain address: no name, no comment, no quotes, nothing a header could be made of.</summary>
    public static bool TryEmail(string? text, [NotNullWhen(true)] out string? email)
    {
        email = text?.Trim();
        return email is { Length: > 0 and <= MaxEmail }
            && !email.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is '"' or '<' or '>' or '(' or ')' or ',' or ';' or ':' or '\\')
            && email.Split('@') is [{ Length: > 0 }, { Length: > 0 }]
            && MailboxAddress.TryParse(email, out var read)
            && read.Address == email;
    }

    /// <summary>Reads a name: 1–100 characters, one line.</summary>
    public static bool TryName(string? text, [NotNullWhen(true)] out string? name)
    {
        name = text?.Trim();
        return name is { Length: > 0 and <= MaxName } && !name.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029');
    }
}
