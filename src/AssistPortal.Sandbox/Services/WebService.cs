using AssistPortal.Protocol;
using AssistPortal.Sandbox.Answers;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Services;

/// <summary>One call by a merchant that has proved who it is.</summary>
internal sealed record Call(WireRequest Request, Merchant Merchant, Language Language, DateTimeOffset At);

/// <summary>A service: what it is called, what it answers by default, what it does.</summary>
/// <param name="Name">Name on the wire and in faults.</param>
/// <param name="Path">Path of the address.</param>
/// <param name="Formats">Formats it can answer in.</param>
/// <param name="FormFormat">Format of the answer to a form that names none.</param>
/// <param name="Language">Language of an answer when none is named.</param>
/// <param name="Doctype">DOCTYPE of its XML answers.</param>
/// <param name="Limited">Whether the request-rate limit applies.</param>
/// <param name="Writes">Whether it moves money.</param>
/// <param name="Run">Does it, in the transaction given.</param>
internal sealed record WebService(
    string Name,
    string Path,
    IReadOnlyList<AnswerFormat> Formats,
    AnswerFormat FormFormat,
    Language Language,
    string Doctype,
    bool Limited,
    bool Writes,
    Func<Session, Call, Reply> Run)
{
    private static readonly AnswerFormat[] Every = [AnswerFormat.Csv, AnswerFormat.Xml, AnswerFormat.Soap, AnswerFormat.Json];
    private static readonly AnswerFormat[] NoCsv = [AnswerFormat.Xml, AnswerFormat.Soap, AnswerFormat.Json];

    public static readonly IReadOnlyList<WebService> All =
    [
        new("orderstate", "/orderstate/orderstate.cfm", Every, AnswerFormat.Soap, Language.En, OrderStateAnswer.Doctype,
            Limited: false, Writes: false, OrderQueries.State),
        new("orderresult", "/orderresult/orderresult.cfm", NoCsv, AnswerFormat.Xml, Language.En, OrderResultAnswer.Doctype,
            Limited: true, Writes: false, OrderQueries.Result),
        new("resultbydate", "/resultbydate/resultbydate.cfm", Every, AnswerFormat.Csv, Language.En, ResultByDateAnswer.Doctype,
            Limited: true, Writes: false, ResultByDate.Run),
        new("charge", "/charge/charge.cfm", Every, AnswerFormat.Csv, Language.Ru, CommandAnswer.Doctype,
            Limited: false, Writes: true, MoneyCommands.Charge),
        new("cancel", "/cancel/cancel.cfm", Every, AnswerFormat.Csv, Language.Ru, CommandAnswer.Doctype,
            Limited: false, Writes: true, MoneyCommands.Cancel),
        new("wscancel", "/cancel/wscancel.cfm", Every, AnswerFormat.Soap, Language.Ru, WsCancelAnswer.Doctype,
            Limited: false, Writes: true, MoneyCommands.WsCancel),
    ];

    /// <summary>Stands for every service there isn't, so that a wrong address is told in the format asked for.</summary>
    public static readonly WebService Unknown = new(
        "", "{*path:regex([.]cfm$)}", Every, AnswerFormat.Csv, Language.En, OrderStateAnswer.Doctype, Limited: false, Writes: false,
        (_, _) => throw new InvalidOperationException("No such service can be run."));

    private static readonly string[] RequestSuffixes = ["", "Request", "RequestParams"];

    /// <summary>Whether a SOAP element of that local name asks for this service (protocol §16), without case.</summary>
    public bool IsAskedBy(string element) =>
        RequestSuffixes.Any(suffix => element.Equals(Name + suffix, StringComparison.OrdinalIgnoreCase));
}

/// <summary>An answer, or the error pair of a request that couldn't be processed.</summary>
internal abstract record Reply
{
    private Reply()
    {
    }

    public sealed record Answered(IAnswer Answer, Packing Packing = Packing.None) : Reply;

    public sealed record Refused(ErrorCode Error) : Reply;
}
