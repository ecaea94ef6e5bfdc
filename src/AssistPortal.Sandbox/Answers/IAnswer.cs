using AssistPortal.Protocol;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.Answers;

/// <summary>An answer that can be written in each format of the wire, as the pieces of its text: a long one is made while it is sent.</summary>
internal interface IAnswer
{
    IEnumerable<string> Csv();

    IEnumerable<string> Xml();

    IEnumerable<string> Soap();

    IEnumerable<string> Json();
}

/// <summary>An answer as it goes out. Whoever gets it disposes it.</summary>
internal sealed record WireBody(string ContentType, IEnumerable<string> Pieces) : IDisposable
{
    /// <summary>The snapshot that pieces still to come are read from.</summary>
    public IDisposable? Source { get; init; }

    /// <summary>Name of the file to save it as; nothing when it is read where it comes.</summary>
    public string? FileName { get; init; }

    /// <summary>Whether the file goes out inside an archive.</summary>
    public bool Zipped { get; init; }

    /// <summary>The format asked for, or nothing where a fault made up the text.</summary>
    public AnswerFormat? Format { get; private init; }

    /// <summary>The error pair it tells.</summary>
    public ErrorCode Error { get; init; } = ErrorCode.None;

    public static WireBody Of(IAnswer answer, AnswerFormat format) => format switch
    {
        AnswerFormat.Csv => new WireBody("text/plain; charset=utf-8", answer.Csv()) { Format = format },
        AnswerFormat.Xml => new WireBody("text/xml; charset=utf-8", answer.Xml()) { Format = format },
        AnswerFormat.Soap => new WireBody("text/xml; charset=utf-8", answer.Soap()) { Format = format },
        AnswerFormat.Json => new WireBody("application/json; charset=utf-8", answer.Json()) { Format = format },
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    public WireBody As(Packing packing, string fileName) =>
        packing == Packing.None ? this : this with { FileName = fileName, Zipped = packing == Packing.Zip };

    /// <summary>The same answer, all of it made now; this one is used up.</summary>
    public WireBody Whole()
    {
        using (this)
        {
            return new WireBody(ContentType, [string.Concat(Pieces)]);
        }
    }

    public void Dispose() => Source?.Dispose();
}
