using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AssistPortal.Core.Access;

/// <summary>A token nobody guesses: its holder knows the text, the database only the hash.</summary>
/// <param name="Text">32 random bytes as base64url.</param>
/// <param name="Hash">SHA-256 of the text, hex.</param>
internal sealed record SecretToken(string Text, string Hash)
{
    private const int Bytes = 32;
    private const int Length = 43;

    /// <summary>A new one.</summary>
    public static SecretToken Make() => Of(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>One that came in; <see langword="null"/> when it can't be any.</summary>
    public static SecretToken? Read(string? text) => text is { Length: Length } ? Of(text) : null;

    private static SecretToken Of(string text) => new(text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
}
