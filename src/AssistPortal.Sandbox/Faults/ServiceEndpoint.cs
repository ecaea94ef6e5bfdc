using System.IO.Compression;
using System.Text;
using AssistPortal.Sandbox.Answers;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.Faults;

/// <summary>A service over HTTP, with the fault that waits for this request, if there is one.</summary>
internal sealed class ServiceEndpoint(
    ServiceDesk desk, FaultPlan faults, LateCommands late, RequestLog requests, SandboxClock clock, IHostApplicationLifetime lifetime)
{
    private const int SendBuffer = 16 * 1024;
    private const string HtmlPage = "<!DOCTYPE html><html><head><title>Service</title></head><body><h1>Service is under maintenance</h1></body></html>";

    public async Task HandleAsync(WebService service, HttpContext http)
    {
        var (at, started) = (clock.GetUtcNow(), clock.GetTimestamp());
        var fault = faults.Take(service.Name);
        var request = await WireRequest.ReadAsync(http.Request, http.RequestAborted);
        WireBody? answer = null;
        try
        {
            await AnswerAsync(http, request, fault, () => answer = desk.Answer(service, request, clock.GetUtcNow()), service);
        }
        finally
        {
            requests.Add(new ServedRequest(
                at, service.Name, ServedRequest.MerchantOf(request), request.Shape, answer?.Format, answer?.Error,
                http.Response.StatusCode, fault?.Mode, clock.GetElapsedTime(started)));
        }
    }

    /// <summary>An address that no service has.</summary>
    public static async Task HandleUnknownAsync(HttpContext http) =>
        await SendAsync(http, ServiceDesk.RefuseUnknown(await WireRequest.ReadAsync(http.Request, http.RequestAborted)));

    private async Task AnswerAsync(HttpContext http, WireRequest request, Fault? fault, Func<WireBody> answer, WebService service)
    {
        switch (fault)
        {
            case null:
                await SendAsync(http, answer());
                break;
            case { Kind: FaultKind.DropBefore }:
                http.Abort();
                break;
            case { Kind: FaultKind.DropAfter }:
                answer().Dispose();
                http.Abort();
                break;
            case { Kind: FaultKind.Late }:
                late.Add(clock.GetUtcNow() + fault.Wait, at => desk.Answer(service, request, at).Dispose());
                http.Abort();
                break;
            case { Kind: FaultKind.Delay }:
                await DelayAsync(http, answer().Whole(), fault.Wait);
                break;
            case { Kind: FaultKind.Http500 }:
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
                break;
            case { Kind: FaultKind.Redirect }:
                http.Response.Redirect("/maintenance/moved.cfm");
                break;
            case { Kind: FaultKind.Html }:
                await SendAsync(http, new WireBody("text/html; charset=utf-8", [HtmlPage]));
                break;
            case { Kind: FaultKind.Malformed }:
                await SendAsync(http, Spoil(answer()));
                break;
            case { Kind: FaultKind.Truncated }:
                await SendHalfAsync(http, answer().Whole());
                break;
            case { Kind: FaultKind.RateLimit }:
                await SendAsync(http, ServiceDesk.RefuseRate(service, request));
                break;
            case { Kind: FaultKind.Decline }:
                request.Force(fault.Code);
                await SendAsync(http, answer());
                break;
            default:
                throw new InvalidOperationException($"Fault {fault.Kind} has no effect.");
        }
    }

    /// <summary>A caller that went away, or the sandbox's end, cuts the wait short.</summary>
    private async Task DelayAsync(HttpContext http, WireBody body, TimeSpan wait)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await Task.Delay(wait, clock, cut.Token);
            await SendAsync(http, body);
        }
        catch (OperationCanceledException) when (cut.IsCancellationRequested)
        {
            http.Abort();
        }
    }

    /// <summary>Sends the pieces as they are made, no faster than the caller reads, and lets their snapshot go.</summary>
    private static async Task SendAsync(HttpContext http, WireBody body)
    {
        using (body)
        {
            if (body.FileName is { } name)
            {
                http.Response.Headers.ContentDisposition = $"attachment; filename={(body.Zipped ? Path.ChangeExtension(name, "zip") : name)}";
            }

            if (body is { Zipped: true, FileName: { } entry })
            {
                await SendZipAsync(http, body, entry);
                return;
            }

            http.Response.ContentType = body.ContentType;
            await WritePiecesAsync(body, http.Response.Body, http.RequestAborted);
        }
    }

    /// <summary>The archive, small as it is, is made before it is sent: its writer doesn't wait for slow readers.</summary>
    private static async Task SendZipAsync(HttpContext http, WireBody body, string entry)
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var file = zip.CreateEntry(entry).Open();
            await WritePiecesAsync(body, file, http.RequestAborted);
        }

        http.Response.ContentType = "application/zip";
        http.Response.ContentLength = archive.Length;
        await http.Response.Body.WriteAsync(archive.GetBuffer().AsMemory(0, (int)archive.Length), http.RequestAborted);
    }

    private static async Task WritePiecesAsync(WireBody body, Stream to, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(to, leaveOpen: true, bufferSize: SendBuffer);
        foreach (var piece in body.Pieces)
        {
            await text.WriteAsync(piece.AsMemory(), cancellationToken);
        }
    }

    /// <summary>Announces the whole answer, sends half of it and breaks the connection.</summary>
    private static async Task SendHalfAsync(HttpContext http, WireBody body)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(body.Pieces));
        http.Response.ContentType = body.ContentType;
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        http.Abort();
    }

    /// <summary>Changes every character that gives an answer its form, in any format.</summary>
    private static WireBody Spoil(WireBody body) => body with
    {
        Pieces = body.Pieces.Select(piece => string.Concat(piece.Select(character => character switch
        {
            '<' => '{',
            '{' => '<',
            ':' => '|',
            ';' => ',',
            '\n' => ' ',
            _ => character,
        }))),
    };
}
