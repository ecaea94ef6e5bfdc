using System.Collections.Frozen;

namespace AssistPortal.Core.Access;

/// <summary>
/// What a password must be: long, and none that a guesser tries first. No rule about kinds of characters: such rules make people write
/// <c>Password1!</c>.
/// </summary>
internal static class PasswordRules
{
    public const int Shortest = 12;
    public const int Longest = 256;

    // A password that a few runs make up is guessed like a short one.
    private const int FewestRuns = 6;

    // What must be left of a password once the person's own words are taken out, and the most that is taken for trimmings of a common one.
    private const int FewestOwn = 8;
    private const int MostTrimmings = 8;

    private static readonly string[] ProductWords = ["assistportal", "assist", "portal", "ассист", "портал"];

    // Neighbours on a keyboard, in the alphabets and among the digits, either way round.
    private static readonly FrozenSet<(char, char)> Neighbours = new[]
        {
            "01234567890", "abcdefghijklmnopqrstuvwxyz", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
            "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю",
            "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "!@#$%^&*()",
        }
        .SelectMany(row => row.Zip(row.Skip(1)))
        .SelectMany(pair => new[] { pair, (pair.Second, pair.First) })
        .ToFrozenSet();

    private static readonly Lazy<FrozenSet<string>> Common = new(ReadCommon);

    /// <summary>The first thing wrong with the password; <see langword="null"/> when it will do.</summary>
    public static InvalidReason? Judge(string password, string email, string name)
    {
        var lower = password.ToLowerInvariant();
        return password.Length < Shortest ? InvalidReason.PasswordTooShort
            : password.Length > Longest ? InvalidReason.PasswordTooLong
            : Period(lower) < Shortest || Runs(lower) < FewestRuns ? InvalidReason.PasswordSimple
            : IsLike(lower, email, name) ? InvalidReason.PasswordLikePerson
            : IsCommon(lower) || IsCommon(Plain(lower)) ? InvalidReason.PasswordCommon
            : null;
    }

    /// <summary>Length of the piece whose repetition is the whole text; the text's own length when it isn't one.</summary>
    private static int Period(string text) =>
        Enumerable.Range(1, text.Length / 2).FirstOrDefault(period => text.AsSpan(period).SequenceEqual(text.AsSpan(0, text.Length - period)), text.Length);

    private static int Runs(string text) =>
        1 + text.Zip(text.Skip(1)).Count(pair => pair.First != pair.Second && !Neighbours.Contains(pair));

    private static bool IsLike(string lower, string email, string name)
    {
        var words = email.Split('@', '.', '-', '_', '+').Concat(name.Split(' ', '-')).Append(email).Append(email.Split('@')[0]).Append(name)
            .Select(word => word.ToLowerInvariant())
            .Concat(ProductWords)
            .Where(word => word.Length >= 4)
            .OrderByDescending(word => word.Length);
        var rest = words.Aggregate(lower, (text, word) => text.Replace(word, "", StringComparison.Ordinal));
        return rest.Length < lower.Length && rest.Count(char.IsLetterOrDigit) < FewestOwn;
    }

    private static bool IsCommon(string lower)
    {
        if (Common.Value.Contains(lower))
        {
            return true;
        }

        var first = 0;
        var end = lower.Length;
        while (first < end && !char.IsLetter(lower[first]))
        {
            first++;
        }

        while (end > first && !char.IsLetter(lower[end - 1]))
        {
            end--;
        }

        return lower.Length - (end - first) <= MostTrimmings && Common.Value.Contains(lower[first..end]);
    }

    /// <summary>The word that digits and signs stand for.</summary>
    private static string Plain(string lower) => string.Concat(lower.Select(letter => letter switch
    {
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => letter,
    }));

    private static FrozenSet<string> ReadCommon()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("AssistPortal.Core.Access.common-passwords.txt")
            ?? throw new InvalidOperationException("The list of common passwords isn't in the programme.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n').Where(line => line is not ("" or ['#', ..])).ToFrozenSet(StringComparer.Ordinal);
    }
}
