using AssistPortal.Protocol;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>The <c>Checkvalue</c> of a request for payment (protocol §1.9).</summary>
internal static class RequestSeal
{
    private static readonly ErrorCode Missing = new(3, 158);
    private static readonly ErrorCode Wrong = new(9, 158);
    private static readonly string[] SealedWhenSent = ["OrderMaxPoints", "CustomerNumber", "Disable3DS", "Prepayment"];

    /// <summary>A seal that is there must fit, whether the merchant demands one or not.</summary>
    /// <returns>The error, or nothing.</returns>
    public static ErrorCode? Check(WireRequest request, Merchant merchant, string currency)
    {
        if (request["Checkvalue"] is not { } received)
        {
            return merchant.DemandsCheckvalue ? Missing : null;
        }

        string?[] first = [request["Merchant_ID"], request["OrderNumber"], request["OrderAmount"], currency];
        var more = SealedWhenSent.Select(name => request[name]).Where(value => value is not null);
        var secret = merchant.Company.SecretWord;
        var fits = Checkvalue.Fits(Checkvalue.Of(secret, string.Join(';', [.. first, .. more])), received);

        // Plugins of old join the four fields without a delimiter.
        var fitsPlain = Checkvalue.Fits(Checkvalue.Of(secret, string.Concat(first)), received) && !more.Any();
        return fits || fitsPlain ? null : Wrong;
    }
}
