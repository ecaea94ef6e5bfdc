using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AssistPortal.Sandbox.History;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Store;
using AssistPortal.Sandbox.Tests.Hosting;
using Microsoft.Data.Sqlite;

namespace AssistPortal.Sandbox.Tests.History;

public sealed class BulkTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Bulk_OfTheSameSeedInstantAndDatabase_IsTheSameToTheByte()
    {
        var first = Dump(Filled(RunningSandbox.Both, 1_000, 40, seed: 7));

        Assert.Equal(first, Dump(Filled(RunningSandbox.Both, 1_000, 40, seed: 7)));
        Assert.NotEqual(first, Dump(Filled(RunningSandbox.Both, 1_000, 40, seed: 8)));
    }

    [Theory]
    [InlineData(RunningSandbox.TwoStage, 20_000)]
    [InlineData(RunningSandbox.OneStage, 3_000)]
    [InlineData(RunningSandbox.Both, 3_000)]
    public void Bulk_OfManyOrders_IsAPastWhoseBooksBalance(int merchant, int orders)
    {
        var folder = Filled(merchant, orders, 365, seed: 1);

        Assert.Equal(orders, Number(folder, "SELECT count(*) FROM orders"));
        var start = Now.AddDays(-365).ToUnixTimeMilliseconds();
        Assert.Equal(0, Number(folder, $"SELECT count(*) FROM orders WHERE created < {start} OR created > {Now.ToUnixTimeMilliseconds()}"));
        Assert.Equal(0, Number(folder, $"SELECT count(*) FROM orders WHERE due <= {Now.ToUnixTimeMilliseconds()}"));

        // The last close of the business day was nine hours ago: nothing older waits for the batch.
        var closed = Now.AddHours(-9).ToUnixTimeMilliseconds();
        Assert.Equal(0, Number(folder, $"SELECT count(*) FROM transact WHERE state = 'queued' AND created <= {closed}"));
        Assert.Equal(0, Number(folder, $"SELECT count(*) FROM hold WHERE presented > 0 AND presented_at <= {closed}"));

        // Per order: what operations say, what transactions say and what the processing centre's book says is the same.
        Assert.Equal(0, Number(folder, """
            SELECT count(*) FROM (
                SELECT o.state, o.two_stage, h.*,
                    (SELECT sum(amount) FROM operation WHERE order_id = o.id AND state = 'S' AND type = 100) AS paid,
                    (SELECT coalesce(sum(amount), 0) FROM operation WHERE order_id = o.id AND state = 'S' AND type = 200) AS confirmed,
                    (SELECT coalesce(sum(amount), 0) FROM operation WHERE order_id = o.id AND state = 'S' AND type = 300) AS cancelled,
                    (SELECT coalesce(sum(amount), 0) FROM transact WHERE order_id = o.id AND state = 'done' AND kind = 'financial') AS financial,
                    (SELECT coalesce(sum(amount), 0) FROM transact WHERE order_id = o.id AND state = 'done' AND kind IN ('void', 'refund')) AS returned,
                    (SELECT count(*) <> max(number) FROM operation WHERE order_id = o.id) AS gaps
                FROM orders o JOIN operation p ON p.order_id = o.id AND p.type = 100 AND p.state = 'S' JOIN hold h ON h.id = p.hold_id)
            WHERE paid <> authorised OR cancelled <> refunded + voided OR cancelled <> returned OR captured <> financial OR gaps
                OR (state = 'Delayed') <> (two_stage AND confirmed = 0 AND cancelled = 0)
                OR (state = 'Canceled') <> (cancelled = iif(confirmed > 0, confirmed, paid))
                OR (state <> 'Delayed' AND presented + captured - refunded <> iif(confirmed > 0, confirmed, paid) - cancelled)
            """));
        Assert.Equal(0, Number(folder, "SELECT count(*) FROM orders o WHERE state IN ('Declined', 'Timeout', 'In Process') AND EXISTS (SELECT 1 FROM operation WHERE order_id = o.id AND state = 'S')"));
        Assert.InRange(Number(folder, "SELECT count(*) FROM operation"), orders * 11L / 10, orders * 3L);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Bulk_WhileItRuns_LetsReadsThroughHoweverManyWritersWait()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var bulk = sandbox.ControlAsync("bulk", new { merchant = RunningSandbox.OneStage, orders = 20_000, days = 30 });
        await WrittenAsync(sandbox.Http, sandbox.Folder, bytes: 1_000_000);
        var payments = Enumerable.Range(0, 8).Select(_ => sandbox.PaidAsync(RunningSandbox.OneStage)).ToList();

        var reads = 0;
        while (!bulk.IsCompleted)
        {
            Assert.Contains((await sandbox.GetAsync("/control/state")).GetProperty("orders").GetInt32(), (int[])[0, 20_000, .. Enumerable.Range(20_001, 8)]);
            reads++;
        }

        await bulk;
        await Task.WhenAll(payments);
        Assert.True(reads >= 5, $"{reads} reads were answered while mass data was made.");
        Assert.Equal(20_008, (await sandbox.GetAsync("/control/state")).GetProperty("orders").GetInt32());
    }

    [Fact]
    public async Task Bulk_CalledOff_LeavesNothing()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var leaves = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var bulk = sandbox.Http.PostAsJsonAsync("/control/bulk", new { merchant = RunningSandbox.OneStage, orders = 1_000_000, days = 365 }, leaves.Token);
        await WrittenAsync(sandbox.Http, sandbox.Folder, bytes: 1_000_000);

        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bulk);
        await sandbox.PaidAsync(RunningSandbox.OneStage);

        Assert.Equal(1, (await sandbox.GetAsync("/control/state")).GetProperty("orders").GetInt32());
    }

    [Fact]
    public async Task Bulk_KilledInTheMiddle_LeavesNothingAndIsMadeAfterwards()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-bulk-").FullName;
        await using (var process = await SandboxProcess.StartAsync(folder))
        {
            var bulk = process.Http.PostAsJsonAsync("/control/bulk", new { merchant = RunningSandbox.OneStage, orders = 1_000_000, days = 365 }, Token);
            await WrittenAsync(process.Http, folder, bytes: 10_000_000);
            process.Kill();
            await Assert.ThrowsAsync<HttpRequestException>(() => bulk);
        }

        await using var again = await RunningSandbox.StartAgainAsync(folder);

        Assert.Equal(0, (await again.GetAsync("/control/state")).GetProperty("orders").GetInt32());
        await again.ControlAsync("bulk", new { merchant = RunningSandbox.OneStage, orders = 100, days = 10 });
        Assert.Equal(100, (await again.GetAsync("/control/state")).GetProperty("orders").GetInt32());
    }

    /// <summary>Comes back when the transaction under way has written so much; each look is a request that is answered meanwhile.</summary>
    private static async Task WrittenAsync(HttpClient http, string folder, long bytes)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (new FileInfo(Path.Combine(folder, "sandbox.db-wal")).Length < bytes)
        {
            Assert.Equal(0, (await http.GetFromJsonAsync<JsonElement>("/control/state", limit.Token)).GetProperty("orders").GetInt32());
        }
    }

    private static string Filled(int merchant, int orders, int days, int seed)
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-bulk-").FullName;
        var db = new SandboxDb(folder);
        db.Write(session => BulkSeed.Fill(session, DemoMerchants.Get(merchant), orders, days, seed, Now, Token));
        db.Close();
        return folder;
    }

    /// <summary>Every value of every table; the folder isn't needed any more.</summary>
    private static string Dump(string folder)
    {
        var text = new StringBuilder();
        using (var connection = Open(folder))
        {
            foreach (var table in (string[])["orders", "operation", "hold", "transact"])
            {
                using var command = connection.CreateCommand();
                command.CommandText = $"SELECT * FROM {table} ORDER BY id";
                using var reader = command.ExecuteReader();
                while (reader.Read())
                {
                    for (var column = 0; column < reader.FieldCount; column++)
                    {
                        text.Append(CultureInfo.InvariantCulture, $"{reader.GetValue(column)};");
                    }

                    text.Append('\n');
                }
            }
        }

        Directory.Delete(folder, recursive: true);
        return text.ToString();
    }

    private static long Number(string folder, string sql)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "sandbox.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}
