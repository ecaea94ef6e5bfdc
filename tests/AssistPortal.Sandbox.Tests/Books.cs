using System.Text.Json;

namespace AssistPortal.Sandbox.Tests;

/// <summary>What must hold of the truth about any order paid by card alone, whatever happened to it.</summary>
internal static class Books
{
    public static void AssertBalanced(JsonElement truth)
    {
        var operations = truth.GetProperty("operations").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, operations.Count), operations.Select(operation => operation.GetProperty("number").GetInt32()));
        var (paid, confirmed, cancelled) = (Sum(operations, 100), Sum(operations, 200), Sum(operations, 300));
        var state = truth.GetProperty("state").GetString();
        if (paid == 0)
        {
            Assert.Contains(state, (string[])["In Process", "Declined", "Timeout"]);
            Assert.Equal((0L, 0L), (confirmed, cancelled));
            return;
        }

        var money = truth.GetProperty("money");
        long Part(string name) => money.GetProperty(name).GetInt64();
        Assert.Equal(paid, Part("authorised"));
        Assert.Equal(paid, Part("held") + Part("captured") + Part("voided") + Part("released"));
        Assert.Equal(cancelled, Part("refunded") + Part("voided"));
        Assert.True(state != "Delayed" || Part("held") == paid, "A Delayed order holds what was paid.");

        // Each movement of money has its transaction: no operation stands without, and none too many.
        long Done(string kind) => truth.GetProperty("transactions").EnumerateArray()
            .Where(transaction => transaction.GetProperty("kind").GetString() == kind && transaction.GetProperty("state").GetString() == "done")
            .Sum(transaction => transaction.GetProperty("amountMinor").GetInt64());
        Assert.Equal((paid, cancelled), (Done("authorization"), Done("void") + Done("refund")));
        Assert.Equal(Part("captured"), Done("financial"));
        var left = (confirmed > 0 ? confirmed : paid) - cancelled;
        Assert.Equal(state == "Delayed" ? 0 : left, Part("presented") + Part("captured") - Part("refunded"));
        Assert.Equal(left == 0, state == "Canceled");
        Assert.Equal(confirmed is 0 && cancelled is 0 && truth.GetProperty("delay").GetInt32() == 1, state == "Delayed");
    }

    private static long Sum(IEnumerable<JsonElement> operations, int type) => operations
        .Where(operation => operation.GetProperty("type").GetInt32() == type && operation.GetProperty("state").GetString() == "S")
        .Sum(operation => operation.GetProperty("amountMinor").GetInt64());
}
