using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace AssistPortal.Sandbox.Tests.Hosting;

/// <summary>SIGKILL at random moments while several clients move money, and what is there after the restart.</summary>
public sealed class KillTests
{
    private const int Rounds = 5;
    private const int FewestRounds = 2;
    private const int Clients = 4;
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(12);
    private static readonly int[] Merchants = [RunningSandbox.OneStage, RunningSandbox.TwoStage, RunningSandbox.Both];

    private readonly ConcurrentDictionary<string, int> _orders = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Told> _told = [];
    private readonly ConcurrentBag<(int Merchant, string Ordernumber)> _unansweredPayments = [];
    private readonly ConcurrentBag<string> _unansweredCommands = [];
    private long _secondsTold;
    private long _secondsAsked;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>An operation that the sandbox said it made.</summary>
    private sealed record Told(string Order, string Operation, int Type, long Minor);

    [Fact]
    public async Task Kill_AtAnyMoment_LosesNoAnswerAndLeavesNothingHalfDone()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var folder = Directory.CreateTempSubdirectory("sandbox-kill-").FullName;
        var started = TimeProvider.System.GetTimestamp();
        for (var round = 0; round < FewestRounds || (round < Rounds && TimeProvider.System.GetElapsedTime(started) < Enough); round++)
        {
            await using var sandbox = await SandboxProcess.StartAsync(folder);
            await CheckAsync(sandbox.Http);
            var killAt = random.Next(20, 120);
            var begun = 0;
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => MoveMoneyAsync(
                sandbox.Http, new Random(seed + (round * Clients) + client), $"{round}-{client}",
                () =>
                {
                    if (Interlocked.Increment(ref begun) == killAt)
                    {
                        sandbox.Kill();
                    }

                    return begun < killAt;
                })));
        }

        await using var last = await SandboxProcess.StartAsync(folder);
        await CheckAsync(last.Http);
        using (var moved = await last.Http.PostAsJsonAsync("/control/clock/advance", new { days = 8 }, Token))
        {
            moved.EnsureSuccessStatusCode();
        }

        var states = (await GetAsync(last.Http, "/control/state")).GetProperty("states");
        Assert.NotEmpty(_told);
        Assert.False(states.TryGetProperty("Delayed", out _) || states.TryGetProperty("In Process", out _), $"A term didn't go on: {states}");
        await CheckAsync(last.Http);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Pays, charges, cancels, closes the day and moves the clock until the sandbox is gone.</summary>
    private async Task MoveMoneyAsync(HttpClient http, Random random, string name, Func<bool> begin)
    {
        for (var number = 0; ; number++)
        {
            var known = _orders.Keys.ToArray();
            var order = known.Length == 0 ? null : known[random.Next(known.Length)];
            var step = order is null || random.Next(100) < 40 ? PayAsync(http, random, $"{name}-{number}") : random.Next(100) switch
            {
                < 40 => CommandAsync(http, "charge", order, random),
                < 85 => CommandAsync(http, "wscancel", order, random),
                < 95 => CloseDayAsync(http),
                _ => AdvanceAsync(http, random.Next(60, 7_200)),
            };
            var goesOn = begin();
            try
            {
                await step;
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException)
            {
                return;
            }

            if (!goesOn)
            {
                return;
            }
        }
    }

    private async Task PayAsync(HttpClient http, Random random, string ordernumber)
    {
        var merchant = Merchants[random.Next(Merchants.Length)];
        var card = random.Next(100) < 15 ? "4000000000000341" : "4111111111111111";
        var minor = random.Next(100, 100_000);
        JsonElement answer;
        try
        {
            answer = await PostJsonAsync(http, "/control/payments", new { merchant, ordernumber, amount = Amount(minor), card, delay = random.Next(2) });
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            _unansweredPayments.Add((merchant, ordernumber));
            throw;
        }

        var billnumber = answer.GetProperty("billnumber").GetString()!;
        _told.Add(new Told(billnumber, billnumber + ".1", 100, minor));
        _orders[billnumber] = merchant;
    }

    private async Task CommandAsync(HttpClient http, string service, string order, Random random)
    {
        var fields = new Dictionary<string, string>
        {
            ["Merchant_ID"] = _orders[order].ToString(CultureInfo.InvariantCulture),
            ["Login"] = "sandbox_ws",
            ["Password"] = "Sandbox2026",
            ["Billnumber"] = order,
            ["Format"] = "5",
        };
        if (random.Next(2) == 0)
        {
            fields["Amount"] = Amount(random.Next(100, 30_000));
            fields["Currency"] = "RUB";
        }

        JsonElement answer;
        try
        {
            using var form = new FormUrlEncodedContent(fields);
            using var response = await http.PostAsync(RunningSandbox.PathOf(service), form, Token);
            answer = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            _unansweredCommands.Add(order);
            throw;
        }

        if (answer.TryGetProperty("charge", out var charge))
        {
            _told.Add(new Told(order, charge.GetProperty("billnumber").GetString()!, 200, Minor(decimal.Parse(charge.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture))));
        }
        else if (answer.TryGetProperty("wscancel", out var cancel))
        {
            var made = cancel.GetProperty("order").GetProperty("operations")[0];
            _told.Add(new Told(order, made.GetProperty("billnumber").GetString()!, 300, Minor(made.GetProperty("amount").GetDecimal())));
        }
    }

    private static Task<JsonElement> CloseDayAsync(HttpClient http) => PostJsonAsync(http, "/control/day/close", new { });

    private async Task AdvanceAsync(HttpClient http, int seconds)
    {
        Interlocked.Add(ref _secondsAsked, seconds);
        await PostJsonAsync(http, "/control/clock/advance", new { seconds });
        Interlocked.Add(ref _secondsTold, seconds);
    }

    /// <summary>Everything told is there, nothing else but what was on its way, and every order's books balance.</summary>
    private async Task CheckAsync(HttpClient http)
    {
        var state = await GetAsync(http, "/control/state");
        Assert.InRange(state.GetProperty("offsetSeconds").GetDouble(), _secondsTold, _secondsAsked + (8 * 86_400));
        Assert.InRange(state.GetProperty("orders").GetInt32(), _orders.Count, _orders.Count + _unansweredPayments.Count);
        var told = _told.ToLookup(operation => operation.Order);
        foreach (var order in _orders.Keys)
        {
            var truth = await GetAsync(http, $"/control/orders/{order}");
            Books.AssertBalanced(truth);
            var operations = truth.GetProperty("operations").EnumerateArray().ToDictionary(operation => operation.GetProperty("billnumber").GetString()!);
            Assert.All(told[order], expected =>
            {
                var there = Assert.Contains(expected.Operation, operations.AsReadOnly());
                Assert.Equal((expected.Type, expected.Minor), (there.GetProperty("type").GetInt32(), there.GetProperty("amountMinor").GetInt64()));
                Assert.Contains(there.GetProperty("state").GetString(), expected.Type == 100 ? (string[])["S", "P"] : ["S"]);
            });

            // One more may be the automatic cancellation at the end of the term.
            var unanswered = _unansweredCommands.Count(command => command == order);
            Assert.InRange(operations.Count, told[order].Count(), told[order].Count() + unanswered + 1);
        }

        foreach (var (merchant, ordernumber) in _unansweredPayments)
        {
            if (await FindAsync(http, merchant, ordernumber) is { } billnumber)
            {
                Books.AssertBalanced(await GetAsync(http, $"/control/orders/{billnumber}"));
            }
        }
    }

    private static async Task<string?> FindAsync(HttpClient http, int merchant, string ordernumber)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Merchant_ID"] = merchant.ToString(CultureInfo.InvariantCulture),
            ["Login"] = "sandbox_ws",
            ["Password"] = "Sandbox2026",
            ["Ordernumber"] = ordernumber,
            ["Format"] = "5",
            ["StartYear"] = "2020",
            ["StartMonth"] = "1",
            ["StartDay"] = "1",
        });
        using var response = await http.PostAsync(RunningSandbox.PathOf("orderstate"), form, Token);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        return answer.TryGetProperty("orderstate", out var order) ? order.GetProperty("billnumber").GetString() : null;
    }

    private static async Task<JsonElement> PostJsonAsync(HttpClient http, string path, object request)
    {
        using var response = await http.PostAsJsonAsync(path, request, Token);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    private static async Task<JsonElement> GetAsync(HttpClient http, string path) => JsonElement.Parse(await http.GetStringAsync(path, Token));

    private static string Amount(int minor) => (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private static long Minor(decimal amount) => (long)(amount * 100);
}
