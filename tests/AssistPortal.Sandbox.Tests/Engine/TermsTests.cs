using System.Text.Json;
using AssistPortal.Sandbox.Tests.Services;

namespace AssistPortal.Sandbox.Tests.Engine;

public sealed class TermsTests
{
    [Fact]
    public async Task Order_NotPaidInTime_IsClosedByTimeout()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var left = (await sandbox.PayAsync(new { merchant = RunningSandbox.OneStage, amount = "5", abandon = true })).GetProperty("billnumber").GetString()!;

        sandbox.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal("In Process", State(await sandbox.TruthAsync(left)));
        sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Timeout", State(await sandbox.TruthAsync(left)));
    }

    [Fact]
    public async Task Payment_WithAPendingAnswer_IsApprovedTwentySecondsLater()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var paid = await sandbox.PayAsync(new { merchant = RunningSandbox.OneStage, amount = "5", card = "4000000000000341" });
        var billnumber = paid.GetProperty("billnumber").GetString()!;
        Assert.Equal("AS300", paid.GetProperty("responsecode").GetString());
        Assert.Equal("In Process", paid.GetProperty("state").GetString());

        sandbox.Clock.Advance(TimeSpan.FromSeconds(20));

        var truth = await sandbox.TruthAsync(billnumber);
        Assert.Equal("Approved", State(truth));
        Assert.Equal("AS000", truth.GetProperty("operations")[0].GetProperty("responsecode").GetString());
    }

    [Fact]
    public async Task Confirmation_AfterFourDays_IsTooLate()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var early = await sandbox.PaidAsync(RunningSandbox.TwoStage);
        var late = await sandbox.PaidAsync(RunningSandbox.TwoStage);

        sandbox.Clock.Advance(TimeSpan.FromDays(4) - TimeSpan.FromMinutes(1));
        Assert.Contains("AS000", await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", early)), StringComparison.Ordinal);
        sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("error;16;307;\n", await sandbox.AskAsync("charge", RunningSandbox.TwoStage, ("Billnumber", late)));
        Assert.Equal("Delayed", State(await sandbox.TruthAsync(late)));
    }

    [Fact]
    public async Task Delayed_SevenDaysLater_IsCancelledByItselfAtThatInstant()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.TwoStage);
        var paid = (await sandbox.TruthAsync(billnumber)).GetProperty("operations")[0].GetProperty("ended").GetDateTimeOffset();

        sandbox.Clock.Advance(TimeSpan.FromDays(30));

        var truth = await sandbox.TruthAsync(billnumber);
        Assert.Equal("Canceled", State(truth));
        Assert.Equal(300, truth.GetProperty("operations")[1].GetProperty("type").GetInt32());
        Assert.Equal(paid.AddDays(7), truth.GetProperty("operations")[1].GetProperty("ended").GetDateTimeOffset());
        ChargeTests.MoneyIs(truth, voided: 10000);
    }

    [Fact]
    public async Task BusinessDay_WhenItsHourComes_ClosesByItself()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var billnumber = await sandbox.PaidAsync(RunningSandbox.OneStage);

        sandbox.Clock.Advance(TimeSpan.FromHours(14));
        ChargeTests.MoneyIs(await sandbox.TruthAsync(billnumber), held: 10000, presented: 10000);
        sandbox.Clock.Advance(TimeSpan.FromHours(1.01));
        ChargeTests.MoneyIs(await sandbox.TruthAsync(billnumber), captured: 10000);
    }

    private static string State(JsonElement truth) => truth.GetProperty("state").GetString()!;
}
