using System.Text;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Answers;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Services;

namespace AssistPortal.Sandbox.PayPages;

/// <summary>The payment pages over HTTP. They need no script; every form leads back to the page of the stage it came to.</summary>
internal static class PayEndpoints
{
    private const string PageContent = "text/html; charset=utf-8";

    public static void MapPayPages(this WebApplication app)
    {
        var desk = app.Services.GetRequiredService<PayDesk>();
        var style = StyleSheet.Read("pay.css");
        var pages = app.MapGroup("/pay").AddEndpointFilter(async (context, next) =>
        {
            PageHeaders.Write(context.HttpContext.Response.Headers);
            return await next(context);
        });
        pages.MapGet("/pay.css", () => Results.Text(style, "text/css; charset=utf-8"));
        pages.MapMethods("/order.cfm", ["GET", "POST"], (HttpContext http, CancellationToken ct) => OrderAsync(http, desk, ct));
        pages.MapPost("/payrequest.cfm", (HttpContext http, CancellationToken ct) => PayRequestAsync(http, desk, ct));
        pages.MapGet("/pay.cfm", (HttpContext http) => Show(http, desk, view => view.Stage == PayStage.Result
            ? See(view.Visit.Address("result"))
            : Page(Stage(http, view, CardEntry.Empty, []))));
        pages.MapGet("/result.cfm", (HttpContext http) => Show(http, desk, view => view.Stage == PayStage.Result
            ? Page(ResultPage.Write(new PayPage(view)))
            : See(view.Visit.Address("pay"))));
        MapForms(pages, desk);
    }

    private static void MapForms(RouteGroupBuilder pages, PayDesk desk)
    {
        MapForm(pages, "/customer.cfm", desk, (http, view, form) =>
        {
            var entry = new CustomerEntry(form["lastname"], form["firstname"], form["email"]).Cleaned();
            if (view.Stage == PayStage.Customer && entry.Check() is { Count: > 0 } errors)
            {
                return Page(StepPages.Customer(new PayPage(view), entry, errors), StatusCodes.Status422UnprocessableEntity);
            }

            desk.Introduce(view.Visit.Cfsid, form.Step, entry);
            return null;
        });
        MapForm(pages, "/card.cfm", desk, (http, view, form) =>
        {
            var entry = new CardEntry(form[CardEntry.NumberField], form[CardEntry.ExpiryField], form[CardEntry.CvcField], form[CardEntry.HolderField]);
            if (entry.Check(view.Now, out var card) is { Count: > 0 } errors)
            {
                return view.Stage == PayStage.Means
                    ? Page(Stage(http, view, entry.Showable(), errors), StatusCodes.Status422UnprocessableEntity)
                    : null;
            }

            desk.PayByCard(view.Visit.Cfsid, form.Step, card);
            return null;
        });
        MapForm(pages, "/points.cfm", desk, (_, view, form) => Points(desk, view, form));
        MapForm(pages, "/challenge.cfm", desk, (_, view, form) =>
        {
            if (form["answer"] == "leave")
            {
                desk.LeaveChallenge(view.Visit.Cfsid, form.Step);
            }
            else
            {
                desk.AnswerChallenge(view.Visit.Cfsid, form.Step, form["code"]);
            }

            return null;
        });
        MapForm(pages, "/other.cfm", desk, (_, view, form) =>
        {
            desk.PayOther(view.Visit.Cfsid, form.Step, form["means"] == "sbp" ? PayMeans.FastPay : PayMeans.Wallet, form["answer"] == "yes");
            return null;
        });
        MapForm(pages, "/giveup.cfm", desk, (_, view, form) =>
        {
            desk.GiveUp(view.Visit.Cfsid, form.Step);
            return null;
        });
    }

    private static IResult? Points(PayDesk desk, PayView view, PayForm form)
    {
        switch (form["answer"])
        {
            case "back":
                desk.TakeOtherCard(view.Visit.Cfsid, form.Step);
                return null;
            case "none":
                desk.UsePoints(view.Visit.Cfsid, form.Step, null);
                return null;
            default:
                if (view is not { Stage: PayStage.Points, Points: { } offered })
                {
                    return null;
                }

                if (!Money.TryParse(form["points"], Merchant.Currency, out var points) || points.Minor == 0 || points.Minor > offered.Minor)
                {
                    var error = new FieldError("points", new(
                        $"Введите число больше нуля и не больше {Showing.Points(offered)}", $"Enter a number above zero, at most {Showing.Points(offered)}"));
                    return Page(StepPages.Points(new PayPage(view), offered, [error]), StatusCodes.Status422UnprocessableEntity);
                }

                desk.UsePoints(view.Visit.Cfsid, form.Step, points);
                return null;
        }
    }

