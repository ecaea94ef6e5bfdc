using System.Globalization;
using AssistPortal.Protocol;

namespace AssistPortal.Sandbox.Merchants;

/// <summary>The fixed rates at which an original amount becomes the amount the card is charged with.</summary>
internal static class ExchangeRate
{
    private const long Scale = 10_000;

    /// <summary>Roubles for one unit of the currency, in ten-thousandths.</summary>
    private static long TenThousandths(string currency) => currency switch
    {
        "USD" => 785_000,
        "EUR" => 912_500,
        _ => Scale,
    };

    /// <summary>The amount in roubles, half a kopeck rounded up.</summary>
    public static Money ToCharge(Money original) =>
        new(checked((long)((((Int128)original.Minor * TenThousandths(original.Currency)) + (Scale / 2)) / Scale)), Merchant.Currency);

    /// <summary>The rate as the wire gives it: <c>1</c>, <c>78.5</c>.</summary>
    public static string ToWire(string currency) => (TenThousandths(currency) / (decimal)Scale).ToString("0.####", CultureInfo.InvariantCulture);
}
