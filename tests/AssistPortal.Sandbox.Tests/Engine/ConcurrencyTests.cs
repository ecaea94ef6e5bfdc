using System.Text.Json;

namespace AssistPortal.Sandbox.Tests.Engine;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task ChargeAndCancel_AtTheSameTime_NeverTakeTheSameMoney()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        for (var round = 0; round < 10; round++)
        {
            var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);

            await Task.WhenAll(Enumerable.Range(0, 8).Select(number => sandbox.AskAsync(
                number % 2 == 0 ? "charge" : "wscancel", RunningSandbox.TwoStage, ("Billnumber", billnumber), ("Format", "1"))));

            var truth = await sandbox.TruthAsync(billnumber);
            Assert.InRange(Count(truth, 200), 0, 1);
            Assert.Equal(1, Count(truth, 300));
            Assert.Equal("Canceled", truth.GetProperty("state").GetString());
        }
    }

    [Fact]
    public async Task PartialCancellations_AtTheSameTime_GiveBackNoMoreThanWasPaid()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => sandbox.AskAsync(
            "wscancel", RunningSandbox.OneStage, ("Billnumber", billnumber), ("Amount", "30"), ("Currency", "RUB"), ("Format", "1"))));

        Assert.Equal(3, answers.Count(answer => answer.Contains("AS000", StringComparison.Ordinal)));
        Assert.Equal(7, answers.Count(answer => answer == "error;15;308;\n"));
        Assert.Equal(3, Count(await sandbox.TruthAsync(billnumber), 300));
    }

    private static int Count(JsonElement truth, int type) =>
        truth.GetProperty("operations").EnumerateArray().Count(operation => operation.GetProperty("type").GetInt32() == type);
}
