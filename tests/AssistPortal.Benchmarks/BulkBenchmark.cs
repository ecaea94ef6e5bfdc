using System.Globalization;
using AssistPortal.TestKit;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace AssistPortal.Benchmarks;

/// <summary>The sandbox's mass data: 100,000 orders of a year made, and a day of 20,000 orders asked for, whole and to its first byte.</summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 0, iterationCount: 3)]
public class BulkBenchmark
{
    private static readonly HttpClient Http = new();
    private const int DayOrders = 20_000;

    private SandboxServer _made = null!;
    private SandboxServer _day = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _made = await SandboxServer.StartAsync(CancellationToken.None);
        _day = await SandboxServer.StartAsync(CancellationToken.None);
        await _day.BulkAsync(SandboxServer.Shop, DayOrders, days: 1);
    }

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await _made.DisposeAsync();
        await _day.DisposeAsync();
    }

    [Benchmark]
    public Task HundredThousandOneStageOrdersAsync() => _made.BulkAsync(SandboxServer.Shop, 100_000, days: 365);

    [Benchmark]
    public Task HundredThousandTwoStageOrdersAsync() => _made.BulkAsync(SandboxServer.Airline, 100_000, days: 365);

    [Benchmark]
    [Arguments("1")]
    [Arguments("3")]
    [Arguments("4")]
    [Arguments("5")]
    public async Task<long> DayWholeAsync(string format)
    {
        using var answer = await AskAsync(format);
        await answer.Content.CopyToAsync(Stream.Null);
        return answer.Content.Headers.ContentLength ?? 0;
    }

    [Benchmark]
    public async Task<int> DayFirstByteAsync()
    {
        using var answer = await AskAsync("3");
        await using var body = await answer.Content.ReadAsStreamAsync();
        return body.ReadByte();
    }

    private async Task<HttpResponseMessage> AskAsync(string format)
    {
        string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        var start = _day.Clock.GetUtcNow().AddHours(-24).AddMinutes(2);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_day.Url, "/resultbydate/resultbydate.cfm"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["Merchant_ID"] = Text(SandboxServer.Shop),
                ["Login"] = SandboxServer.Login,
                ["Password"] = SandboxServer.Password,
                ["TestMode"] = "1",
                ["Format"] = format,
                ["StartYear"] = Text(start.Year),
                ["StartMonth"] = Text(start.Month),
                ["StartDay"] = Text(start.Day),
                ["StartHour"] = Text(start.Hour),
                ["StartMin"] = Text(start.Minute),
            }),
        };
        var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.EnsureSuccessStatusCode();
    }
}
