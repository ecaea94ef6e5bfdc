using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using Microsoft.Data.Sqlite;

namespace AssistPortal.Sandbox.Tests.Hosting;

public sealed class FullDiskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1", "error;2;1;\n")]
    [InlineData("3", "firstcode='2' secondcode='1' count='0'")]
    [InlineData("4", "<firstcode>2</firstcode><secondcode>1</secondcode>")]
    [InlineData("5", "{\"firstcode\":2,\"secondcode\":1}")]
    public async Task Command_WhoseWriteFailsMidway_IsTheInternalErrorOfTheWireAndNothingIsDone(string format, string told)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);
        var before = (await sandbox.TruthAsync(billnumber)).GetRawText();

        // The operation is written by then, its transaction isn't.
        Execute(sandbox, "CREATE TRIGGER full BEFORE INSERT ON transact BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
        var answer = await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber), ("Format", format));

        Assert.Contains(told, answer, StringComparison.Ordinal);
        Assert.Equal(before, (await sandbox.TruthAsync(billnumber)).GetRawText());
        Execute(sandbox, "DROP TRIGGER full");
        Assert.Contains("AS000", await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ControlCall_WhoseWriteFails_IsUnavailableWithASentence()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        Execute(sandbox, "CREATE TRIGGER full BEFORE INSERT ON orders BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");

        using var response = await sandbox.Http.PostAsync(
            "/control/payments", new StringContent("""{"merchant":900001,"amount":"1.00"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("nothing was done", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disk_ThatIsFull_CostsNoMoneyAndTheSandboxGoesOnWhenThereIsSpace()
    {
        var disk = Directory.CreateTempSubdirectory("sandbox-disk-").FullName;
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk), "Mounting a small disk needs root.");
        try
        {
            var sandbox = await RunningSandbox.StartAgainAsync(disk);
            var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);
            var ballast = Path.Combine(disk, "ballast");
            FillUp(ballast);

            var refused = "";
            var cancelled = new List<string>();
            for (var i = 0; i < 1_000 && refused.Length == 0; i++)
            {
                // The log of the database has some room left; failed attempts use it up.
                var answer = await sandbox.AskAsync(
                    "charge", RunningSandbox.TwoStage, ("Billnumber", billnumber), ("DemoResult", "AS100"), ("Format", "1"));
                refused = answer.StartsWith("error", StringComparison.Ordinal) ? answer : "";
                cancelled.Add(answer);
            }

            Assert.Equal("error;2;1;\n", refused);
            var truth = await sandbox.TruthAsync(billnumber);
            Books.AssertBalanced(truth);
            Assert.Equal(cancelled.Count, truth.GetProperty("operations").GetArrayLength());
            Assert.Equal("error;2;1;\n", await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber)));

            File.Delete(ballast);
            Assert.Contains("AS000", await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", billnumber)), StringComparison.Ordinal);
            Books.AssertBalanced(await sandbox.TruthAsync(billnumber));
            await sandbox.StopAsync();
        }
        finally
        {
            await RunAsync("umount", disk);
            Directory.Delete(disk);
        }
    }

    private static void Execute(RunningSandbox sandbox, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(sandbox.Folder, "sandbox.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Writes until the disk takes no more.</summary>
    private static void FillUp(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(page);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static async Task<bool> RunAsync(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            await process.WaitForExitAsync(Token);
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
