using AssistPortal.Protocol;

namespace AssistPortal.Gateway;

/// <summary>Reads what a command brought: charge, cancel and wscancel differ only in how their answers are laid out.</summary>
internal static class CommandAnswer
{
    /// <summary>The outcome of a command.</summary>
    /// <param name="service">The service it went to.</param>
    /// <param name="reply">What came back.</param>
    /// <param name="reader">Reader of the answer's order.</param>
    /// <param name="billnumber">The order the command was about; an answer about another one isn't believed.</param>
    /// <param name="kind">Kind of the operations that carry the command out; others in the answer don't decide.</param>
    /// <param name="duration">From sending to now.</param>
    public static CommandOutcome Read(Service service, Reply reply, OrderReader reader, Billnumber billnumber, OperationType kind, TimeSpan duration)
    {
        try
        {
            return reply switch
            {
                Reply.Body body => Answered(Answer.Read(service, body.Bytes), reader, billnumber, kind, duration),
                Reply.Failed failed => Failed(failed.Failure, duration),
                _ => throw new InvalidOperationException($"{reply.GetType().Name} is no reply."),
            };
        }
        catch (AnswerRejectedException rejected)
        {
            return Failed(rejected.Failure, duration);
        }
    }

    private static CommandOutcome Answered(Answer answer, OrderReader reader, Billnumber billnumber, OperationType kind, TimeSpan duration)
    {
        if (!answer.Code.IsNone)
        {
            return Failed(new GatewayFailure.Refused(answer.Code), duration);
        }

        if (answer.Records is not [var record])
        {
            throw AnswerRejectedException.Unreadable("the answer to a command isn't about exactly one order");
        }

        var order = Order(record, reader);
        if (order.Billnumber != billnumber.Plain)
        {
            throw AnswerRejectedException.Unreadable("the answer is about another order");
        }

        var codes = order.Operations.Where(operation => operation.Type == kind).Select(operation => operation.ResponseCode).Distinct().ToList();
        ResponseCode? code = codes.Count == 1 ? codes[0] : null;
        return new(CommandVerdicts.Of(failure: null, codes), code, Failure: null, order.State, order.Operations, duration);
    }

    private static OrderSnapshot Order(Block record, OrderReader reader)
    {
        if (OrderReader.HasOperations(record) || record.Text("operationtype") is null)
        {
            return reader.Order(record);
        }

        var row = reader.Row(record);
        return row.Order with { Operations = [row.Operation] };
    }

    private static CommandOutcome Failed(GatewayFailure failure, TimeSpan duration) =>
        new(CommandVerdicts.Of(failure, codes: []), ResponseCode: null, failure, State: null, Operations: [], duration);
}
