using AssistPortal.Core.Actions;
using AssistPortal.TestKit;
using Xunit;

namespace AssistPortal.Core.Tests.Actions;

/// <summary>However the gateway's answer to a command goes wrong, the action ends in the truth and no money moves twice.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("drop-before", 2)]
    [InlineData("drop-after", 1)]
    [InlineData("late:5", 1)]
    [InlineData("delay:30", 1)]
    [InlineData("http-500", 2)]
    [InlineData("redirect", 2)]
    [InlineData("html", 2)]
    [InlineData("malformed", 1)]
    [InlineData("truncated", 1)]
    public async Task Confirm_AnswerGoesWrong_SucceedsOnceAfterTheSendingsNeeded(string mode, int sendings)
    {
        var action = await RunAsync(ActionKind.Confirm, "charge", mode, 10_000);

        Assert.Equal(ActionState.Succeeded, action.State);
        Assert.Equal(sendings, action.Attempts);
    }

    [Theory]
    [InlineData("drop-before", ActionState.NotExecuted)]
    [InlineData("http-500", ActionState.NotExecuted)]
    [InlineData("drop-after", ActionState.Succeeded)]
    [InlineData("late:5", ActionState.Succeeded)]
    [InlineData("rate-limit", ActionState.Refused)]
    [InlineData("decline:AS107", ActionState.Declined)]
    public async Task Confirm_PartAndAnswerGoesWrong_EndsInTheTruthAndIsNotSentAgain(string mode, ActionState expected)
    {
        var action = await RunAsync(ActionKind.Confirm, "charge", mode, 4_000);

        Assert.Equal(expected, action.State);
        Assert.Equal(1, action.Attempts);
    }

    [Theory]
    [InlineData("drop-before", ActionState.NotExecuted)]
    [InlineData("drop-after", ActionState.Succeeded)]
    [InlineData("late:5", ActionState.Succeeded)]
    [InlineData("delay:30", ActionState.Succeeded)]
    [InlineData("http-500", ActionState.NotExecuted)]
    [InlineData("redirect", ActionState.NotExecuted)]
    [InlineData("html", ActionState.NotExecuted)]
    [InlineData("malformed", ActionState.Succeeded)]
    [InlineData("truncated", ActionState.Succeeded)]
    [InlineData("rate-limit", ActionState.Refused)]
    [InlineData("decline:AS105", ActionState.Declined)]
    public async Task Cancel_AnswerGoesWrong_EndsInTheTruthAndIsNotSentAgain(string mode, ActionState expected)
    {
        var action = await RunAsync(ActionKind.Cancel, "wscancel", mode, 4_000);

        Assert.Equal(expected, action.State);
        Assert.Equal(1, action.Attempts);
    }

    [Theory]
    [InlineData("http-500")]
    [InlineData("html")]
    [InlineData("malformed")]
    [InlineData("rate-limit")]
    [InlineData("drop-before")]
    public async Task Cancel_OrderCannotBeAskedFor_WaitsUnsentAndThenGoesOut(string mode)
    {
        await using var sandbox = await SandboxServer.StartAsync(TestContext.Current.CancellationToken);
        using var folder = new TempFolder();
        await using var bench = await LedgerBench.StartAsync(sandbox, PortalDatabase.Sqlite(folder), TestContext.Current.CancellationToken);
        var billnumber = await bench.PaidAsync();
        var id = await bench.GivenAsync(ActionKind.Cancel, billnumber, 10_000);
        await sandbox.FaultAsync("orderresult", mode, 100, TestContext.Current.CancellationToken);

        var first = await bench.StepAsync(id);
        bench.Advance(first.NextStepAt - sandbox.Clock.GetUtcNow());
        var second = await bench.StepAsync(id);

        Assert.Equal(ActionState.Queued, second.State);
        Assert.Equal(0, second.Attempts);
        Assert.Equal(2, second.Steps.Count);
        Assert.True(second.NextStepAt > sandbox.Clock.GetUtcNow());

        await sandbox.ClearFaultsAsync(TestContext.Current.CancellationToken);
        bench.Advance(second.NextStepAt - sandbox.Clock.GetUtcNow());
        var action = await bench.SettleAsync(id);
        Assert.Equal(ActionState.Succeeded, action.State);
        await bench.AssertTruthAsync(action);
    }

    private static async Task<MoneyAction> RunAsync(ActionKind kind, string service, string mode, long amount)
    {
        await using var sandbox = await SandboxServer.StartAsync(TestContext.Current.CancellationToken);
        using var folder = new TempFolder();
        await using var bench = await LedgerBench.StartAsync(sandbox, PortalDatabase.Sqlite(folder), TestContext.Current.CancellationToken, ("Assist:CommandTimeout", "00:00:02"));
        var billnumber = await bench.PaidAsync(twoStage: kind == ActionKind.Confirm);
        await sandbox.FaultAsync(service, mode, 1, TestContext.Current.CancellationToken);

        var action = await bench.SettleAsync(await bench.GivenAsync(kind, billnumber, amount));

        await bench.AssertTruthAsync(action);
        return action;
    }
}
