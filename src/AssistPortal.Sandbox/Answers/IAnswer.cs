using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.Answers;

/// <summary>An answer that can be written in each format of the wire.</summary>
internal interface IAnswer
{
    string Csv();

    string Xml();

    string Soap();

    string Json();
}

/// <summary>An answer as it goes out.</summary>
internal sealed record WireBody(string ContentType, string Text)
{
    public static WireBody Of(IAnswer answer, AnswerFormat format) => format switch
    {
        AnswerFormat.Csv => new WireBody("text/plain; charset=utf-8", answer.Csv()),
        AnswerFormat.Xml => new WireBody("text/xml; charset=utf-8", answer.Xml()),
        AnswerFormat.Soap => new WireBody("text/xml; charset=utf-8", answer.Soap()),
        AnswerFormat.Json => new WireBody("application/json; charset=utf-8", answer.Json()),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
