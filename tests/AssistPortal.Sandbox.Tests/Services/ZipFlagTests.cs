using System.IO.Compression;

namespace AssistPortal.Sandbox.Tests.Services;

public sealed class ZipFlagTests
{
    [Theory]
    [InlineData("1", "1", "attachment; filename=resultbydate.csv")]
    [InlineData("1", "3", "attachment; filename=resultbydate.xml")]
    [InlineData("2", "5", "attachment; filename=resultbydate.zip")]
    [InlineData("0", "1", "")]
    public async Task ResultByDate_WithAZipFlag_IsAFileAnArchiveOrABody(string flag, string format, string disposition)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.OneStage, "1.00", "Z-1");

        using var response = await sandbox.SendAsync("resultbydate", RunningSandbox.OneStage, ("TestMode", "1"), ("Format", format), ("ZipFlag", flag));

        Assert.Equal(disposition, response.Content.Headers.ContentDisposition?.ToString() ?? "");
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var zip = flag == "2" ? new ZipArchive(body) : null;
        Assert.Equal(flag == "2", response.Content.Headers.ContentType!.MediaType == "application/zip");
        Assert.Equal(flag == "2" ? "resultbydate.json" : null, zip?.Entries.Single().Name);
        using var reader = new StreamReader(zip?.Entries.Single().Open() ?? body);
        Assert.Contains("Z-1", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "3", "error;5;132;\n")]
    [InlineData("1", "2", "error;10;201;\n")]
    [InlineData("2", "0", "error;5;212;\n")]
    public async Task ResultByDate_Refused_IsNeverPacked(string testMode, string flag, string expected)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        Assert.Equal(expected, await sandbox.AskAsync("resultbydate", RunningSandbox.OneStage, ("TestMode", testMode), ("ZipFlag", flag)));
    }
}
