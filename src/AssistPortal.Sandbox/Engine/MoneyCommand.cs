using AssistPortal.Protocol;
using AssistPortal.Sandbox.Cheques;

namespace AssistPortal.Sandbox.Engine;

/// <summary>What charge and cancel ask for.</summary>
/// <param name="MerchantId">Merchant that asks.</param>
/// <param name="Billnumber">Order, in the extended form the payment operation too.</param>
/// <param name="Amount">Amount as sent, or nothing for the whole.</param>
/// <param name="Currency">Currency as sent; given exactly when the amount is.</param>
/// <param name="ClientIp">Who asks.</param>
/// <param name="Forced">A response code to fail with instead of doing it.</param>
/// <param name="ReleaseRest">Charge: release the unconfirmed rest at once.</param>
/// <param name="ExternalRefundId">Cancel: the merchant's own id of the cancellation.</param>
/// <param name="AnswersOne">Cancel: the caller can be told of one operation only.</param>
/// <param name="Cheque">Cheque items, as JSON text.</param>
internal sealed record MoneyCommand(
    int MerchantId,
    Billnumber Billnumber,
    string? Amount,
    string? Currency,
    string ClientIp,
    ResponseCode? Forced = null,
    bool ReleaseRest = false,
    string? ExternalRefundId = null,
    bool AnswersOne = false,
    string? Cheque = null);

/// <summary>What became of a command.</summary>
internal abstract record CommandOutcome
{
    private CommandOutcome()
    {
    }

    /// <summary>Operations were made, one for each payment touched; their response codes say whether they did what was asked.</summary>
    public sealed record Made(Order Order, IReadOnlyList<Operation> Operations) : CommandOutcome;

    /// <summary>The command couldn't be processed: no operation, no money.</summary>
    public sealed record Refused(ErrorCode Error) : CommandOutcome;
}

/// <summary>The checks that charge and cancel share.</summary>
internal static class MoneyCommandChecks
{
    public static readonly ErrorCode WrongBillnumber = new(5, 143);
    public static readonly ErrorCode WrongCurrency = new(5, 105);
    public static readonly ErrorCode WrongAmount = new(5, 108);

    /// <summary>The extended form must name the successful payment.</summary>
    public static bool Names(this MoneyCommand command, Operation payment) =>
        command.Billnumber.Operation is not { } number || number == payment.Number;

    /// <summary>Reads the amount asked for in the payment's currency; the whole when none is given. A cheque must come to it.</summary>
    /// <returns>The error, or nothing.</returns>
    public static ErrorCode? ReadAmount(this MoneyCommand command, Money whole, out Money amount)
    {
        amount = whole;
        if (command.Amount is null)
        {
            return Cheque.Differs(command.Cheque, amount);
        }

        if (command.Currency != whole.Currency)
        {
            return WrongCurrency;
        }

        if (!Money.TryParse(command.Amount, whole.Currency, out amount))
        {
            return new ErrorCode(4, 108);
        }

        return amount.Minor > 0 ? Cheque.Differs(command.Cheque, amount) : WrongAmount;
    }
}
