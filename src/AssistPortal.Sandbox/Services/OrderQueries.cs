using AssistPortal.Protocol;
using AssistPortal.Sandbox.Answers;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Services;

/// <summary>orderstate and orderresult: the orders of one ordernumber or billnumber within a period of order dates.</summary>
internal static class OrderQueries
{
    public static Reply State(Session session, Call call) =>
        Answer(session, call, orders => new OrderStateAnswer(orders));

    public static Reply Result(Session session, Call call) =>
        Answer(session, call, orders => new OrderResultAnswer(orders, call.Language));

    private static Reply Answer(Session session, Call call, Func<IReadOnlyList<OrderFields>, IAnswer> answer)
    {
        var ordernumber = call.Request["Ordernumber"];
        var billnumberText = call.Request["Billnumber"];
        if (ordernumber is null && billnumberText is null)
        {
            return new Reply.Refused(new ErrorCode(3, 107));
        }

        if (!Billnumber.TryParse(billnumberText, out var billnumber) && billnumberText is not null)
        {
            return new Reply.Refused(new ErrorCode(4, 143));
        }

        if (Period.ReadSearch(call.Request, call.At, out var period) is { } error)
        {
            return new Reply.Refused(error);
        }

        var packetDate = WireTime.FormatWithoutSeconds(call.At);
        var found = OrderTable.Search(
            session, call.Merchant.Id, ordernumber, billnumberText is null ? null : billnumber.Order, period.From, period.Before);
        return found.Count == 0
            ? new Reply.Refused(ErrorCode.NoOrder)
            : new Reply.Answered(answer([.. found.Select(order => new OrderFields(order, packetDate))]));
    }
}
