using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;

namespace AssistPortal.Sandbox.Tests;

/// <summary>A sandbox on a free port with a folder of its own, and the calls the tests make to it.</summary>
internal sealed partial class RunningSandbox : IAsyncDisposable
{
    public const int OneStage = 900001;
    public const int TwoStage = 900002;
    public const int Both = 900003;

    private readonly WebApplication _app;

    private RunningSandbox(WebApplication app, SandboxClock clock, string folder)
    {
        (_app, Clock, Folder) = (app, clock, folder);
        Address = new Uri(app.Urls.Single());
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public SandboxClock Clock { get; }

    public string Folder { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts an empty sandbox at six in the morning UTC, far from the close of the business day.</summary>
    public static Task<RunningSandbox> StartAsync(Func<SandboxOptions, SandboxOptions>? with = null) =>
        StartAsync(Directory.CreateTempSubdirectory("sandbox-").FullName, atSix: true, with);

    /// <summary>Starts on the folder of a sandbox that ran before.</summary>
    public static Task<RunningSandbox> StartAgainAsync(string folder, Func<SandboxOptions, SandboxOptions>? with = null) =>
        StartAsync(folder, atSix: false, with);

    public async Task StopAsync()
    {
        Http.Dispose();
        await _app.StopAsync(Token);
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A buyer pays; answers the control call's JSON.</summary>
    public Task<JsonElement> PayAsync(object request) => ControlAsync("payments", request);

    /// <summary>A buyer pays with a good card.</summary>
    public async Task<string> PaidAsync(int merchant, string amount = "100.00", string? ordernumber = null, int? delay = null, string currency = "RUB") =>
        (await PayAsync(new { merchant, amount, ordernumber, delay, currency })).GetProperty("billnumber").GetString()!;

    public async Task<JsonElement> ControlAsync(string call, object request)
    {
        using var response = await Http.PostAsJsonAsync($"/control/{call}", request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    public Task FaultAsync(string service, string mode, int times = 1) => ControlAsync("faults", new { service, mode, times });

    public Task CloseDayAsync() => ControlAsync("day/close", new { });

    public Task<JsonElement> TruthAsync(string billnumber) => GetAsync($"/control/orders/{billnumber}");

    public async Task<JsonElement> GetAsync(string path) => JsonElement.Parse(await Http.GetStringAsync(path, Token));

    /// <summary>Sends a form with the merchant's own credentials.</summary>
    public Task<HttpResponseMessage> SendAsync(string service, int merchant, params (string Name, string Value)[] parameters) =>
        SendFormAsync(service,
        [
            ("Merchant_ID", merchant.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("Login", "sandbox_ws"), ("Password", "Sandbox2026"), .. parameters,
        ]);

    public async Task<HttpResponseMessage> SendFormAsync(string service, params (string Name, string Value)[] parameters)
    {
        using var form = new FormUrlEncodedContent(parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)));
        return await Http.PostAsync(PathOf(service), form, Token);
    }

    public async Task<string> AskAsync(string service, int merchant, params (string Name, string Value)[] parameters)
    {
        using var response = await SendAsync(service, merchant, parameters);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(Token);
    }

    public async Task<JsonElement> AskJsonAsync(string service, int merchant, params (string Name, string Value)[] parameters) =>
        JsonElement.Parse(await AskAsync(service, merchant, [.. parameters, ("Format", "5")]));

    public async Task<string> AskWithJsonAsync(string service, int merchant, object body)
    {
        var request = JsonSerializer.SerializeToNode(body)!.AsObject();
        request["merchant"] = JsonSerializer.SerializeToNode(new { merchant_id = merchant, login = "sandbox_ws", password = "Sandbox2026" });
        using var response = await Http.PostAsJsonAsync(PathOf(service), request, Token);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(Token);
    }

    /// <summary>Sends a body of any kind to a service.</summary>
    public async Task<HttpResponseMessage> PostAsync(string service, string body, string contentType)
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType);
        return await Http.PostAsync(PathOf(service), content, Token);
    }

    /// <summary>Sends an envelope as the mobile clients build it, with the merchant's own credentials.</summary>
    public async Task<string> AskWithSoapAsync(string service, int merchant, string parameters, string? element = null)
    {
        using var response = await PostAsync(
            service,
            $"<soapenv:Envelope xmlns:soapenv='http://schemas.xmlsoap.org/soap/envelope/' xmlns:ws='http://www.paysecure.ru/ws/'><soapenv:Header/><soapenv:Body>"
            + $"<ws:{element ?? service}><merchant_id>{merchant}</merchant_id><login>sandbox_ws</login><password>Sandbox2026</password>{parameters}</ws:{element ?? service}>"
            + "</soapenv:Body></soapenv:Envelope>",
            "text/xml; charset=utf-8");
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(Token);
    }

    public static string PathOf(string service) => service == "wscancel" ? "/cancel/wscancel.cfm" : $"/{service}/{service}.cfm";

    /// <summary>Dates and the reference number that holds one, replaced by what kind they are.</summary>
    public static string WithoutDates(string text) =>
        Rrn().Replace(Minute().Replace(Second().Replace(text, "[second]"), "[minute]"), "[rrn]");

    private static async Task<RunningSandbox> StartAsync(string folder, bool atSix, Func<SandboxOptions, SandboxOptions>? with)
    {
        var clock = SandboxClock.Open(folder);
        if (atSix)
        {
            var now = clock.GetUtcNow();
            clock.Advance(new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1).AddHours(6) - now);
        }

        var options = new SandboxOptions { Url = "http://127.0.0.1:0", DataDirectory = folder, Seed = SandboxSeed.None };
        var app = SandboxApp.Create(with?.Invoke(options) ?? options, clock);
        await app.StartAsync(Token);
        return new RunningSandbox(app, clock, folder);
    }

    [GeneratedRegex(@"\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d")]
    private static partial Regex Second();

    [GeneratedRegex(@"\d\d\.\d\d\.\d{4} \d\d:\d\d")]
    private static partial Regex Minute();

    [GeneratedRegex(@"\b\d{4}0000000\d\b")]
    private static partial Regex Rrn();
}
