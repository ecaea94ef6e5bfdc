using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace AssistPortal.Sandbox.Tests.Clients;

/// <summary>The checkvalue as the public clients reckon it, written anew so that the sandbox's own formula is held against another.</summary>
internal static class Seal
{
    public static string Of(string secretWord, string text) => Md5((Md5(secretWord) + Md5(text)).ToUpperInvariant()).ToUpperInvariant();

    [SuppressMessage("Security", "CA5351", Justification = "The gateway's protocol is built on MD5.")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
