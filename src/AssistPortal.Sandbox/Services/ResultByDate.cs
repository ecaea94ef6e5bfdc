using AssistPortal.Protocol;
using AssistPortal.Sandbox.Answers;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Services;

/// <summary>resultbydate: the operations of a period. An order without any operation isn't there.</summary>
internal static class ResultByDate
{
    /// <summary>The demo merchants are all in test mode.</summary>
    private const string TestMode = "1";

    public static Reply Run(Session session, Call call)
    {
        var request = call.Request;
        var mode = request["DateTimeMode"] ?? "0";
        var column = mode switch
        {
            "0" => "o.created",
            "1" => "p.started",
            "2" => "p.ended",
            _ => null,
        };
        if (column is null)
        {
            return new Reply.Refused(new ErrorCode(5, 104));
        }

        var state = request["Operationstate"];
        if (state is not null && !OperationStatus.All.Contains(state))
        {
            return new Reply.Refused(new ErrorCode(5, 146));
        }

        var type = request["Operationtype"] switch
        {
            null => 0,
            "A" => OperationType.Payment.Code,
            "C" => OperationType.Confirmation.Code,
            "R" => OperationType.Cancellation.Code,
            _ => -1,
        };
        if (type < 0)
        {
            return new Reply.Refused(new ErrorCode(5, 145));
        }

        long? means = null;
        if (request["MeanType_ID"] is { } meansText)
        {
            if (!FieldLengths.TryReadInteger(meansText, out var id))
            {
                return new Reply.Refused(new ErrorCode(4, 111));
            }

            means = id;
        }

        if (request["ZipFlag"] is not (null or "0"))
        {
            return new Reply.Refused(new ErrorCode(5, 132));
        }

        if ((request["TestMode"] ?? "0") != TestMode)
        {
            return new Reply.Refused(ErrorCode.NoOrder);
        }

        var period = Period.ReadResultByDate(request, call.At);
        var rows = OrderTable.Rows(
            session,
            $"o.merchant = $1 AND {column} >= $2 AND {column} < $3 AND ($4 IS NULL OR p.state = $4) AND ($5 = 0 OR p.type = $5) "
            + "AND ($6 IS NULL OR p.meantype_id = $6)",
            column, call.Merchant.Id, period.From, period.Before, state, type, means);
        if (rows.Count == 0)
        {
            return new Reply.Refused(ErrorCode.NoOrder);
        }

        var packetDate = WireTime.Format(call.At);
        return new Reply.Answered(new ResultByDateAnswer(
            [.. rows.Select(row => new OperationFields(new OrderFields(row.Order, packetDate), row.Operation, call.Language))]));
    }
}
