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

    /// <summary>The table that has the date comes first, so that its index gives the rows in their order and nothing is sorted.</summary>
    private const string OrdersFirst = "orders o CROSS JOIN operation p ON p.order_id = o.id";

    private const string OperationsFirst = "operation p CROSS JOIN orders o ON o.id = p.order_id";

    private const string Condition =
        "o.merchant = $1 AND ($2 IS NULL OR p.state = $2) AND ($3 = 0 OR p.type = $3) AND ($4 IS NULL OR p.meantype_id = $4)";

    public static Reply Run(Session session, Call call)
    {
        var request = call.Request;
        var mode = request["DateTimeMode"] ?? "0";
        var (column, source) = mode switch
        {
            "0" => ("o.created", OrdersFirst),
            "1" => ("p.started", OperationsFirst),
            "2" => ("p.ended", OperationsFirst),
            _ => ("", ""),
        };
        if (column.Length == 0)
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

        Packing? packing = request["ZipFlag"] switch
        {
            null or "0" => Packing.None,
            "1" => Packing.File,
            "2" => Packing.Zip,
            _ => null,
        };
        if (packing is null)
        {
            return new Reply.Refused(new ErrorCode(5, 132));
        }

        if (request["TestMode"] is not (null or "0" or "1"))
        {
            return new Reply.Refused(new ErrorCode(5, 212));
        }

        if ((request["TestMode"] ?? "0") != TestMode)
        {
            return new Reply.Refused(ErrorCode.NoOrder);
        }

        var period = Period.ReadResultByDate(request, call.At);
        var found = $"{source} WHERE {Condition} AND {column} >= $5 AND {column} < $6";
        object?[] values = [call.Merchant.Id, state, type, means, period.From, period.Before];
        var count = session.Number($"SELECT count(*) FROM {found}", values);
        if (count == 0)
        {
            return new Reply.Refused(ErrorCode.NoOrder);
        }

        var packetDate = WireTime.Format(call.At);
        return new Reply.Answered(
            new ResultByDateAnswer(
                count,
                OrderTable.Rows(session, found, column, values)
                    .Select(row => new OperationFields(new OrderFields(row.Order, packetDate), row.Operation, call.Language))),
            packing.Value);
    }
}
