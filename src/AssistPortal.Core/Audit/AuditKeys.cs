using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AssistPortal.Core.Data;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Audit;

/// <summary>What is done with <see cref="AuditOptions.Key"/>: seals of entries and hashes of personal data, each under a key of its own derived from it.</summary>
public sealed class AuditKeys
{
    /// <summary>Length of a seal, in bytes.</summary>
    public const int HashLength = 32;

    /// <summary>Bytes of a hash of personal data: too many to hit by chance, few enough to read.</summary>
    private const int PersonHashLength = 16;

    private readonly byte[] _chain;
    private readonly byte[] _person;

    /// <summary>Derives the keys.</summary>
    public AuditKeys(IOptions<AuditOptions> options)
    {
        var key = Convert.FromBase64String(options.Value.Key);
        _chain = Derive(key, "chain", HashLength);
        _person = Derive(key, "person", HashLength);
        Id = Convert.ToHexStringLower(Derive(key, "id", 8));
    }

    /// <summary>Tells keys apart without telling them; 16 hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>
    /// Keyed hash of an e-mail, phone or name: the same for the same text whatever its case and outer spaces, and nothing that can be guessed
    /// back without the key. 32 hexadecimal digits.
    /// </summary>
    public string Hash(string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_person, Encoding.UTF8.GetBytes(text.Trim().Normalize().ToUpperInvariant())).AsSpan(0, PersonHashLength));

    /// <summary>
    /// The seal of an entry: HMAC-SHA256 over its fields in the order below as UTF-8 texts, each after its length in bytes (four bytes, little
    /// endian; −1 for none), so that no two entries give the same bytes. Both databases give back what the seal was made of.
    /// </summary>
    /// <param name="entry">The entry with its <see cref="AuditEntry.PrevHash"/>.</param>
    /// <param name="seq">The place it is sealed for; its own as a rule.</param>
    internal byte[] Seal(AuditEntry entry, long seq)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        Write(bytes, "1");
        Write(bytes, seq.ToString(CultureInfo.InvariantCulture));
        Write(bytes, (Microseconds.Cut(entry.At) / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture));
        Write(bytes, entry.UserId?.ToString("D"));
        Write(bytes, entry.SessionId?.ToString("D"));
        Write(bytes, entry.Ip);
        Write(bytes, entry.UserAgent);
        Write(bytes, entry.Event);
        Write(bytes, ((int)entry.Outcome).ToString(CultureInfo.InvariantCulture));
        Write(bytes, entry.MerchantId?.ToString(CultureInfo.InvariantCulture));
        Write(bytes, entry.Billnumber);
        Write(bytes, entry.ActionId?.ToString("D"));
        Write(bytes, entry.Subject);
        Write(bytes, entry.Before);
        Write(bytes, entry.After);
        Write(bytes, entry.Details);
        Write(bytes, Convert.ToHexStringLower(entry.PrevHash));
        return HMACSHA256.HashData(_chain, bytes.WrittenSpan);
    }

    /// <summary>Two keys in one chain would break it for good, so the portal stops before that.</summary>
    /// <exception cref="PortalDatabaseException">The chain was begun with another key.</exception>
    internal void RefuseAnother(AuditHead head)
    {
        if (head.KeyId is { } known && known != Id)
        {
            throw new PortalDatabaseException("The audit log of the database was sealed with another Audit:Key: set the one it was begun with.");
        }
    }

    private static byte[] Derive(byte[] key, string use, int length) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, length, info: Encoding.UTF8.GetBytes($"AssistPortal audit {use} 1"));

    private static void Write(ArrayBufferWriter<byte> bytes, string? text)
    {
        var length = text is null ? -1 : Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.GetSpan(sizeof(int)), length);
        bytes.Advance(sizeof(int));
        if (text is not null)
        {
            Encoding.UTF8.GetBytes(text, bytes);
        }
    }
}
