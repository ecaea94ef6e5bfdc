using System.Text.Json;
using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Orders;
using AssistPortal.Gateway;
using AssistPortal.Protocol;

namespace AssistPortal.Core.Sync;

/// <summary>
/// Takes one answer into the copy of one order. The order of answers doesn't matter: each field group keeps the answer with the greatest
/// version, so that answers may come twice, late or together and the copy ends the same. A field that an answer leaves out (the formats
/// differ in what they carry) is filled from any other answer and never emptied.
/// </summary>
internal static class OrderMerge
{
    private const int OrderNumberLength = 128;
    private const int StateLength = 40;
    private const int CodeLength = 16;

    public static Order NewOrder(Merchant merchant, OrderSnapshot snapshot, DateTimeOffset queryStart) => new()
    {
        Billnumber = snapshot.Billnumber.Order,
        MerchantId = merchant.Id,
        TestMode = merchant.TestMode,
        OrderDate = snapshot.OrderDate ?? snapshot.Operations.Min(operation => operation.Date) ?? queryStart,
        AnswerHighest = -1,
    };

    public static void Take(Order order, OrderSnapshot snapshot, Merchant merchant, bool whole, DateTimeOffset queryStart)
    {
        TakeOwnFields(order, snapshot, queryStart);
        foreach (var operation in snapshot.Operations)
        {
            TakeOperation(order, operation, queryStart);
        }

        order.SeenAt = Later(order.SeenAt, queryStart);
        if (whole)
        {
            order.AskedAt = Later(order.AskedAt ?? queryStart, queryStart);
        }

        Derive(order, merchant);
    }

    private static void TakeOwnFields(Order order, OrderSnapshot snapshot, DateTimeOffset queryStart)
    {
        var version = (
            Highest: snapshot.Operations.Select(operation => operation.Billnumber.Operation ?? 0).DefaultIfEmpty().Max(),
            Finished: snapshot.Operations.Count(operation => OutcomeOf(operation.ResponseCode) != OperationOutcome.Running),
            At: queryStart);
        var wins = version.CompareTo((order.AnswerHighest, order.AnswerFinished, order.AnswerAt)) > 0;
        if (wins)
        {
            (order.AnswerHighest, order.AnswerFinished, order.AnswerAt) = version;
            order.OrderNumber = Fit(snapshot.OrderNumber, OrderNumberLength);
            order.State = new OrderState(Fit(snapshot.State.Wire, StateLength));
            order.AmountMinor = snapshot.Amount.Minor;
            order.Currency = snapshot.Amount.Currency;
        }

        // The date of an order never changes, so any answer that gives it is right.
        order.OrderDate = snapshot.OrderDate ?? order.OrderDate;
        order.TestMode = Pick(wins, snapshot.TestMode, order.TestMode) ?? order.TestMode;
        order.Comment = Pick(wins, snapshot.Comment, order.Comment);
        order.FirstName = Pick(wins, snapshot.FirstName, order.FirstName);
        order.LastName = Pick(wins, snapshot.LastName, order.LastName);
        order.MiddleName = Pick(wins, snapshot.MiddleName, order.MiddleName);
        order.Email = Pick(wins, snapshot.Email, order.Email);
        order.UnknownFields = Union(wins, snapshot.UnknownFields, order.UnknownFields);
    }

    private static void TakeOperation(Order order, OperationSnapshot snapshot, DateTimeOffset queryStart)
    {
        if (snapshot.Billnumber.Operation is not { } number)
        {
            return;
        }

        var outcome = OutcomeOf(snapshot.ResponseCode);
        var operation = order.Operations.FirstOrDefault(operation => operation.Number == number);
        var isNew = operation is null;
        if (operation is null)
        {
            operation = new Operation { Billnumber = order.Billnumber, Number = number };
            order.Operations.Add(operation);
        }

        var wins = isNew || (outcome != OperationOutcome.Running, queryStart).CompareTo((operation.IsFinished, operation.AnswerAt)) > 0;
        if (wins)
        {
            operation.AnswerAt = queryStart;
            operation.Type = snapshot.Type;
            operation.Outcome = outcome;
            operation.ResponseCode = new ResponseCode(Fit(snapshot.ResponseCode.Wire, CodeLength));
            operation.AmountMinor = snapshot.Amount.Minor;
            operation.Currency = snapshot.Amount.Currency;
        }

        operation.Date = Pick(wins, snapshot.Date, operation.Date);
        operation.StateText = Pick(wins, snapshot.StateText, operation.StateText);
        operation.ClientIp = Pick(wins, snapshot.ClientIp, operation.ClientIp);
        operation.PayerIp = Pick(wins, snapshot.PayerIp, operation.PayerIp);
        operation.MeanTypeId = Pick(wins, snapshot.MeanTypeId, operation.MeanTypeId);
        operation.MeanType = Pick(wins, snapshot.MeanType, operation.MeanType);
        operation.MeanSubtype = Pick(wins, snapshot.MeanSubtype, operation.MeanSubtype);
        operation.MeanNumber = Pick(wins, snapshot.MeanNumber, operation.MeanNumber);
        operation.Cardholder = Pick(wins, snapshot.Cardholder, operation.Cardholder);
        operation.CardExpiry = Pick(wins, snapshot.CardExpiry, operation.CardExpiry);
        operation.IssuingBank = Pick(wins, snapshot.IssuingBank, operation.IssuingBank);
        operation.BankCountry = Pick(wins, snapshot.BankCountry, operation.BankCountry);
        operation.Message = Pick(wins, snapshot.Message, operation.Message);
        operation.CustomerMessage = Pick(wins, snapshot.CustomerMessage, operation.CustomerMessage);
        operation.Recommendation = Pick(wins, snapshot.Recommendation, operation.Recommendation);
        operation.ApprovalCode = Pick(wins, snapshot.ApprovalCode, operation.ApprovalCode);
        operation.Protocol = Pick(wins, snapshot.Protocol, operation.Protocol);
        operation.Processing = Pick(wins, snapshot.Processing, operation.Processing);
        operation.AuthResult = Pick(wins, snapshot.AuthResult, operation.AuthResult);
        operation.AuthRequired = Pick(wins, snapshot.AuthRequired, operation.AuthRequired);
        operation.ThreeDsVersion = Pick(wins, snapshot.ThreeDsVersion, operation.ThreeDsVersion);
        operation.Eci = Pick(wins, snapshot.Eci, operation.Eci);
        operation.Challenge = Pick(wins, snapshot.Challenge, operation.Challenge);
        operation.SlipNumber = Pick(wins, snapshot.SlipNumber, operation.SlipNumber);
        operation.Rrn = Pick(wins, snapshot.Rrn, operation.Rrn);
        operation.ExternalRrn = Pick(wins, snapshot.ExternalRrn, operation.ExternalRrn);
        operation.UnknownFields = Union(wins, snapshot.UnknownFields, operation.UnknownFields);
    }

