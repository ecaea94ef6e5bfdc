using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AssistPortal.Gateway.Tests.Gateways;

/// <summary>A request as it arrived.</summary>
public sealed record ReceivedRequest(string Path, string? ContentType, string Body, IHeaderDictionary Headers)
{
    /// <summary>The fields of a form.</summary>
    public Dictionary<string, string> Form => Body.Split('&').Select(pair => pair.Split('=')).ToDictionary(
        pair => WebUtility.UrlDecode(pair[0]), pair => WebUtility.UrlDecode(pair[1]));
}

/// <summary>A real HTTP server on a free port whose answer each test writes itself.</summary>
public sealed class ScriptedGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();

    private ScriptedGateway(WebApplication app) => _app = app;

    /// <summary>Requests in order of arrival.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Answers every request with HTTP 200 and this body.</summary>
    public static Task<ScriptedGateway> AnsweringAsync(string body, string contentType = "text/xml") => StartAsync(context => WriteAsync(context, body, contentType));

    /// <summary>Answers every request with this script.</summary>
    public static async Task<ScriptedGateway> StartAsync(Func<HttpContext, Task> script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var gateway = new ScriptedGateway(builder.Build());
        gateway._app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            gateway._requests.Enqueue(new(context.Request.Path, context.Request.ContentType, body, new HeaderDictionary(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value))));
            await script(context);
        });
        await gateway._app.StartAsync(TestContext.Current.CancellationToken);
        return gateway;
    }

    public static async Task WriteAsync(HttpContext context, string body, string contentType = "text/xml")
    {
        context.Response.ContentType = contentType;
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
