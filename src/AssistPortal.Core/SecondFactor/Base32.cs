using System.Text;

namespace AssistPortal.Core.SecondFactor;

/// <summary>Bytes in letters and digits that nobody mistakes for each other (RFC 4648): keys of authenticators and recovery codes.</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int Bits = 5;

    /// <summary>The text of bytes whose number of bits is a multiple of five.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 8 / Bits);
        var (held, count) = (0, 0);
        foreach (var value in bytes)
        {
            (held, count) = ((held << 8) | value, count + 8);
            while (count >= Bits)
            {
                count -= Bits;
                text.Append(Alphabet[(held >> count) & 0x1F]);
            }

            held &= (1 << count) - 1;
        }

        return text.ToString();
    }

    /// <summary>The text in groups of four, as people read it.</summary>
    public static string Grouped(string text, char separator) => string.Join(separator, text.Chunk(4).Select(group => new string(group)));
}