    private static string Stage(HttpContext http, PayView view, CardEntry entry, IReadOnlyList<FieldError> errors)
    {
        var page = new PayPage(view);
        var query = http.Request.Query;
        return view.Stage switch
        {
            PayStage.Customer => StepPages.Customer(page, CustomerEntry.Of(view.Order.Customer), errors),
            PayStage.Points => StepPages.Points(page, view.Points!.Value, errors),
            PayStage.Challenge => StepPages.Challenge(page),
            PayStage.Waiting => StepPages.Waiting(page),
            PayStage.Means => MeansPage.Write(
                page, MeansPage.Choose(view.Visit.Means, query["means"]), Origin(http.Request),
                entry == CardEntry.Empty ? MeansPage.Filled(query["card"]) : entry, errors),
            _ => throw new InvalidOperationException("The result has a page of its own."),
        };
    }

    private static async Task<IResult> OrderAsync(HttpContext http, PayDesk desk, CancellationToken cancellationToken)
    {
        var request = await WireRequest.ReadAsync(http.Request, cancellationToken);
        _ = PayOrder.ReadLanguage(request, out var language);
        return desk.Open(request) switch
        {
            PayOpening.Opened(var visit, _) => Results.Redirect(visit.Address("pay")),
            PayOpening.Refused(var error) => Page(ErrorPage.Refused(error, language)),
            _ => throw new InvalidOperationException("A request opens a visit or is refused."),
        };
    }

    private static async Task<IResult> PayRequestAsync(HttpContext http, PayDesk desk, CancellationToken cancellationToken)
    {
        var request = await WireRequest.ReadAsync(http.Request, cancellationToken);
        return Results.Text(
            desk.Open(request) switch
            {
                PayOpening.Opened(var visit, var order) => JsonText.Write(json =>
                {
                    var url = Origin(http.Request) + visit.Address("pay");
                    json.WriteString("URL", url);
                    json.WriteString("url", url);
                    json.WriteString("expirationtime", WireTime.Format(order.DueAt ?? order.CreatedAt));
                    json.WriteString("orderstate", order.State.Wire);
                }),
                PayOpening.Refused(var error) => JsonText.Write(json =>
                {
                    json.WriteNumber("firstcode", error.First);
                    json.WriteNumber("secondcode", error.Second);
                    json.WriteString("URL", "");
                    json.WriteString("url", "");
                    json.WriteString("expirationtime", "");
                    json.WriteString("orderstate", "Decline");
                }),
                _ => throw new InvalidOperationException("A request opens a visit or is refused."),
            },
            "application/json; charset=utf-8");
    }

    private static IResult Show(HttpContext http, PayDesk desk, Func<PayView, IResult> show)
    {
        var query = http.Request.Query;
        if (desk.View(query["CFSID"].ToString()) is not { } view)
        {
            return Page(ErrorPage.Unknown(Language.Ru), StatusCodes.Status404NotFound);
        }

        Language? asked = query["Language"].ToString() switch
        {
            "RU" => Language.Ru,
            "EN" => Language.En,
            _ => null,
        };
        if (asked is { } language)
        {
            desk.Speak(view.Visit.Cfsid, language);
            return See(view.Visit.Address(view.Stage == PayStage.Result ? "result" : "pay"));
        }

        return show(view);
    }

    /// <summary>Runs a form's work; unless that has something to show, the buyer is led to the page of the stage come to.</summary>
    private static void MapForm(RouteGroupBuilder pages, string path, PayDesk desk, Func<HttpContext, PayView, PayForm, IResult?> work) =>
        pages.MapPost(path, async (HttpContext http, CancellationToken ct) =>
        {
            var form = await PayForm.ReadAsync(http.Request, ct);
            return desk.View(form["CFSID"]) is { } view
                ? work(http, view, form) ?? See(view.Visit.Address("pay"))
                : Page(ErrorPage.Unknown(Language.Ru), StatusCodes.Status404NotFound);
        });

    private static IResult Page(string html, int status = StatusCodes.Status200OK) => Results.Content(html, PageContent, Encoding.UTF8, status);

    private static SeeOther See(string address) => new SeeOther(address);

    private static string Origin(HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
