using AssistPortal.Protocol;

namespace AssistPortal.Sandbox.Engine;

internal sealed record Customer(string Lastname, string Firstname, string Middlename, string Email);

/// <summary>An order as the shop asked for it. <see cref="DueAt"/> is its next term: payment time-out, end of a pending answer or automatic cancellation.</summary>
internal sealed record Order(
    long Id,
    string Billnumber,
    int MerchantId,
    string Ordernumber,
    string Comment,
    Money Amount,
    bool TwoStage,
    OrderState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DueAt,
    Customer Customer,
    string PayerIp,
    IReadOnlyList<Operation> Operations)
{
    /// <summary>The one successful payment, if there is any.</summary>
    public Operation? Payment => Successful(OperationType.Payment).FirstOrDefault();

    /// <summary>What can still be cancelled: confirmed money, or the whole authorisation where nothing was confirmed, less what was cancelled.</summary>
    public Money Left(Operation payment)
    {
        var taken = Successful(OperationType.Confirmation).FirstOrDefault()?.Amount ?? payment.Amount;
        return Successful(OperationType.Cancellation).Aggregate(taken, (left, cancellation) => left - cancellation.Amount);
    }

    public IEnumerable<Operation> Successful(OperationType type) =>
        Operations.Where(operation => operation.Type == type && operation.Status == OperationStatus.Completed);

    public int NextOperationNumber => Operations.Count + 1;
}

/// <summary>State letters of operations as resultbydate filters by them (protocol §6).</summary>
internal static class OperationStatus
{
    public const string Created = "N";
    public const string InProcess = "P";
    public const string Completed = "S";
    public const string Failed = "F";
    public const string TimedOut = "T";

    public static readonly IReadOnlyList<string> All = [Created, InProcess, Completed, Failed, TimedOut];
}

/// <summary>One operation of an order; <see cref="Number"/> counts all of them from 1, failed attempts included.</summary>
internal sealed record Operation(
    long Id,
    int Number,
    OperationType Type,
    string Status,
    Money Amount,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    ResponseCode ResponseCode,
    string ClientIp,
    PaymentMeans Means,
    string ApprovalCode,
    string Rrn,
    string? ExternalRefundId,
    long? HoldId);

/// <summary>The card as the wire shows it: masked.</summary>
/// <param name="TypeId">meantype_id.</param>
/// <param name="TypeName">meantypename.</param>
/// <param name="Subtype">meansubtype.</param>
/// <param name="Mask">First six and last four digits.</param>
/// <param name="Holder">cardholder.</param>
/// <param name="Expiry"><c>MM/yy</c>.</param>
/// <param name="Bank">issuebank.</param>
/// <param name="BankCountry">ISO code of the bank's country.</param>
/// <param name="Challenged">Whether the buyer passed a 3-D Secure challenge.</param>
internal sealed record PaymentMeans(
    int TypeId, string TypeName, string Subtype, string Mask, string Holder, string Expiry, string Bank, string BankCountry, bool Challenged);
