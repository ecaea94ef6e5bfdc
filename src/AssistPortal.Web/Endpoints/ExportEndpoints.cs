using System.Globalization;
using AssistPortal.Core;
using AssistPortal.Core.Reports;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components.Pages.Orders;
using AssistPortal.Web.Components.Shared;
using AssistPortal.Web.Resources;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;

namespace AssistPortal.Web.Endpoints;

/// <summary>The grid's rows as a file. Streamed past the circuit: a file is no message of a page.</summary>
internal static class ExportEndpoints
{
    public static void MapExportEndpoints(this WebApplication app) =>
        app.MapGet(PortalUrls.OrdersExport, ExportAsync).RequireAuthorization();

    private static async Task<IResult> ExportAsync(HttpContext context, ExportOrders export, IStringLocalizer<SharedText> shared, IStringLocalizer<OrdersText> texts)
    {
        if (await CurrentActor.OfAsync(context) is not { } actor)
        {
            return Sentence(texts["SessionOver"], StatusCodes.Status401Unauthorized);
        }

        var (query, faults) = OrdersQuery.Read(context.Request.QueryString.Value);
        var format = context.Request.Query[PortalUrls.Names.Format].ToString();
        if (format is not ("csv" or "xlsx"))
        {
            faults = [.. faults, QueryFault.Of(PortalUrls.Names.Format, format)];
        }

        if (faults.Count > 0)
        {
            return Sentence(string.Join(' ', faults.Select(fault => ProblemText.Of(fault, shared))), StatusCodes.Status400BadRequest);
        }

        return await export.RunAsync(
            query.Filter, query.Sort, query.Descending, format == "csv" ? ExportFormat.Csv : ExportFormat.Xlsx, CultureInfo.CurrentUICulture, actor, context.RequestAborted) switch
        {
            Result<ExportFile>.Ok { Value: var file } => new Download(file),
            Result<ExportFile>.Failed { Problem: var problem } => Sentence(ProblemText.Of(problem, shared), Status(problem)),
            _ => throw new InvalidOperationException("An export neither began nor failed."),
        };
    }

    private static int Status(Problem problem) => problem switch
    {
        Problem.Denied => StatusCodes.Status403Forbidden,
        Problem.NotFound => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status400BadRequest,
    };

    private static IResult Sentence(string text, int status) => Results.Text(text, "text/plain", System.Text.Encoding.UTF8, status);

    private sealed class Download(ExportFile file) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = file.ContentType;
            response.Headers.CacheControl = "no-store";
            var disposition = new ContentDispositionHeaderValue("attachment");
            disposition.SetHttpFileName(file.FileName);
            response.Headers.ContentDisposition = disposition.ToString();

            // The pipe's stream takes the synchronous writes the XLSX writer makes in between; the body itself forbids them.
            var body = response.BodyWriter.AsStream();
            await file.WriteAsync(body, httpContext.RequestAborted);
            await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
        }
    }
}
