using System.Text;
using System.Text.Json;

namespace AssistPortal.Sandbox.ApiDocs;

/// <summary>The description of the services' JSON side: for programs at /openapi.json, for people at /docs.</summary>
internal static class ApiDocsEndpoints
{
    private static readonly string OpenApi = ReadResource();
    private static readonly string Page = ApiDocsPage.Write(JsonElement.Parse(OpenApi));

    public static void MapApiDocs(this WebApplication app)
    {
        app.MapGet("/openapi.json", () => Results.Text(OpenApi, "application/json", Encoding.UTF8));
        app.MapGet("/docs", () => Results.Text(Page, "text/html", Encoding.UTF8));
    }

    private static string ReadResource()
    {
        using var stream = typeof(ApiDocsEndpoints).Assembly.GetManifestResourceStream("openapi.json")
            ?? throw new InvalidOperationException("openapi.json isn't embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
