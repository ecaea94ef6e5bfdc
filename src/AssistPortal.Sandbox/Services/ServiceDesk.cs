using System.Globalization;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Answers;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Store;
using Microsoft.Data.Sqlite;

namespace AssistPortal.Sandbox.Services;

/// <summary>Takes a request to its service: format, credentials, rate, language; then the work, in one transaction, and the answer's text.</summary>
internal sealed partial class ServiceDesk(SandboxDb db, RateLimit rateLimit, ILogger<ServiceDesk> log)
{
    private static readonly ErrorCode TooOften = new(17, 3);
    private static readonly ErrorCode NoService = new(10, 350);
    private static readonly ErrorCode WrongPacket = new(4, 215);
    private static readonly ErrorCode Internal = new(2, 1);

    public WireBody Answer(WebService service, WireRequest request, DateTimeOffset at)
    {
        var format = DefaultFormat(service, request);
        if (ReadFormat(service, request, ref format) is { } formatError)
        {
            return Refuse(service, request, formatError, format);
        }

        if (Admit(service, request, at, out var call) is { } refusal)
        {
            return Refuse(service, request, refusal, format);
        }

        try
        {
            return service.Writes ? Write(service, call, format) : Read(service, call, format);
        }
        catch (SqliteException failure)
        {
            // A full disk or a damaged file: the transaction was rolled back, nothing is half done.
            NotDone(log, service.Name, failure);
            return Refuse(service, request, Internal, format);
        }
    }

    /// <summary>The answer to a request that comes too often.</summary>
    public static WireBody RefuseRate(WebService service, WireRequest request) => Refuse(service, request, TooOften);

    /// <summary>The answer to a request for a service that isn't there.</summary>
    public static WireBody RefuseUnknown(WireRequest request) => Refuse(WebService.Unknown, request, NoService);

    /// <summary>Who calls, and in which language.</summary>
    /// <returns>The error, or nothing.</returns>
    private ErrorCode? Admit(WebService service, WireRequest request, DateTimeOffset at, out Call call)
    {
        call = null!;
        if (request.Error is { } unreadable)
        {
            return unreadable;
        }

        if (request.SoapElement is { } element && !service.IsAskedBy(element))
        {
            return WrongPacket;
        }

        if (SignIn(request, out var merchant) is { } refusal)
        {
            return refusal;
        }

        if (service.Limited && !rateLimit.Allows(merchant.Id, service.Name, at))
        {
            return TooOften;
        }

        if (ReadLanguage(service, request) is not { } language)
        {
            return new ErrorCode(5, 127);
        }

        call = new Call(request, merchant, language, at);
        return null;
    }

    private WireBody Write(WebService service, Call call, AnswerFormat format) => Body(
        service, call,
        db.Write(session =>
        {
            // What was due before comes first, even when the timer hasn't come round to it.
            Terms.RunUntil(session, call.At);
            return service.Run(session, call);
        }),
        format);

    /// <summary>The snapshot goes with the answer, which may still be read from it while it is sent.</summary>
    private WireBody Read(WebService service, Call call, AnswerFormat format)
    {
        var snapshot = db.OpenSnapshot();
        try
        {
            return Body(service, call, service.Run(snapshot, call), format) with { Source = snapshot };
        }
        catch
        {
            // Nobody else has it yet.
            snapshot.Dispose();
            throw;
        }
    }

    private static WireBody Body(WebService service, Call call, Reply reply, AnswerFormat format) => reply switch
    {
        Reply.Answered(var answer, var packing) => WireBody.Of(answer, format).As(packing, $"{service.Name}.{format}".ToLowerInvariant()),
        Reply.Refused(var error) => Refuse(service, call.Request, error, format),
        _ => throw new InvalidOperationException("A reply is an answer or a refusal."),
    };

    private static AnswerFormat DefaultFormat(WebService service, WireRequest request) => request.Shape switch
    {
        RequestShape.Json => AnswerFormat.Json,
        RequestShape.Soap => AnswerFormat.Soap,
        _ => service.FormFormat,
    };

    /// <summary>An error about the format is told in the default one.</summary>
    private static ErrorCode? ReadFormat(WebService service, WireRequest request, ref AnswerFormat format)
    {
        if (request["Format"] is not { } text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new ErrorCode(4, 103);
        }

        if (!service.Formats.Contains((AnswerFormat)number))
        {
            return new ErrorCode(5, 103);
        }

        format = (AnswerFormat)number;
        return null;
    }

    private static Language? ReadLanguage(WebService service, WireRequest request) => request["Language"]?.ToUpperInvariant() switch
    {
        null => service.Language,
        "RU" => Language.Ru,
        "EN" => Language.En,
        _ => null,
    };

    private static WireBody Refuse(WebService service, WireRequest request, ErrorCode error)
    {
        var format = DefaultFormat(service, request);
        _ = ReadFormat(service, request, ref format);
        return Refuse(service, request, error, format);
    }

    private static WireBody Refuse(WebService service, WireRequest request, ErrorCode error, AnswerFormat format) =>
        WireBody.Of(new ErrorAnswer(service.Doctype, error, ReadLanguage(service, request) ?? service.Language), format) with { Error = error };

    /// <summary>A merchant that doesn't exist and one that belongs to somebody else get the same answer.</summary>
    private static ErrorCode? SignIn(WireRequest request, out Merchant merchant)
    {
        merchant = null!;
        if (request["Merchant_ID"] is not { } id)
        {
            return new ErrorCode(3, 100);
        }

        if (request["Login"] is not { } login)
        {
            return new ErrorCode(3, 101);
        }

        if (request["Password"] is not { } password)
        {
            return new ErrorCode(3, 102);
        }

        if (!FieldLengths.TryReadInteger(id, out var merchantId))
        {
            return new ErrorCode(4, 100);
        }

        if (DemoMerchants.SignIn(login, password) is not { } company)
        {
            return new ErrorCode(7, 141);
        }

        if (DemoMerchants.Find(merchantId) is not { } found || found.Company != company)
        {
            return new ErrorCode(14, 200);
        }

        merchant = found;
        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Service} was answered with an internal error: the database failed.")]
    private static partial void NotDone(ILogger logger, string service, Exception failure);
}
