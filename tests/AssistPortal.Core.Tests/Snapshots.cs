using AssistPortal.Gateway;
using AssistPortal.Protocol;

namespace AssistPortal.Core.Tests;

/// <summary>Answers of the gateway as plain values.</summary>
internal static class Snapshots
{
    public const string Billnumber = "5775486650107611";

    public static OrderSnapshot Order(OrderState state, params OperationSnapshot[] operations) => new()
    {
        Billnumber = new Billnumber(Billnumber),
        OrderNumber = "A-1",
        Amount = new Money(10_000, "RUB"),
        State = state,
        OrderDate = CoreBench.Now.AddHours(-1),
        Operations = operations,
    };

    public static OperationSnapshot Operation(int number, OperationType type, long amount, string code = "AS000", string billnumber = Billnumber, string currency = "RUB", string? card = null) => new()
    {
        Billnumber = new Billnumber(billnumber, number),
        Type = type,
        Amount = new Money(amount, currency),
        ResponseCode = new ResponseCode(code),
        MeanNumber = card,
    };

    /// <summary>A paid order of its own number.</summary>
    public static OrderSnapshot Paid(int index, string orderNumber, long amount = 10_000, string currency = "RUB", string? card = "411111****1111") => new()
    {
        Billnumber = new Billnumber($"{5_775_486_650_100_000 + index}"),
        OrderNumber = orderNumber,
        Amount = new Money(amount, currency),
        State = OrderState.Approved,
        OrderDate = CoreBench.Now.AddHours(-1),
        Operations = [Operation(1, OperationType.Payment, amount, billnumber: $"{5_775_486_650_100_000 + index}", currency: currency, card: card)],
    };
}
