using AssistPortal.Protocol;
using AssistPortal.Sandbox.Merchants;

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
    Money MaxPoints,
    bool Convert,
    string? Cheque,
    IReadOnlyList<Operation> Operations)
{
    /// <summary>What is charged: the original amount, converted to roubles unless the shop asked for none of it.</summary>
    public Money ToPay => Convert ? ExchangeRate.ToCharge(Amount) : Amount;

    /// <summary>The one successful payment of money, if there is any.</summary>
    public Operation? Payment => Successful(OperationType.Payment).FirstOrDefault(payment => !payment.IsPoints);

    /// <summary>The part of the payment made with «Спасибо» points, if there is any.</summary>
    public Operation? PointsPayment => Successful(OperationType.Payment).FirstOrDefault(payment => payment.IsPoints);

    /// <summary>The operation that isn't finished: an answer or a 3-D Secure check is awaited.</summary>
    public Operation? Unfinished => Operations.FirstOrDefault(operation => operation.Status == OperationStatus.InProcess);

    /// <summary>
    /// What of a payment can still be cancelled: confirmed money, or the whole authorisation where nothing was confirmed, less what was
    /// cancelled. Money and points are two books.
    /// </summary>
    public Money Left(Operation payment)
    {
        var confirmed = payment.IsPoints ? null : Successful(OperationType.Confirmation).FirstOrDefault();
        return Successful(OperationType.Cancellation).Where(cancellation => cancellation.IsPoints == payment.IsPoints)
            .Aggregate(confirmed?.Amount ?? payment.Amount, (left, cancellation) => left - cancellation.Amount);
    }

    /// <summary>Everything that can still be cancelled, points included: both are roubles.</summary>
    public Money? Left() => (Payment, PointsPayment) switch
    {
        (null, _) => null,
        ({ } payment, null) => Left(payment),
        ({ } payment, { } points) => Left(payment) + Left(points),
    };

    /// <summary>Points accrued for the purchase and not taken back.</summary>
    public long Accrued => Successful(OperationType.Accrual).Sum(accrual => accrual.Means.Subtype == PaymentMeans.Reversal ? -accrual.Amount.Minor : accrual.Amount.Minor);

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
    long? HoldId,
    string AuthResult = "",
    string? Cheque = null)
{
    /// <summary>Whether points move, not money.</summary>
    public bool IsPoints => Means.TypeId == PaymentMeans.Points.TypeId;
}

/// <summary>The card as the wire shows it: masked.</summary>
/// <param name="TypeId">meantype_id.</param>
/// <param name="TypeName">meantypename.</param>
/// <param name="Subtype">meansubtype.</param>
/// <param name="Mask">First six and last four digits.</param>
/// <param name="Holder">cardholder.</param>
/// <param name="Expiry"><c>MM/yy</c>.</param>
/// <param name="Bank">issuebank.</param>
/// <param name="BankCountry">ISO code of the bank's country.</param>
/// <param name="Challenged">Whether the card asks for a 3-D Secure challenge.</param>
internal sealed record PaymentMeans(
    int TypeId, string TypeName, string Subtype, string Mask, string Holder, string Expiry, string Bank, string BankCountry, bool Challenged)
{
    /// <summary>Subtype of an accrual that takes points back.</summary>
    public const string Reversal = "Reversal";

    /// <summary>«Спасибо» points; the number isn't in any source, chosen.</summary>
    public static readonly PaymentMeans Points = Plain(50, "Спасибо");

    /// <summary>Transfer by QR code; the number isn't in any source, chosen.</summary>
    public static readonly PaymentMeans FastPayment = Plain(51, "СБП");

    /// <summary>An electronic wallet (protocol §11.5).</summary>
    public static readonly PaymentMeans Wallet = Plain(32, "Yandex.Money");

    private static PaymentMeans Plain(int typeId, string typeName) => new(typeId, typeName, "", "", "", "", "UNKNOWN", "", Challenged: false);
}
