using Microsoft.AspNetCore.Diagnostics;

namespace AssistPortal.Web.Setup;

/// <summary>Makes sure that a refused POST, too, is answered with a page that explains it, which is fetched within the same request.</summary>
internal static class ErrorPages
{
    public static void UseErrorPagesForPosts(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            // Fetched as a POST, the page would be taken for the target of the form and refused once more.
            context.Request.Method = HttpMethods.Get;
            await next(context);
            return;
        }

        await next(context);
        if (context.Response is { StatusCode: >= StatusCodes.Status400BadRequest, HasStarted: false })
        {
            // A form refused for its token leaves the type of a page without the page, and would pass for one.
            context.Response.ContentType = null;
        }
    });
}
