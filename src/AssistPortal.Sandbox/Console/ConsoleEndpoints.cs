using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AssistPortal.Sandbox.Control;
using AssistPortal.Sandbox.PayPages;
using AssistPortal.Sandbox.Push;

namespace AssistPortal.Sandbox.Console;

/// <summary>The control calls by hand: pages with plain forms that need no script, and the shop developer's text.</summary>
internal static class ConsoleEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapConsole(this WebApplication app)
    {
        var style = StyleSheet.Read("console.css");
        var guide = StyleSheet.Read("sandbox.md");
        app.MapGet("/docs/sandbox.md", () => Results.Text(guide, "text/plain", Encoding.UTF8));
        var console = app.MapGroup("/console").AddEndpointFilter(async (context, next) =>
        {
            PageHeaders.Write(context.HttpContext.Response.Headers);
            return ControlGuard.Refusal(context.HttpContext.Request) is { } refusal
                ? Results.Text(refusal, statusCode: StatusCodes.Status403Forbidden)
                : await next(context);
        });
        console.MapGet("/console.css", () => Results.Text(style, "text/css", Encoding.UTF8));
        MapPages(console, app.Services.GetRequiredService<ConsoleDesk>());
        MapForms(console, app.Services.GetRequiredService<ControlDesk>(), app.Services.GetRequiredService<PushDesk>());
    }

    private static void MapPages(RouteGroupBuilder console, ConsoleDesk desk)
    {
        console.MapGet("", (HttpRequest http) => Page(ConsolePage.Write(desk.Overview(), NoteOf(http))));
        console.MapGet("/orders", (HttpRequest http) =>
            Page(OrdersPage.Write(desk.Orders(http.Query["q"], NumberOrNull(http.Query["merchant"]), Number(http.Query["page"])))));
        console.MapGet("/orders/{billnumber}", (string billnumber) => desk.Order(billnumber) is { } sheet
            ? Page(OrderPage.Write(sheet))
            : Page(OrderPage.Unknown(), StatusCodes.Status404NotFound));
        console.MapGet("/deliveries", (HttpRequest http) =>
        {
            var (merchantId, state) = (NumberOrNull(http.Query["merchant"]), http.Query["state"].ToString());
            return Page(DeliveriesPage.Write(desk.Deliveries(merchantId, state), desk.PushSettings(), merchantId, state, NoteOf(http)));
        });
        console.MapGet("/traffic", (HttpRequest http) =>
        {
            var (perMinute, requests) = desk.Traffic();
            return Page(TrafficPage.Write(perMinute, requests, NoteOf(http)));
        });
    }

    private static void MapForms(RouteGroupBuilder console, ControlDesk desk, PushDesk push)
    {
        Map(console, "/pay", "/console", (form, _, _) => Task.FromResult(desk.Pay(new PaymentRequest
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
        Map(console, "/advance", "/console", (form, _, _) => Task.FromResult(desk.Advance(new AdvanceRequest(0, Real(form["hours"]) ?? 0, 0, 0))));
        Map(console, "/close", "/console", (_, _, _) => Task.FromResult(desk.CloseDay()));
        Map(console, "/bulk", "/console", (form, _, ct) =>
            desk.BulkAsync(new BulkRequest(Number(form["merchant"]), Number(form["orders"]), Number(form["days"])), ct));
        Map(console, "/fault", "/console", (form, http, ct) => desk.AddFaultAsync(
            new FaultRequest(form["service"], form["mode"].ToString().Trim(), Number(form["times"]), Real(form["seconds"]) ?? 0), http.Connection.Id, ct));
        Map(console, "/clear", "/console", (_, _, _) => Task.FromResult(desk.ClearFaults()));
        Map(console, "/traffic", "/console/traffic", (form, _, _) =>
            Task.FromResult(desk.SetTraffic(new TrafficRequest(Real(form["perMinute"]) ?? double.NaN))));
        Map(console, "/resend", "/console/deliveries", (form, _, _) => Task.FromResult(push.Resend(Number(form["id"]))));
        Map(console, "/push", "/console/deliveries", (form, _, _) => Task.FromResult(push.Set(Number(form["merchant"]), new PushSettingRequest
        {
            Url = form["url"].ToString().Trim() is { Length: > 0 } url ? url : null,
            Protocol = form["protocol"].ToString(),
            Reply = form["reply"].ToString(),
            Approve = form["approve"] == "1",
            Charge = form["charge"] == "1",
            Cancel = form["cancel"] == "1",
            OnlySuccessful = form["onlySuccessful"] == "1",
            OrderPositions = form["orderPositions"] == "1",
        })));
    }

    /// <summary>A form that does what a control call does and leads back to its page.</summary>
    private static void Map(
        RouteGroupBuilder console, string path, string back, Func<IFormCollection, HttpContext, CancellationToken, Task<ControlOutcome>> run) =>
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
                ControlOutcome.Done(var answer) => ("done", JsonSerializer.Serialize(answer, Json)),
                ControlOutcome.Mistake(var mistake) => ("mistake", mistake),
                ControlOutcome.Unknown(var unknown) => ("mistake", unknown),
                _ => throw new InvalidOperationException("A control call has three outcomes."),
            };
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = $"{back}?{name}={Uri.EscapeDataString(text)}";
        }));

    private static IResult Page(string html, int status = StatusCodes.Status200OK) =>
        Results.Content(html, "text/html; charset=utf-8", Encoding.UTF8, status);

    private static Note NoteOf(HttpRequest http) => new(http.Query["done"], http.Query["mistake"]);

    private static int Number(string? text) => NumberOrNull(text) ?? 0;

    private static int? NumberOrNull(string? text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static double? Real(string? text) =>
        double.TryParse(text?.Replace(',', '.'), CultureInfo.InvariantCulture, out var number) ? number : null;
}
