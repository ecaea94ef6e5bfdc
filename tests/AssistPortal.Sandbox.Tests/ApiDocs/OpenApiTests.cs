using System.Net.Http.Json;
using System.Text.Json;

namespace AssistPortal.Sandbox.Tests.ApiDocs;

public sealed class OpenApiTests
{
    private static readonly string[] Services = ["orderstate", "orderresult", "resultbydate", "charge", "cancel", "wscancel"];

    [Fact]
    public async Task OpenApi_ForEachService_DeclaresEveryFieldItAnswers()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var document = await sandbox.GetAsync("/openapi.json");
        foreach (var service in Services)
        {
            var merchant = service == "charge" ? RunningSandbox.TwoStage : RunningSandbox.OneStage;
            var billnumber = await sandbox.PaidAsync(merchant, "100.00", service);
            var cheque = new object[] { new { id = 1, name = "Чай", price = 100, quantity = 1, amount = 100, tax = "vat20" } };
            if (service == "orderresult")
            {
                await sandbox.AskWithJsonAsync("cancel", merchant, new { billnumber, chequeitem = cheque });
            }

            var answer = JsonElement.Parse(await sandbox.AskWithJsonAsync(
                service, merchant, service is "charge" or "cancel" or "wscancel" ? new { billnumber, chequeitem = cheque } : new { billnumber, testmode = 1 }));

            var schema = document.GetProperty("paths").GetProperty(RunningSandbox.PathOf(service)).GetProperty("post").GetProperty("responses")
                .GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");
            Assert.True(answer.TryGetProperty(service, out _), answer.GetRawText());
            Assert.Empty(Mistakes(document, schema, answer, ""));
        }
    }

    [Fact]
    public async Task OpenApi_OfTwoOrdersAndOfARefusal_IsTrueToo()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.OneStage, "1", "twice");
        await sandbox.PaidAsync(RunningSandbox.OneStage, "1", "twice");
        var document = await sandbox.GetAsync("/openapi.json");
        var schema = document.GetProperty("paths").GetProperty("/orderstate/orderstate.cfm").GetProperty("post").GetProperty("responses")
            .GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");

        Assert.Empty(Mistakes(document, schema, await sandbox.AskJsonAsync("orderstate", RunningSandbox.OneStage, ("Ordernumber", "twice")), ""));
        Assert.Empty(Mistakes(document, schema, await sandbox.AskJsonAsync("orderstate", RunningSandbox.OneStage, ("Ordernumber", "nobody")), ""));
        Assert.NotEmpty(Mistakes(document, schema, JsonElement.Parse("""{"orderstate":{"billnumber":5,"orderstate":"x","ordernumber":"1"}}"""), ""));
    }

    [Fact]
    public async Task OpenApi_OfPayrequest_IsTrueOfAnAddressAndOfARefusal()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var document = await sandbox.GetAsync("/openapi.json");
        var schema = document.GetProperty("paths").GetProperty("/pay/payrequest.cfm").GetProperty("post").GetProperty("responses")
            .GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        async Task<JsonElement> AskAsync(object request)
        {
            using var response = await sandbox.Http.PostAsJsonAsync("/pay/payrequest.cfm", request, TestContext.Current.CancellationToken);
            return JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        var opened = await AskAsync(new { merchant = new { merchant_id = RunningSandbox.OneStage }, ordernumber = "A-1", orderamount = "100.00" });
        var refused = await AskAsync(new { merchant = new { merchant_id = RunningSandbox.OneStage } });

        Assert.NotEqual("", opened.GetProperty("URL").GetString());
        Assert.Equal(107, refused.GetProperty("secondcode").GetInt32());
        Assert.Empty(Mistakes(document, schema, opened, ""));
        Assert.Empty(Mistakes(document, schema, refused, ""));
    }

    [Fact]
    public async Task Docs_ShowEveryServiceAndItsParameters()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var page = await sandbox.Http.GetStringAsync("/docs", TestContext.Current.CancellationToken);

        Assert.All(Services, service => Assert.Contains($"POST {RunningSandbox.PathOf(service)}", page, StringComparison.Ordinal));
        Assert.Contains("<code>merchant.password</code>", page, StringComparison.Ordinal);
        Assert.Contains("<code>orderresult.orders[].operations[].chequeitems.chequeitem[].price</code>", page, StringComparison.Ordinal);
        Assert.Contains("href=/openapi.json", page, StringComparison.Ordinal);
    }

    /// <summary>Fields that aren't declared, required ones that are missing, values of another type.</summary>
    private static List<string> Mistakes(JsonElement document, JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Mistakes(document, document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]), value, path);
        }

        if (schema.TryGetProperty("oneOf", out var shapes))
        {
            var each = shapes.EnumerateArray().Select(shape => Mistakes(document, shape, value, path)).ToList();
            return each.Exists(mistakes => mistakes.Count == 0) ? [] : each.MinBy(mistakes => mistakes.Count)!;
        }

        var types = schema.GetProperty("type") is { ValueKind: JsonValueKind.Array } several ? several.EnumerateArray().Select(type => type.GetString()) : [schema.GetProperty("type").GetString()];
        if (!types.Contains(TypeOf(value)) && !(types.Contains("integer") && TypeOf(value) == "number" && value.TryGetInt64(out _)))
        {
            return [$"{path} is {TypeOf(value)}"];
        }

        return value.ValueKind switch
        {
            JsonValueKind.Array => [.. value.EnumerateArray().SelectMany(item => Mistakes(document, schema.GetProperty("items"), item, path + "[]"))],
            JsonValueKind.Object => [.. OfObject(document, schema, value, path)],
            _ => [],
        };
    }

    private static IEnumerable<string> OfObject(JsonElement document, JsonElement schema, JsonElement value, string path)
    {
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];
        return required.Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{path}.{name} is missing").Concat(
            value.EnumerateObject().SelectMany(field => schema.GetProperty("properties").TryGetProperty(field.Name, out var declared)
                ? Mistakes(document, declared, field.Value, $"{path}.{field.Name}")
                : [$"{path}.{field.Name} isn't declared"]));
    }

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.Number => "number",
        JsonValueKind.String => "string",
        _ => "other",
    };
}
