using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace AssistPortal.Sandbox.Tests.Hosting;

/// <summary>Answers that are longer than anybody's memory.</summary>
public sealed partial class StreamingTests
{
    private const int Orders = 20_000;

    /// <summary>The managed heap the process may have: less than one of the longer answers as text.</summary>
    private const long Heap = 64L * 1024 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ResultByDate_OfADayOf20000Orders_GoesThroughASmallHeapInEveryFormat()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-day-").FullName;
        await using (var sandbox = await SandboxProcess.StartAsync(
            folder, ("DOTNET_gcServer", "0"), ("DOTNET_GCHeapHardLimit", Heap.ToString("X", CultureInfo.InvariantCulture))))
        {
            using var bulk = await sandbox.Http.PostAsJsonAsync("/control/bulk", new { merchant = RunningSandbox.OneStage, orders = Orders, days = 1 }, Token);
            bulk.EnsureSuccessStatusCode();
            var start = Start(await sandbox.Http.GetFromJsonAsync<System.Text.Json.JsonElement>("/control/state", Token));

            var xml = await CountAsync(sandbox.Http, start, "3", "<payment>");
            var counts = new[]
            {
                (await CountAsync(sandbox.Http, start, "1", ";Fake;")).Rows,
                (await CountAsync(sandbox.Http, start, "4", "<payment>")).Rows,
                (await CountAsync(sandbox.Http, start, "5", "\"merchant_id\":")).Rows,
            };

            Assert.InRange(xml.Rows, Orders - 100, Orders * 2);
            Assert.Equal(xml.Rows, int.Parse(Count().Match(xml.Beginning).Groups[1].Value, CultureInfo.InvariantCulture));
            Assert.All(counts, rows => Assert.Equal(xml.Rows, rows));
            Assert.True(xml.Characters * sizeof(char) > Heap / 2, $"{xml.Characters} characters prove nothing about a heap of {Heap} bytes.");
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task ResultByDate_WhileMoneyMoves_IsOneSnapshotAndHoldsNobodyUp()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.ControlAsync("bulk", new { merchant = RunningSandbox.OneStage, orders = 5_000, days = 1 });
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage, ordernumber: "before");
        var start = Start(await sandbox.GetAsync("/control/state"));

        using var answer = await AskAsync(sandbox.Http, start, "3");
        using var text = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        var beginning = new char[10_000];
        await text.ReadBlockAsync(beginning, Token);
        await sandbox.PaidAsync(RunningSandbox.OneStage, ordernumber: "meanwhile");
        Assert.Contains("AS000", await sandbox.AskAsync("wscancel", RunningSandbox.OneStage, ("Billnumber", billnumber)), StringComparison.Ordinal);
        var rest = await text.ReadToEndAsync(Token);

        var all = new string(beginning) + rest;
        Assert.Equal(Count().Match(all).Groups[1].Value, Row().Count(all).ToString(CultureInfo.InvariantCulture));
        Assert.DoesNotContain("<ordernumber>meanwhile</ordernumber>", all, StringComparison.Ordinal);
        var last = all[all.LastIndexOf("<payment>", StringComparison.Ordinal)..];
        Assert.Contains("<ordernumber>before</ordernumber>", last, StringComparison.Ordinal);
        Assert.Contains("<orderstate>Approved</orderstate>", last, StringComparison.Ordinal);
        Assert.EndsWith("</payment></result>\n", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResultByDate_WhoseCallerLeavesInTheMiddle_LetsItsSnapshotGo()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.ControlAsync("bulk", new { merchant = RunningSandbox.OneStage, orders = 5_000, days = 1 });
        var start = Start(await sandbox.GetAsync("/control/state"));
        for (var i = 0; i < 3; i++)
        {
            using var answer = await AskAsync(sandbox.Http, start, "3");
        }

        // A snapshot that is still read from keeps the log from starting anew.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(sandbox.Folder, "sandbox.db")};Pooling=False;Default Timeout=1");
        connection.Open();
        using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        while (Convert.ToInt64(await checkpoint.ExecuteScalarAsync(limit.Token), CultureInfo.InvariantCulture) != 0)
        {
            await sandbox.PaidAsync(RunningSandbox.OneStage);
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Reads the answer piece by piece and counts a mark in it.</summary>
    private static async Task<(string Beginning, int Rows, long Characters)> CountAsync(HttpClient http, DateTimeOffset start, string format, string mark)
    {
        using var answer = await AskAsync(http, start, format);
        using var text = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        var (piece, kept, beginning, rows, characters) = (new char[64 * 1024], "", "", 0, 0L);
        while (await text.ReadBlockAsync(piece, Token) is > 0 and var read)
        {
            var seen = kept + new string(piece, 0, read);
            rows += (seen.Length - seen.Replace(mark, "", StringComparison.Ordinal).Length) / mark.Length;
            characters += read;
            beginning = beginning.Length == 0 ? seen : beginning;

            // The mark may lie across two pieces, but whole in none of what is kept.
            kept = seen[^Math.Min(seen.Length, mark.Length - 1)..];
        }

        return (beginning, rows, characters);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, DateTimeOffset start, string format)
    {
        string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, RunningSandbox.PathOf("resultbydate"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["Merchant_ID"] = Text(RunningSandbox.OneStage),
                ["Login"] = "sandbox_ws",
                ["Password"] = "Sandbox2026",
                ["TestMode"] = "1",
                ["Format"] = format,
                ["StartYear"] = Text(start.Year),
                ["StartMonth"] = Text(start.Month),
                ["StartDay"] = Text(start.Day),
                ["StartHour"] = Text(start.Hour),
                ["StartMin"] = Text(start.Minute),
            }),
        };
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        return answer.EnsureSuccessStatusCode();
    }

    /// <summary>Nearly 24 hours before the sandbox's now: the longest period there is.</summary>
    private static DateTimeOffset Start(System.Text.Json.JsonElement state) => state.GetProperty("now").GetDateTimeOffset().AddHours(-24).AddMinutes(2);

    [GeneratedRegex("count='([0-9]+)'")]
    private static partial Regex Count();

    [GeneratedRegex("<payment>")]
    private static partial Regex Row();
}
