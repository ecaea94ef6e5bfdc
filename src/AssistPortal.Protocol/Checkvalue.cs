using System.Security.Cryptography;
using System.Text;

namespace AssistPortal.Protocol;

/// <summary>
/// The gateway's seal over a few fields: <c>UP(md5(UP(md5(secret) + md5(X))))</c>, hex in upper case, UTF-8 (protocol §1.9). Weak and not
/// delimited: it proves that the sender knows the secret word, not that the fields can't be cut otherwise.
/// </summary>
public static class Checkvalue
{
    /// <summary>The seal of an answer of orderstate, orderresult and resultbydate, and of a push: fields without a delimiter.</summary>
    /// <param name="secretWord">Secret word of the merchant.</param>
    /// <param name="merchantId">Merchant_ID.</param>
    /// <param name="orderNumber">The merchant's order number as the answer gives it.</param>
    /// <param name="amount">Order amount; for a push the operation's amount.</param>
    /// <param name="state">Order state.</param>
    public static string OfAnswer(string secretWord, int merchantId, string orderNumber, Money amount, OrderState state) =>
        Of(secretWord, FormattableString.Invariant($"{merchantId}{orderNumber}{amount.ToWire()}{amount.Currency}{state.Wire}"));

    /// <summary>The seal over any text X.</summary>
    public static string Of(string secretWord, string x) => Md5((Md5(secretWord) + Md5(x)).ToUpperInvariant()).ToUpperInvariant();

    /// <summary>Compares in a time that doesn't tell how much fits; letter case and blanks around don't matter.</summary>
    public static bool Fits(string expected, string? received) =>
        received is not null
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(expected.ToUpperInvariant()),
            Encoding.UTF8.GetBytes(received.Trim().ToUpperInvariant()));

#pragma warning disable CA5351 // The wire prescribes MD5; nothing of ours rests on its strength.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
