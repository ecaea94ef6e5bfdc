using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AssistPortal.Core.SecondFactor;

/// <summary>Time-based one-time codes (RFC 6238): HMAC-SHA-1, six digits, steps of 30 seconds, as every authenticator app counts them.</summary>
internal static class Totp
{
    public const int Digits = 6;

    private const int KeyBytes = 20;
    private const int StepSeconds = 30;

    /// <summary>Steps a clock may be off, to either side.</summary>
    private const int Tolerance = 1;

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    /// <summary>The time step whose code it is; <see langword="null"/> when it is none of those now.</summary>
    public static long? StepOf(byte[] key, string code, DateTimeOffset now)
    {
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        var typed = Encoding.ASCII.GetBytes(code);
        for (var step = current - Tolerance; step <= current + Tolerance; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(key, step)), typed))
            {
                found = step;
            }
        }

        return found;
    }

    private static string Code(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The apps know SHA-1 only; an HMAC doesn't suffer from its collisions.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
