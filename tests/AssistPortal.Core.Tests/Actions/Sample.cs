using AssistPortal.Core.Actions;
using AssistPortal.Core.Orders;
using AssistPortal.Core.Sync;
using AssistPortal.Gateway;
using AssistPortal.Protocol;

namespace AssistPortal.Core.Tests.Actions;

/// <summary>Orders, operations and actions as plain values, in one currency unless said otherwise.</summary>
internal static class Sample
{
    public const string Billnumber = "5775486650107611";
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static Operation Operation(int number, OperationType type, long amount, string code = "AS000", string currency = "RUB", Guid? actionId = null) => new()
    {
        Billnumber = Billnumber,
        Number = number,
        Type = type,
        AmountMinor = amount,
        Currency = currency,
        ResponseCode = new ResponseCode(code),
        Outcome = OrderMerge.OutcomeOf(new ResponseCode(code)),
        ActionId = actionId,
    };

    public static Order Order(OrderState state, params Operation[] operations)
    {
        var order = new Order { Billnumber = Billnumber, MerchantId = 900001, State = state, AmountMinor = 10_000, Currency = "RUB" };
        foreach (var operation in operations)
        {
            order.Operations.Add(operation);
        }

        order.PaymentCurrency = operations.FirstOrDefault(operation => operation.Type == OperationType.Payment && operation.Outcome == OperationOutcome.Succeeded)?.Currency;
        order.HighestOperation = operations.Select(operation => operation.Number).DefaultIfEmpty().Max();
        return order;
    }

    public static MoneyAction Action(ActionKind kind, long amount, int baseline = 1, bool isFull = false, string currency = "RUB")
    {
        var action = new MoneyAction
        {
            Id = Guid.CreateVersion7(Now),
            Billnumber = Billnumber,
            Kind = kind,
            AmountMinor = amount,
            Currency = currency,
            Baseline = baseline,
            IsFull = isFull,
            AuthorName = "Анна",
        };
        action.Queue(Now);
        return action;
    }

    public static MoneyAction Sent(ActionKind kind, long amount, int baseline = 1, DateTimeOffset? at = null, string currency = "RUB")
    {
        var action = Action(kind, amount, baseline, currency: currency);
        action.Send(at ?? Now, (at ?? Now).AddMinutes(2));
        return action;
    }

    public static OperationSnapshot Shown(int number, OperationType type, long amount, string code = "AS000", string currency = "RUB") => new()
    {
        Billnumber = new Billnumber(Billnumber, number),
        Type = type,
        Amount = new Money(amount, currency),
        ResponseCode = new ResponseCode(code),
    };

    public static OrderSnapshot Answer(params OperationSnapshot[] operations) => new()
    {
        Billnumber = new Billnumber(Billnumber),
        OrderNumber = "A-1",
        Amount = new Money(10_000, "RUB"),
        State = OrderState.Approved,
        Operations = operations,
    };
}
