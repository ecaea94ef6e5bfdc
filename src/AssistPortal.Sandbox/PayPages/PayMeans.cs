using AssistPortal.Protocol;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>The means of payment a buyer may be offered.</summary>
[Flags]
internal enum PayMeans
{
    None = 0,
    Card = 1,
    FastPay = 2,
    Wallet = 4,
    All = Card | FastPay | Wallet,
}

/// <summary>The <c>*Payment</c> flags of a request (protocol §3.1).</summary>
internal static class PayMeansFlags
{
    private static readonly ErrorCode Unreadable = new(4, 111);
    private static readonly ErrorCode NothingLeft = new(5, 111);

    private static readonly (string Name, PayMeans Means)[] Known =
    [
        ("CardPayment", PayMeans.Card),
        ("FastPayPayment", PayMeans.FastPay),
        ("YMPayment", PayMeans.Wallet),
        ("WMPayment", PayMeans.Wallet),
        ("QIWIPayment", PayMeans.Wallet),
        ("QIWIMtsPayment", PayMeans.Wallet),
        ("QIWIMegafonPayment", PayMeans.Wallet),
        ("QIWIBeelinePayment", PayMeans.Wallet),
        ("QIWITele2Payment", PayMeans.Wallet),
        ("AssistIDPayment", PayMeans.Wallet),
        ("ApplePayPayment", PayMeans.None),
        ("GooglePayPayment", PayMeans.None),
        ("SamsungPayPayment", PayMeans.None),
        ("MirPayPayment", PayMeans.None),
        ("ERIPPayment", PayMeans.None),
    ];

    /// <summary>None sent: all that there are. Otherwise those that are 1; a two-stage payment is by card alone.</summary>
    /// <returns>The error, or nothing.</returns>
    public static ErrorCode? Read(WireRequest request, bool twoStage, out PayMeans means)
    {
        means = PayMeans.None;
        var sent = false;
        foreach (var (name, flagged) in Known)
        {
            switch (request[name])
            {
                case null:
                    break;
                case "0":
                    sent = true;
                    break;
                case "1":
                    sent = true;
                    means |= flagged;
                    break;
                default:
                    return Unreadable;
            }
        }

        means = sent ? means : PayMeans.All;
        means &= twoStage ? PayMeans.Card : PayMeans.All;
        return means == PayMeans.None ? NothingLeft : null;
    }
}
