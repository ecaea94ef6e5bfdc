using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AssistPortal.Sandbox.Push;

namespace AssistPortal.Sandbox.Control;

/// <summary>The control calls over HTTP (sandbox.md §7): JSON in, JSON out.</summary>
internal static class ControlEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    public static void MapControl(this WebApplication app)
    {
        var desk = app.Services.GetRequiredService<ControlDesk>();
        var control = app.MapGroup("/control").AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext.Request;
            if (ControlGuard.Refusal(http) is { } refusal)
            {
                return Results.Json(new { error = refusal }, Json, statusCode: StatusCodes.Status403Forbidden);
            }

            return http.ContentType is null || http.HasJsonContentType()
                ? await next(context)
                : Results.Json(new { error = "JSON only." }, Json, statusCode: StatusCodes.Status415UnsupportedMediaType);
        });
        control.MapPost("/clock/advance", (HttpRequest http, CancellationToken ct) => WithAsync<AdvanceRequest>(http, desk.Advance, ct));
        control.MapPost("/day/close", () => Answer(desk.CloseDay()));
        control.MapPost("/payments", (HttpRequest http, CancellationToken ct) => WithAsync<PaymentRequest>(http, desk.Pay, ct));
        control.MapPost("/bulk", (HttpRequest http, CancellationToken ct) => WithAsync<BulkRequest>(http, request => desk.BulkAsync(request, ct), ct));
        control.MapPost("/traffic", (HttpRequest http, CancellationToken ct) => WithAsync<TrafficRequest>(http, desk.SetTraffic, ct));
        control.MapPost("/faults", (HttpRequest http, CancellationToken ct) => WithAsync<FaultRequest>(
            http,
            request =>
            {
                // A listener about to close keeps no connection alive for the next call.
                http.HttpContext.Response.Headers.Connection = "close";
                return desk.AddFaultAsync(request, http.HttpContext.Connection.Id, ct);
            },
            ct));
        control.MapDelete("/faults", () => Answer(desk.ClearFaults()));
        control.MapGet("/state", () => Answer(desk.State()));
        control.MapGet("/orders/{billnumber}", (string billnumber) => Answer(desk.Truth(billnumber)));
        var push = app.Services.GetRequiredService<PushDesk>();
        control.MapGet("/merchants/{id:int}/push", (int id) => Answer(push.Setting(id)));
        control.MapPut("/merchants/{id:int}/push", (int id, HttpRequest http, CancellationToken ct) =>
            WithAsync<PushSettingRequest>(http, request => push.Set(id, request), ct));
        control.MapGet("/deliveries", (string? merchant, string? billnumber, string? state) => Answer(push.Deliveries(merchant, billnumber, state)));
        control.MapPost("/deliveries/{id:long}/resend", (long id) => Answer(push.Resend(id)));
    }

    private static Task<IResult> WithAsync<T>(HttpRequest http, Func<T, ControlOutcome> run, CancellationToken cancellationToken) =>
        WithAsync<T>(http, request => Task.FromResult(run(request)), cancellationToken);

    private static async Task<IResult> WithAsync<T>(HttpRequest http, Func<T, Task<ControlOutcome>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(http.Body, Json, cancellationToken) is { } request
                ? Answer(await run(request))
                : Answer(new ControlOutcome.Mistake("The body is empty."));
        }
        catch (JsonException mistake)
        {
            return Answer(new ControlOutcome.Mistake($"The body can't be read: {mistake.Path ?? "it isn't JSON, or a required field is missing"}."));
        }
    }

    private static IResult Answer(ControlOutcome outcome) => outcome switch
    {
        ControlOutcome.Done(var answer) => Results.Json(answer, Json),
        ControlOutcome.Mistake(var text) => Results.Json(new { error = text }, Json, statusCode: StatusCodes.Status400BadRequest),
        ControlOutcome.Unknown(var text) => Results.Json(new { error = text }, Json, statusCode: StatusCodes.Status404NotFound),
        _ => throw new InvalidOperationException("A control call has three outcomes."),
    };
}
