using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AssistPortal.Sandbox.ApiDocs;

/// <summary>The OpenAPI document as a page: each service with its parameters and answer, so that the two never differ.</summary>
internal static class ApiDocsPage
{
    private const string Head = """
        <!DOCTYPE html><html lang=ru><head><meta charset=utf-8><meta name=viewport content="width=device-width,initial-scale=1">
        <title>Веб-сервисы тестового шлюза</title><style>
        :root{color-scheme:light dark;--line:#8886}*{box-sizing:border-box}
        body{font:16px/1.5 system-ui,sans-serif;margin:0}main{max-width:960px;margin:0 auto;padding:1.5rem}
        h2{margin:2.5rem 0 .25rem}code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}
        .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9375rem}
        th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line)}
        summary{cursor:pointer;padding:.5rem 0}a{color:inherit}
        </style></head><body><main>
        """;

    public static string Write(JsonElement document)
    {
        var info = document.GetProperty("info");
        var html = new StringBuilder(Head);
        html.Append(CultureInfo.InvariantCulture, $"<h1>{Text(info, "title")}</h1><p>{Text(info, "description")}</p>");
        html.Append("<p>Для программ: <a href=/openapi.json>openapi.json</a>. <a href=/console>Пульт шлюза</a>.</p>");
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            Service(html, document, path.Name, path.Value.GetProperty("post"));
        }

        return html.Append("</main></body></html>").ToString();
    }

    private static void Service(StringBuilder html, JsonElement document, string address, JsonElement service)
    {
        var request = SchemaOf(service.GetProperty("requestBody"));
        var answer = SchemaOf(service.GetProperty("responses").GetProperty("200"));
        html.Append(
            CultureInfo.InvariantCulture,
            $"<section><h2>{Text(service, "summary")}</h2><p><code>POST {Encode(address)}</code></p><p>{Text(service, "description")}</p>");
        Fields(html, "Параметры", document, request);
        Fields(html, "Ответ", document, answer.TryGetProperty("oneOf", out var either) ? either[0] : answer);
        html.Append("</section>");
    }

    private static JsonElement SchemaOf(JsonElement message) => message.GetProperty("content").GetProperty("application/json").GetProperty("schema");

    private static void Fields(StringBuilder html, string title, JsonElement document, JsonElement schema)
    {
        html.Append(CultureInfo.InvariantCulture, $"<details open><summary>{title}</summary><div class=wide><table><thead><tr><th>Имя<th>Что это</tr></thead><tbody>");
        Rows(html, document, schema, "");
        html.Append("</tbody></table></div></details>");
    }

    private static void Rows(StringBuilder html, JsonElement document, JsonElement schema, string prefix)
    {
        var resolved = Resolve(document, schema);
        if (resolved.TryGetProperty("items", out var items))
        {
            Rows(html, document, items, prefix.TrimEnd('.') + "[].");
            return;
        }

        if (!resolved.TryGetProperty("properties", out var properties))
        {
            return;
        }

        var required = resolved.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet() : [];
        foreach (var property in properties.EnumerateObject())
        {
            var field = Resolve(document, property.Value);
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td><code>{Encode(prefix + property.Name)}</code>{(required.Contains(property.Name) ? " *" : "")}<td>{Text(field, "description")}</tr>");
            Rows(html, document, field, $"{prefix}{property.Name}.");
        }
    }

    /// <summary>Follows a reference within the document; of several shapes, the first.</summary>
    private static JsonElement Resolve(JsonElement document, JsonElement schema)
    {
        while (true)
        {
            if (schema.TryGetProperty("$ref", out var reference))
            {
                schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
            }
            else if (schema.TryGetProperty("oneOf", out var shapes))
            {
                schema = shapes[0];
            }
            else
            {
                return schema;
            }
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? Encode(value.GetString() ?? "") : "";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
