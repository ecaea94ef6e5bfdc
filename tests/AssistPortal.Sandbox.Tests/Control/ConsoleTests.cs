using System.Net;

namespace AssistPortal.Sandbox.Tests.Control;

public sealed class ConsoleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Console_Opened_IsMarkedAndHostileTextStaysText()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.OneStage, ordernumber: "<script>alert(1)</script>");

        var page = await sandbox.Http.GetStringAsync("/console?mistake=<img>", Token);

        Assert.Contains("<h1>Тестовый шлюз</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Console_PaymentForm_MakesAnOrderAndComesBack()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var back = await PostAsync(sandbox, "pay", ("merchant", "900002"), ("amount", "12,50"), ("currency", "RUB"), ("card", "4111111111111111"), ("ordernumber", "by-hand"), ("delay", ""));

        Assert.StartsWith("/console?done=", back, StringComparison.Ordinal);
        Assert.Contains("Delayed", await sandbox.AskAsync("orderstate", RunningSandbox.TwoStage, ("Ordernumber", "by-hand")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Console_OtherForms_DoWhatTheControlCallsDo()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var before = sandbox.Clock.Offset;

        Assert.StartsWith("/console?done=", await PostAsync(sandbox, "advance", ("hours", "1,5")), StringComparison.Ordinal);
        Assert.StartsWith("/console?done=", await PostAsync(sandbox, "close"), StringComparison.Ordinal);
        Assert.StartsWith("/console?done=", await PostAsync(sandbox, "fault", ("service", "charge"), ("mode", "html"), ("times", "1")), StringComparison.Ordinal);
        Assert.StartsWith("/console?mistake=", await PostAsync(sandbox, "fault", ("service", "charge"), ("mode", "nosuch"), ("times", "1")), StringComparison.Ordinal);
        Assert.StartsWith("/console?done=", await PostAsync(sandbox, "clear"), StringComparison.Ordinal);
        Assert.StartsWith("/console?done=", await PostAsync(sandbox, "bulk", ("merchant", "900001"), ("orders", "10"), ("days", "1")), StringComparison.Ordinal);

        Assert.Equal(TimeSpan.FromHours(1.5), sandbox.Clock.Offset - before);
        Assert.Equal(10, (await sandbox.GetAsync("/control/state")).GetProperty("orders").GetInt32());
    }

    [Fact]
    public async Task Console_FormOfAnotherSite_IsForbidden()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/console/close");
        request.Headers.Add("Origin", "https://evil.example");

        using var response = await sandbox.Http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static async Task<string> PostAsync(RunningSandbox sandbox, string form, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await sandbox.Http.PostAsync($"/console/{form}", content, Token);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return response.Headers.Location!.OriginalString;
    }
}
