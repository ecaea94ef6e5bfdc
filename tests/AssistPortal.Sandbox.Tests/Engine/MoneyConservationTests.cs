using System.Text.Json;
using CsCheck;

namespace AssistPortal.Sandbox.Tests.Engine;

public sealed class MoneyConservationTests
{
    private static readonly int[] Merchants = [RunningSandbox.OneStage, RunningSandbox.TwoStage, RunningSandbox.Both];

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (4, Gen.Int[1, 12_000].Select(minor => new Step("charge", minor))),
        (1, Gen.Const(new Step("charge", null))),
        (6, Gen.Int[1, 6_000].Select(minor => new Step("wscancel", minor))),
        (1, Gen.Const(new Step("wscancel", null))),
        (2, Gen.Const(new Step("day/close", null))),
        (1, Gen.Int[1, 100].Select(hours => new Step("clock/advance", hours))));

    private sealed record Step(string Call, int? Number);

    [Fact]
    public async Task Money_AfterAnySequenceOfCommands_IsConserved()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        await Gen.Select(Gen.Int[0, 2].Select(index => Merchants[index]), Gen.Int[0, 1], Steps.Array[1, 8]).SampleAsync(
            async (merchant, delay, steps) =>
            {
                var billnumber = await sandbox.PaidAsync(merchant, delay: delay);
                foreach (var step in steps)
                {
                    await TakeAsync(sandbox, merchant, billnumber, step);
                    AssertConserved(await sandbox.TruthAsync(billnumber));
                }
            },
            iter: 60, threads: 1);
    }

    private static async Task TakeAsync(RunningSandbox sandbox, int merchant, string billnumber, Step step)
    {
        switch (step)
        {
            case { Call: "day/close" }:
                await sandbox.CloseDayAsync();
                break;
            case { Call: "clock/advance" }:
                await sandbox.ControlAsync(step.Call, new { hours = step.Number });
                break;
            case { Number: { } minor }:
                await sandbox.AskAsync(
                    step.Call, merchant, ("Billnumber", billnumber), ("Currency", "RUB"),
                    ("Amount", (minor / 100m).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)));
                break;
            default:
                await sandbox.AskAsync(step.Call, merchant, ("Billnumber", billnumber));
                break;
        }
    }

    private static void AssertConserved(JsonElement truth)
    {
        var money = truth.GetProperty("money");
        long Part(string name) => money.GetProperty(name).GetInt64();
        long Sum(int type) => truth.GetProperty("operations").EnumerateArray()
            .Where(operation => operation.GetProperty("type").GetInt32() == type && operation.GetProperty("state").GetString() == "S")
            .Sum(operation => operation.GetProperty("amountMinor").GetInt64());
        var (paid, confirmed, cancelled) = (Sum(100), Sum(200), Sum(300));
        var state = truth.GetProperty("state").GetString();

        Assert.Equal(paid, Part("authorised"));
        Assert.Equal(paid, Part("held") + Part("captured") + Part("voided") + Part("released"));
        Assert.Equal(cancelled, Part("refunded") + Part("voided"));
        Assert.InRange(cancelled, 0, confirmed > 0 ? confirmed : paid);
        if (state == "Delayed")
        {
            Assert.Equal((paid, 0L, 0L), (Part("held"), Part("presented"), cancelled));
            return;
        }

        // What the shop gets in the end is what was taken less what was given back.
        var left = (confirmed > 0 ? confirmed : paid) - cancelled;
        Assert.Equal(left, Part("presented") + Part("captured") - Part("refunded"));
        Assert.Equal(left == 0, state == "Canceled");
    }
}
