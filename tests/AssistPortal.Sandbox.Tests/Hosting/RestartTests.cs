using System.Net.Http.Json;
using System.Text.Json;

namespace AssistPortal.Sandbox.Tests.Hosting;

public sealed class RestartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restart_OfTheSandbox_KeepsOrdersAndTheMovedClock()
    {
        var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);
        sandbox.Clock.Advance(TimeSpan.FromDays(2));
        var (offset, truth) = (sandbox.Clock.Offset, (await sandbox.TruthAsync(billnumber)).GetRawText());
        await sandbox.StopAsync();

        await using var again = await RunningSandbox.StartAgainAsync(sandbox.Folder);

        Assert.Equal(offset, again.Clock.Offset);
        Assert.Equal(truth, (await again.TruthAsync(billnumber)).GetRawText());
    }

    [Fact]
    public async Task Restart_AfterATermEnded_FiresItAtTheStart()
    {
        var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);
        await sandbox.StopAsync();
        SandboxClock.Open(sandbox.Folder).Advance(TimeSpan.FromDays(8));

        await using var again = await RunningSandbox.StartAgainAsync(sandbox.Folder);

        Assert.Equal("Canceled", (await again.TruthAsync(billnumber)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Sandboxes_SideBySide_KnowNothingOfEachOther()
    {
        await using var first = await RunningSandbox.StartAsync();
        await using var second = await RunningSandbox.StartAsync();
        await first.PaidAsync(RunningSandbox.OneStage);
        await first.FaultAsync("orderstate", "http-500");
        first.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, (await second.GetAsync("/control/state")).GetProperty("orders").GetInt32());
        Assert.Contains("10", await second.AskAsync("orderstate", RunningSandbox.OneStage, ("Ordernumber", "x"), ("Format", "1")), StringComparison.Ordinal);
        Assert.True(second.Clock.Offset < first.Clock.Offset);
    }

    [Fact]
    public async Task Kill_OfTheProcess_LosesNothingThatWasAnswered()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-kill-").FullName;
        string billnumber;
        string truth;
        await using (var process = await SandboxProcess.StartAsync(folder))
        {
            using var paid = await process.Http.PostAsJsonAsync("/control/payments", new { merchant = RunningSandbox.TwoStage, amount = "100.00" }, Token);
            billnumber = JsonElement.Parse(await paid.Content.ReadAsStringAsync(Token)).GetProperty("billnumber").GetString()!;
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["Merchant_ID"] = "900002",
                ["Login"] = "sandbox_ws",
                ["Password"] = "Sandbox2026",
                ["Billnumber"] = billnumber,
            });
            (await process.Http.PostAsync("/charge/charge.cfm", form, Token)).EnsureSuccessStatusCode().Dispose();
            truth = await process.Http.GetStringAsync($"/control/orders/{billnumber}", Token);
            process.Kill();
        }

        await using var again = await RunningSandbox.StartAgainAsync(folder);

        Assert.Contains("\"state\":\"Approved\"", truth, StringComparison.Ordinal);
        Assert.Equal(truth, (await again.TruthAsync(billnumber)).GetRawText());
    }

    [Theory]
    [InlineData("--seed", "everything")]
    [InlineData("--urls", "5180")]
    [InlineData("--traffic", "-1")]
    [InlineData("--nosuch", "1")]
    public async Task Start_WithAnOptionNotUnderstood_SaysSoAndEnds(string option, string value)
    {
        using var process = SandboxProcess.Run([], option, value);

        var told = await process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);

        Assert.Equal(2, process.ExitCode);
        Assert.StartsWith($"Not understood: {option} {value}\nUsage: --urls", told, StringComparison.Ordinal);
    }
}
