using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.History;

/// <summary>Mass data of one merchant, spread evenly over the last days: the same call on the same database gives the same data.</summary>
internal static class BulkSeed
{
    private const int Seed = 900_000;

    public static void Fill(Session session, Merchant merchant, int orders, int days, DateTimeOffset now)
    {
        var shoppers = new Shoppers(new Random(Seed + orders));
        var timeline = new Timeline(session);
        var stories = new Stories(session, timeline, shoppers);
        var span = TimeSpan.FromDays(days);
        for (var i = 0; i < orders; i++)
        {
            stories.Plan(now - span + (span * ((i + 0.5) / orders)), shoppers.Draft(merchant));
        }

        timeline.PlayUntil(now);
    }
}
