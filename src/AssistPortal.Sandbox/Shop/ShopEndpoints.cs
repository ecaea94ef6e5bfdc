using System.Security;
using System.Text;
using AssistPortal.Sandbox.PayPages;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.Shop;

/// <summary>The demo shop over HTTP: its pages, and the address that takes the gateway's pushes.</summary>
internal static class ShopEndpoints
{
    public const string PaidPath = "/shop/paid";
    public const string NotPaidPath = "/shop/notpaid";

    public static void MapShop(this WebApplication app)
    {
        var desk = app.Services.GetRequiredService<ShopDesk>();
        var gateway = app.Services.GetRequiredService<ShopGateway>();
        var style = StyleSheet.Read("shop.css");
        var shop = app.MapGroup("/shop").AddEndpointFilter(async (context, next) =>
        {
            PageHeaders.Write(context.HttpContext.Response.Headers);
            return await next(context);
        });
        shop.MapGet("/shop.css", () => Results.Text(style, "text/css; charset=utf-8"));
        shop.MapGet("", (HttpRequest http) => Page(ShopPage.Goods(LanguageOf(http), null, FormCollection.Empty)));
        shop.MapPost("/order", async (HttpRequest http, CancellationToken ct) =>
        {
            var form = (await PayForm.ReadAsync(http, ct)).Fields;
            var language = form["Language"] == "EN" ? Language.En : Language.Ru;
            return desk.Place(form, out var order) is { } mistake
                ? Page(ShopPage.Goods(language, mistake, form), StatusCodes.Status422UnprocessableEntity)
                : new SeeOther($"/shop/order?number={Uri.EscapeDataString(order.Number)}&Language={(language == Language.En ? "EN" : "RU")}");
        });
        shop.MapGet("/order", (HttpRequest http) => desk.Find(http.Query["number"].ToString()) is { } order
            ? Page(ShopPage.Order(LanguageOf(http), order, $"{http.Scheme}://{http.Host}"))
            : Page(ShopPage.Unknown(LanguageOf(http)), StatusCodes.Status404NotFound));
        foreach (var path in (string[])[PaidPath, NotPaidPath])
        {
            app.MapGet(path, async (HttpContext http, CancellationToken ct) =>
            {
                PageHeaders.Write(http.Response.Headers);
                desk.Returned(http.Request.Query, path);
                var order = desk.Find(http.Request.Query["ordernumber"].ToString());
                return order is null
                    ? Page(ShopPage.Unknown(LanguageOf(http.Request)), StatusCodes.Status404NotFound)
                    : Page(ShopPage.Back(LanguageOf(http.Request), order, await gateway.AskAsync(order, http.Request.Query["billnumber"].ToString(), ct)));
            });
        }

        shop.MapGet("/received", (HttpRequest http) => Page(ShopPage.Received(LanguageOf(http), desk.Received(), $"{http.Scheme}://{http.Host}")));
        shop.MapPost("/push", async (HttpRequest http, CancellationToken ct) =>
            Results.Text(Acknowledge(desk, (await PayForm.ReadAsync(http, ct)).Fields), "text/xml", Encoding.UTF8));
    }

    /// <summary>The packet of protocol §13.4.</summary>
    private static string Acknowledge(ShopDesk desk, IFormCollection form)
    {
        var verdict = desk.Receive(form);
        var order = verdict.IsNone
            ? $"<order><billnumber>{SecurityElement.Escape(form["billnumber"])}</billnumber><packetdate>{SecurityElement.Escape(form["packetdate"])}</packetdate></order>"
            : "";
        return FormattableString.Invariant(
            $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pushpaymentresult firstcode=\"{verdict.First}\" secondcode=\"{verdict.Second}\">{order}</pushpaymentresult>\n");
    }

    private static Language LanguageOf(HttpRequest http) => http.Query["Language"] == "EN" ? Language.En : Language.Ru;

    private static IResult Page(string html, int status = StatusCodes.Status200OK) => Results.Content(html, "text/html; charset=utf-8", Encoding.UTF8, status);
}