    /// <summary>Everything that follows from the other fields and the operations.</summary>
    private static void Derive(Order order, Merchant merchant)
    {
        var payments = order.Operations.Where(operation => operation.Type == OperationType.Payment).OrderBy(operation => operation.Number).ToList();
        order.PaymentCurrency = payments.FirstOrDefault(payment => payment.Outcome == OperationOutcome.Succeeded)?.Currency;
        order.PaidMinor = Sum(order, OperationType.Payment);
        order.ConfirmedMinor = Sum(order, OperationType.Confirmation);
        order.CancelledMinor = Sum(order, OperationType.Cancellation);
        // Of an order paid with points only the card's part is confirmed: the points were written off with the payment.
        var hasPoints = payments.Count(payment => payment.Outcome == OperationOutcome.Succeeded) > 1;
        var taken = order.ConfirmedMinor > 0 && !hasPoints ? order.ConfirmedMinor : order.PaidMinor;
        order.NetMinor = order.State == OrderState.Delayed ? 0 : taken - order.CancelledMinor;

        // Points are a payment operation of their own and name no card: the card is what staff search and recognise.
        var means = payments.LastOrDefault(payment => payment.MeanNumber is not null) ?? payments.LastOrDefault();
        order.MeanType = means?.MeanType;
        order.MeanNumber = means?.MeanNumber;

        order.HighestOperation = order.Operations.Select(operation => operation.Number).DefaultIfEmpty().Max();
        order.FinishedOperations = order.Operations.Count(operation => operation.IsFinished);
        order.BusinessDate = merchant.BusinessDate(order.OrderDate);
        order.OrderNumberSearch = SearchText.Of(order.OrderNumber);
        order.CustomerSearch = SearchText.Of(order.LastName, order.FirstName, order.MiddleName, order.Email);
    }

    private static long Sum(Order order, OperationType type) => order.Operations
        .Where(operation => operation.Type == type && operation.Outcome == OperationOutcome.Succeeded && operation.Currency == order.PaymentCurrency)
        .Sum(operation => operation.AmountMinor);

    /// <summary>
    /// How an operation stands. Only AS000 and AS100–AS109 are ends; AS110, AS200, AS300, AS400, AS998, unknown codes and no code at all
    /// stay Running, the safe side: money that may have moved counts as taken until the gateway says otherwise.
    /// </summary>
    internal static OperationOutcome OutcomeOf(ResponseCode code) => code.Kind switch
    {
        ResponseKind.Completed => OperationOutcome.Succeeded,
        ResponseKind.Declined => OperationOutcome.Failed,
        _ => OperationOutcome.Running,
    };

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static T? Pick<T>(bool wins, T? incoming, T? kept)
        where T : struct => wins ? incoming ?? kept : kept ?? incoming;

    private static string? Pick(bool wins, string? incoming, string? kept)
    {
        var clean = string.IsNullOrWhiteSpace(incoming) ? null : Storable(incoming);
        return wins ? clean ?? kept : kept ?? clean;
    }

    /// <summary>PostgreSQL takes no NUL in a text; no field of the protocol has a use for one.</summary>
    private static string Storable(string text) => text.Replace("\0", "", StringComparison.Ordinal);

    private static string Fit(string text, int length)
    {
        var clean = Storable(text);
        return clean.Length > length ? clean[..length] : clean;
    }

    private static string? Union(bool wins, IReadOnlyDictionary<string, string> incoming, string? kept)
    {
        if (incoming.Count == 0)
        {
            return kept;
        }

        var fields = kept is null ? [] : JsonSerializer.Deserialize<SortedDictionary<string, string>>(kept)!;
        foreach (var (name, text) in incoming)
        {
            if (wins || !fields.ContainsKey(name))
            {
                fields[name] = Storable(text);
            }
        }

        return JsonSerializer.Serialize(new SortedDictionary<string, string>(fields, StringComparer.Ordinal));
    }
}
