using System.Net;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Answers;
using AssistPortal.Sandbox.Cheques;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Services;

/// <summary>charge, cancel and wscancel: from the request to the engine and back.</summary>
internal static class MoneyCommands
{
    private const int ShortestRefundId = 10;
    private const int LongestRefundId = 100;

    public static Reply Charge(Session session, Call call)
    {
        if (call.Request["AutoDeposit"] is not (null or "0" or "1"))
        {
            return new Reply.Refused(new ErrorCode(5, 302));
        }

        if (Read(call, out var command) is { } error)
        {
            return new Reply.Refused(error);
        }

        return Answer(
            Confirmations.Confirm(session, command with { ReleaseRest = call.Request["AutoDeposit"] == "1" }, call.At), call,
            made => new CommandAnswer(made[0], made[0]["billnumber"], "charge", "ChargeResponse"));
    }

    public static Reply Cancel(Session session, Call call) => Cancel(
        session, call, command => command with { AnswersOne = true },
        made => new CommandAnswer(made[0], made[0].Order["billnumber"], "cancel", "CancelResponse"));

    public static Reply WsCancel(Session session, Call call)
    {
        var refundId = call.Request["Externalrefundid"];
        if (refundId is not null && !IsRefundId(refundId))
        {
            return new Reply.Refused(new ErrorCode(4, 308));
        }

        if (call.Request.ChequeText is not null && call.Request["Billnumber"]?.Contains('.', StringComparison.Ordinal) == true)
        {
            return new Reply.Refused(MoneyCommandChecks.WrongBillnumber);
        }

        return Cancel(session, call, command => command with { ExternalRefundId = refundId }, made => new WsCancelAnswer(made[0].Order, made));
    }

    private static Reply Cancel(
        Session session, Call call, Func<MoneyCommand, MoneyCommand> with, Func<IReadOnlyList<OperationFields>, IAnswer> answer)
    {
        if (call.Request["CancelReason"] is not (null or "1" or "2" or "3"))
        {
            return new Reply.Refused(new ErrorCode(5, 308));
        }

        return Read(call, out var command) is { } error
            ? new Reply.Refused(error)
            : Answer(Cancellations.Cancel(session, with(command), call.At), call, answer);
    }

    private static Reply Answer(CommandOutcome outcome, Call call, Func<IReadOnlyList<OperationFields>, IAnswer> answer) => outcome switch
    {
        CommandOutcome.Made(var order, var operations) => new Reply.Answered(answer(
            [.. operations.Select(operation => new OperationFields(new OrderFields(order, WireTime.Format(call.At)), operation, call.Language))])),
        CommandOutcome.Refused(var error) => new Reply.Refused(error),
        _ => throw new InvalidOperationException("A command is made or refused."),
    };

    /// <summary>Amount and currency come together or not at all.</summary>
    private static ErrorCode? Read(Call call, out MoneyCommand command)
    {
        command = null!;
        var request = call.Request;
        if (request["Billnumber"] is not { } text)
        {
            return new ErrorCode(3, 143);
        }

        if (!Billnumber.TryParse(text, out var billnumber))
        {
            return new ErrorCode(4, 143);
        }

        var (amount, currency) = (request["Amount"], request["Currency"]);
        if (amount is null != currency is null)
        {
            return new ErrorCode(3, amount is null ? 108 : 105);
        }

        if (request["ClientIP"] is { } address && !IPAddress.TryParse(address, out _))
        {
            return new ErrorCode(4, 116);
        }

        if (Cheque.Read(request, out var cheque) is { } wrongCheque)
        {
            return wrongCheque;
        }

        ResponseCode? forced = null;
        if (request["DemoResult"] is { } demo && ResponseCode.FromWire(demo) is var code && code != ResponseCode.Completed)
        {
            if (code.Kind != ResponseKind.Declined)
            {
                return new ErrorCode(5, 170);
            }

            forced = code;
        }

        command = new MoneyCommand(call.Merchant.Id, billnumber, amount, currency, request["ClientIP"] ?? request.RemoteIp, forced, Cheque: cheque?.Json);
        return null;
    }

    private static bool IsRefundId(string text) =>
        text.Length is >= ShortestRefundId and <= LongestRefundId && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');
}
