namespace AssistPortal.Sandbox.Tests.Clients;

/// <summary>A PHP class that polls resultbydate with next to nothing: no period, no format, successful operations alone.</summary>
public sealed class CardpayClassTests
{
    [Fact]
    public async Task ResultByDate_AskedWithDefaults_IsTheSuccessfulOperationsOfThreeHoursInCsv()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.PaidAsync(RunningSandbox.OneStage, "1.00", "old");
        await sandbox.ControlAsync("clock/advance", new { hours = 4 });
        await sandbox.PaidAsync(RunningSandbox.OneStage, "2.00", "good");
        await sandbox.PayAsync(new { merchant = RunningSandbox.OneStage, amount = "3.00", ordernumber = "declined", card = "4000000000000002" });

        using var response = await sandbox.SendFormAsync(
            "resultbydate", ("Merchant_ID", "900001"), ("Login", "sandbox_ws"), ("Password", "Sandbox2026"), ("TestMode", "1"), ("Operationstate", "S"));
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, lines.Length);
        Assert.Contains(";good;", lines[1], StringComparison.Ordinal);
    }
}
