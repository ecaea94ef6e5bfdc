using System.Net.Http.Json;
using System.Text.Json;
using AssistPortal.Protocol;
using AssistPortal.Sandbox;
using Microsoft.AspNetCore.Builder;

namespace AssistPortal.TestKit;

/// <summary>A gateway of the test's own: the sandbox in this process, on a free port, with a folder of its own, empty but for its merchants.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    public const string Login = "sandbox_ws";
    public const string Password = "Sandbox2026";
    public const string SecretWord = "secret";

    /// <summary>One-stage, «Лавка».</summary>
    public const int Shop = 900001;

    /// <summary>Two-stage, «Авиабилеты».</summary>
    public const int Airline = 900002;

    /// <summary>Both schemes, «Гипермаркет».</summary>
    public const int Hypermarket = 900003;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly TempFolder _folder;
    private readonly WebApplication _app;
    private readonly HttpClient _control;

    private SandboxServer(TempFolder folder, SandboxClock clock, WebApplication app)
    {
        _folder = folder;
        _app = app;
        Clock = clock;
        Url = new Uri(app.Urls.Single());
        _control = new HttpClient { BaseAddress = Url };
    }

    /// <summary>Root address.</summary>
    public Uri Url { get; }

    /// <summary>The sandbox's clock; give it to the portal, so that both move together.</summary>
    public SandboxClock Clock { get; }

    /// <summary>Starts an empty sandbox.</summary>
    public static async Task<SandboxServer> StartAsync(CancellationToken cancellationToken)
    {
        var folder = new TempFolder();
        var clock = SandboxClock.Open(folder.Path);
        var options = new SandboxOptions { Url = "http://127.0.0.1:0", DataDirectory = folder.Path, Seed = SandboxSeed.None };
        var app = SandboxApp.Create(options, clock);
        await app.StartAsync(cancellationToken);
        return new SandboxServer(folder, clock, app);
    }

    /// <summary>The portal's settings to work for the three demo merchants through this sandbox.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Assist:Address", Url.ToString()),
        .. Merchant(0, Shop, "Лавка"),
        .. Merchant(1, Airline, "Авиабилеты"),
        .. Merchant(2, Hypermarket, "Гипермаркет"),
    ];

    /// <summary>A buyer pays.</summary>
    /// <param name="merchant">Merchant_ID.</param>
    /// <param name="orderNumber">The shop's number.</param>
    /// <param name="amount">How much.</param>
    /// <param name="twoStage">Whether the payment waits for a confirmation.</param>
    /// <param name="card">Test card.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SandboxPayment> PayAsync(
        int merchant, string orderNumber, Money amount, bool twoStage = false, string card = "4111111111111111", CancellationToken cancellationToken = default) =>
        await PayAsync(
            new { merchant, ordernumber = orderNumber, amount = amount.ToWire(), currency = amount.Currency, delay = twoStage ? 1 : 0, card },
            cancellationToken);

    /// <summary>A buyer pays as the fields of <c>POST /control/payments</c> say.</summary>
    public Task<SandboxPayment> PayAsync(object fields, CancellationToken cancellationToken) => PostAsync<SandboxPayment>("control/payments", fields, cancellationToken);

    /// <summary>The next answers of a service go wrong.</summary>
    /// <param name="service">wscancel, charge, orderresult …; <c>*</c> for all.</param>
    /// <param name="mode">drop-before, drop-after, late:S, delay:S, http-500, redirect, html, malformed, truncated, rate-limit, decline:AS10n.</param>
    /// <param name="times">How many answers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task FaultAsync(string service, string mode, int times = 1, CancellationToken cancellationToken = default) =>
        await PostAsync("control/faults", new { service, mode, times }, cancellationToken);

    /// <summary>Closes the listener: every caller, this class too, is refused until it opens again by itself.</summary>
    public async Task RefuseConnectionsAsync(TimeSpan time, CancellationToken cancellationToken = default) =>
        await PostAsync("control/faults", new { service = "*", mode = "refuse-connection", seconds = time.TotalSeconds }, cancellationToken);

    /// <summary>All well again.</summary>
    public async Task ClearFaultsAsync(CancellationToken cancellationToken = default)
    {
        using var answer = await _control.DeleteAsync("control/faults", cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Moves the clock; terms that are over fire before this returns.</summary>
    public async Task AdvanceAsync(TimeSpan by, CancellationToken cancellationToken = default) =>
        await PostAsync("control/clock/advance", new { seconds = by.TotalSeconds }, cancellationToken);

    /// <summary>Many orders at once, the same each time.</summary>
    public async Task BulkAsync(int merchant, int orders, int days, CancellationToken cancellationToken = default) =>
        await PostAsync("control/bulk", new { merchant, orders, days }, cancellationToken);

    /// <summary>The processing centre takes all financial transactions.</summary>
    public async Task CloseDayAsync(CancellationToken cancellationToken = default) => await PostAsync("control/day/close", new { }, cancellationToken);

    /// <summary>Results of a merchant are pushed to the portal from now on, as forms; it echoes them.</summary>
    /// <param name="merchant">Merchant_ID.</param>
    /// <param name="portal">The portal's root address.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task PushToAsync(int merchant, Uri portal, CancellationToken cancellationToken = default)
    {
        using var answer = await _control.PutAsJsonAsync($"control/merchants/{merchant}/push", new { url = new Uri(portal, $"push/assist/{merchant}"), reply = "xml" }, Json, cancellationToken);
        await EnsureAsync(answer, cancellationToken);
    }

    /// <summary>The order as it really is, whatever answers said.</summary>
    public async Task<SandboxTruth> TruthAsync(string billnumber, CancellationToken cancellationToken = default) =>
        await _control.GetFromJsonAsync<SandboxTruth>($"control/orders/{billnumber}", Json, cancellationToken)
        ?? throw new InvalidOperationException($"The sandbox said nothing of {billnumber}.");

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private static IEnumerable<KeyValuePair<string, string?>> Merchant(int index, int id, string name) =>
    [
        new($"Assist:Merchants:{index}:Id", $"{id}"),
        new($"Assist:Merchants:{index}:Name", name),
        new($"Assist:Merchants:{index}:Login", Login),
        new($"Assist:Merchants:{index}:Password", Password),
        new($"Assist:Merchants:{index}:SecretWord", SecretWord),
        new($"Assist:Merchants:{index}:TestMode", "true"),
    ];

    private async Task PostAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var answer = await _control.PostAsJsonAsync(path, body, Json, cancellationToken);
        await EnsureAsync(answer, cancellationToken);
    }

    private async Task<T> PostAsync<T>(string path, object body, CancellationToken cancellationToken)
    {
        using var answer = await _control.PostAsJsonAsync(path, body, Json, cancellationToken);
        await EnsureAsync(answer, cancellationToken);
        return await answer.Content.ReadFromJsonAsync<T>(Json, cancellationToken) ?? throw new InvalidOperationException($"{path} answered nothing.");
    }

    private static async Task EnsureAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{answer.RequestMessage?.RequestUri} answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }
}
