using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.History;

/// <summary>
/// Mass data of one merchant, spread evenly over the last days: the same call at the same instant on the same database gives the same data.
/// Each buyer is planned when the one before comes, so that memory holds the unfinished stories only.
/// </summary>
internal static class BulkSeed
{
    /// <exception cref="OperationCanceledException">Called off; the caller's transaction is to be rolled back.</exception>
    public static void Fill(
        Session session, Merchant merchant, int orders, int days, int seed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var shoppers = new Shoppers(new Random(seed));
        var timeline = new Timeline(session);
        var stories = new Stories(session, timeline, shoppers);
        var span = TimeSpan.FromDays(days);
        PlanFrom(0);
        timeline.PlayUntil(now);

        void PlanFrom(int index) => timeline.At(now - span + (span * ((index + 0.5) / orders)), at =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            stories.Come(at, shoppers.Draft(merchant));
            if (index + 1 < orders)
            {
                PlanFrom(index + 1);
            }
        });
    }
}
