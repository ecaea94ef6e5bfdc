using System.Globalization;
using AssistPortal.Core.Push;
using AssistPortal.Gateway;
using AssistPortal.Web.Setup;
using Microsoft.AspNetCore.Mvc;

namespace AssistPortal.Web.Endpoints;

/// <summary>
/// Where the gateway announces results, one address a merchant. Open to everybody, so it is bounded in size, time and number, gives
/// everybody the same answers, and whatever it is told is proven by its checkvalue and then asked for at the gateway.
/// </summary>
internal static class PushEndpoint
{
    private const int LongestBody = 64 * 1024;

    // A gateway sends its few kilobytes at once; whoever takes longer only holds a connection.
    private static readonly TimeSpan ReadingTime = TimeSpan.FromSeconds(10);

    public static void MapPushEndpoint(this WebApplication app) =>
        app.MapPost(FrameUrls.Push, ReceiveAsync)
            .AllowAnonymous()
            .DisableAntiforgery()
            .RequireRateLimiting(PushLimits.Policy)
            .WithMetadata(new SkipStatusCodePagesAttribute());

    private static async Task<IResult> ReceiveAsync(HttpContext context, string merchantId, ReceivePush receive)
    {
        if (!int.TryParse(merchantId, NumberStyles.None, CultureInfo.InvariantCulture, out var merchant) || !receive.Takes(merchant))
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        switch (await ReadAsync(context))
        {
            case Reading.Stopped stopped:
                return Results.StatusCode(stopped.Status);
            case Reading.Whole whole:
                var request = new PushRequest(context.Request.ContentType, context.Connection.RemoteIpAddress?.ToString(), whole.Body);
                var answer = await receive.RunAsync(merchant, request, context.RequestAborted);
                return answer is null ? Results.StatusCode(StatusCodes.Status404NotFound) : new Answer(answer);
            default:
                throw new InvalidOperationException("A body was neither read nor refused.");
        }
    }

    private static async Task<Reading> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > LongestBody)
        {
            return new Reading.Stopped(StatusCodes.Status413PayloadTooLarge);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(ReadingTime);
        var buffer = new byte[(int)(context.Request.ContentLength ?? LongestBody) + 1];
        var length = 0;
        try
        {
            int read;
            while ((read = await context.Request.Body.ReadAsync(buffer.AsMemory(length), limit.Token)) > 0)
            {
                length += read;
                if (length > LongestBody)
                {
                    return new Reading.Stopped(StatusCodes.Status413PayloadTooLarge);
                }
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return new Reading.Stopped(StatusCodes.Status408RequestTimeout);
        }
        catch (BadHttpRequestException bad)
        {
            // The server's own limits: a chunk that is none, a rate that is too low.
            return new Reading.Stopped(bad.StatusCode);
        }

        return new Reading.Whole(buffer.AsMemory(0, length));
    }

    private abstract record Reading
    {
        public sealed record Whole(ReadOnlyMemory<byte> Body) : Reading;

        public sealed record Stopped(int Status) : Reading;
    }

    private sealed class Answer(PushAnswer answer) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = answer.HttpStatus;
            response.Headers.CacheControl = "no-store";
            response.ContentLength = answer.Body.Length;
            if (!answer.Body.IsEmpty)
            {
                response.ContentType = PushAnswer.ContentType;
                await response.Body.WriteAsync(answer.Body, httpContext.RequestAborted);
            }
        }
    }
}
