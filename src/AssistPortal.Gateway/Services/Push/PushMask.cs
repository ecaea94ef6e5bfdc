using System.Text;
using System.Text.RegularExpressions;

namespace AssistPortal.Gateway;

/// <summary>Fields of a push as they may be kept and shown: documented ones only, without personal data, cards and seals, cut to a length.</summary>
internal static partial class PushMask
{
    private const int LongestText = 200;
    private const int MostFields = 200;

    /// <summary>Documented names (protocol §13.2 and §5); whatever else a stranger sends isn't kept.</summary>
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "merchant_id", "ordernumber", "billnumber", "testmode", "ordercomment", "orderamount", "ordercurrency", "amount", "currency", "rate", "firstname", "lastname",
        "middlename", "email", "clientip", "ipaddress", "meantype_id", "meantypename", "meansubtype", "meannumber", "cardholder", "cardexpirationdate", "issuebank",
        "bankcountry", "orderdate", "orderstate", "responsecode", "message", "customermessage", "recommendation", "approvalcode", "protocoltypename", "processingname",
        "operationtype", "operationdate", "operationstate", "authresult", "authrequired", "slipno", "packetdate", "checkvalue", "version", "alphaauthresult", "challenge",
        "eci", "rrn", "extrrn",
    };

    /// <summary>The fields to keep.</summary>
    /// <param name="fields">Names in lower case and texts, as they came.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(IEnumerable<KeyValuePair<string, string>> fields) =>
        [.. fields.Where(field => Known.Contains(field.Key)).Take(MostFields).Select(field => new KeyValuePair<string, string>(field.Key, Clean(Masked(field.Key, field.Value), LongestText)))];

    /// <summary>A text without control characters, which PostgreSQL doesn't store and a page doesn't show, cut to a length.</summary>
    public static string Clean(string text, int longest)
    {
        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var character in text)
        {
            if (clean.Length == longest)
            {
                break;
            }

            clean.Append(char.IsControl(character) || char.IsSurrogate(character) ? ' ' : character);
        }

        return clean.ToString();
    }

    private static string Masked(string name, string text) => text.Length == 0 ? text : name switch
    {
        "firstname" or "lastname" or "middlename" or "cardholder" => $"{text[0]}***",
        "email" => text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? $"{text[0]}***{text[at..]}" : "***",
        "meannumber" => CardMask.Of(text)!,
        "checkvalue" => text.Length > 4 ? $"{text[..4]}***" : "***",
        // Numbers of orders and transactions look like cards and are none.
        "billnumber" or "ordernumber" or "slipno" or "rrn" or "extrrn" => text,
        _ => LongDigits().Replace(text, digits => CardMask.Of(digits.Value)!),
    };

    [GeneratedRegex("[0-9](?:[ -]?[0-9]){12,18}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LongDigits();
}
