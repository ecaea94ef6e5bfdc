using System.Text.RegularExpressions;

namespace AssistPortal.Sandbox.Tests.Clients;

/// <summary>A PHP client of resultbydate: looks for an error with a pattern, else takes the first line for names and every other for values.</summary>
public sealed partial class PhpCsvTests
{
    [Fact]
    public async Task ResultByDate_ReadLineByLine_GivesRowsWhoseCheckvalueFits()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PayAsync(new { merchant = RunningSandbox.OneStage, amount = "4.00", ordernumber = "A;\"1\"", card = "4111111111111111", comment = "чай; сахар" });
        await sandbox.PaidAsync(RunningSandbox.OneStage, "1204.50", "A-2");

        var rows = Rows(await AskAsync(sandbox, "&TestMode=1"));

        Assert.Equal(["A;\"1\"", "A-2"], rows.Select(row => row["ordernumber"]));
        Assert.Equal("чай; сахар", rows[0]["ordercomment"]);
        Assert.All(rows, row => Assert.Equal(
            Seal.Of("secret", row["merchant_id"] + row["ordernumber"] + row["orderamount"] + row["ordercurrency"] + row["orderstate"]), row["checkvalue"]));
    }

    [Theory]
    [InlineData("&TestMode=1", "10", "201")]
    [InlineData("", "10", "201")]
    [InlineData("&Language=DE", "5", "127")]
    public async Task ResultByDate_Refused_MatchesTheErrorPattern(string more, string first, string second)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var match = Error().Match(await AskAsync(sandbox, more));

        Assert.Equal((first, second), (match.Groups[1].Value, match.Groups[2].Value));
    }

    private static async Task<string> AskAsync(RunningSandbox sandbox, string more)
    {
        var (start, end) = (sandbox.Clock.GetUtcNow().AddHours(-2), sandbox.Clock.GetUtcNow());
        using var response = await sandbox.PostAsync(
            "resultbydate",
            "Merchant_ID=900001&Login=sandbox_ws&Password=Sandbox2026&Format=1"
            + $"&StartDay={start:dd}&StartMonth={start:MM}&StartYear={start:yyyy}&StartHour={start:HH}&StartMin={start:mm}"
            + $"&EndDay={end:dd}&EndMonth={end:MM}&EndYear={end:yyyy}&EndHour={end:HH}&EndMin={end:mm}{more}",
            "application/x-www-form-urlencoded");
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static List<Dictionary<string, string>> Rows(string csv)
    {
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var names = Fields(lines[0]);
        return [.. lines.Skip(1).Select(line => names.Zip(Fields(line)).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    /// <summary>PHP's str_getcsv with a semicolon, over a line whose last one is trimmed off.</summary>
    private static List<string> Fields(string line) =>
        [.. Field().Matches(line.TrimEnd('\r')[..^1]).Select(match => match.Groups[1].Success ? match.Groups[1].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : match.Groups[2].Value)];

    [GeneratedRegex(@"error;(\d+);(\d+);")]
    private static partial Regex Error();

    [GeneratedRegex("""(?<=^|;)(?:"((?:[^"]|"")*)"|([^;]*))(?=;|$)""")]
    private static partial Regex Field();
}
