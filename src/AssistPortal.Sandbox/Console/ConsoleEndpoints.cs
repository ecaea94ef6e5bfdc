using System.Globalization;
using System.Text.Json;
using AssistPortal.Sandbox.Control;

namespace AssistPortal.Sandbox.Console;

/// <summary>The control calls by hand: a page with plain forms that need no script.</summary>
internal static class ConsoleEndpoints
{
    public static void MapConsole(this WebApplication app)
    {
        var desk = app.Services.GetRequiredService<ControlDesk>();
        var console = app.MapGroup("/console").AddEndpointFilter(async (context, next) =>
            ControlGuard.Refusal(context.HttpContext.Request) is { } refusal
                ? Results.Text(refusal, statusCode: StatusCodes.Status403Forbidden)
                : await next(context));
        console.MapGet("", (string? done, string? mistake) =>
            Results.Content(ConsolePage.Write(desk.Overview(), done, mistake), "text/html; charset=utf-8"));
        Map(console, "/pay", (form, _, _) => Task.FromResult(desk.Pay(new PaymentRequest
        {
            Merchant = Number(form["merchant"]),
            Ordernumber = form["ordernumber"],
            Amount = JsonSerializer.SerializeToElement(form["amount"].ToString()),
            Currency = form["currency"].ToString(),
            Delay = form["delay"].ToString() is { Length: > 0 } delay ? Number(delay) : null,
            Card = form["card"],
            Abandon = form["card"].ToString().Length == 0,
            Comment = form["comment"],
        })));
        Map(console, "/advance", (form, _, _) => Task.FromResult(desk.Advance(new AdvanceRequest(0, Real(form["hours"]), 0, 0))));
        Map(console, "/close", (_, _, _) => Task.FromResult(desk.CloseDay()));
        Map(console, "/bulk", (form, _, ct) =>
            desk.BulkAsync(new BulkRequest(Number(form["merchant"]), Number(form["orders"]), Number(form["days"])), ct));
        Map(console, "/fault", (form, http, ct) => desk.AddFaultAsync(
            new FaultRequest(form["service"], form["mode"].ToString().Trim(), Number(form["times"]), Real(form["seconds"])), http.Connection.Id, ct));
        Map(console, "/clear", (_, _, _) => Task.FromResult(desk.ClearFaults()));
    }

    private static void Map(
        RouteGroupBuilder console, string path, Func<IFormCollection, HttpContext, CancellationToken, Task<ControlOutcome>> run) =>
        console.MapPost(path, (RequestDelegate)(async http =>
        {
            if (ControlGuard.Refusal(http.Request) is { } refusal)
            {
                http.Response.StatusCode = StatusCodes.Status403Forbidden;
                await http.Response.WriteAsync(refusal, http.RequestAborted);
                return;
            }

            var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
            var (name, text) = await run(form, http, http.RequestAborted) switch
            {
                ControlOutcome.Done(var answer) => ("done", JsonSerializer.Serialize(answer, ConsolePage.Json)),
                ControlOutcome.Mistake(var mistake) => ("mistake", mistake),
                ControlOutcome.Unknown(var unknown) => ("mistake", unknown),
                _ => throw new InvalidOperationException("A control call has three outcomes."),
            };
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = $"/console?{name}={Uri.EscapeDataString(text)}";
        }));

    private static int Number(string? text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static double Real(string? text) =>
        double.TryParse(text?.Replace(',', '.'), CultureInfo.InvariantCulture, out var number) ? number : 0;
}
