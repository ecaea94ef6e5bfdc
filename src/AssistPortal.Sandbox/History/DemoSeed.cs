using AssistPortal.Protocol;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.History;

/// <summary>The demo shop's last 30 days: some hundreds of orders by lot, and the rare cases each at least once.</summary>
internal static class DemoSeed
{
    private const int Seed = 20_260_101;
    private const int Orders = 420;
    private const int Days = 30;
    private const int LongestComment = 4_000;

    public static void FillIfEmpty(Session session, DateTimeOffset now)
    {
        if (session.Number("SELECT count(*) FROM orders") > 0)
        {
            return;
        }

        var shoppers = new Shoppers(new Random(Seed));
        var timeline = new Timeline(session);
        var stories = new Stories(session, timeline, shoppers);
        foreach (var comes in Arrivals(shoppers.Random, now))
        {
            stories.Plan(comes, shoppers.Draft(shoppers.Merchant()));
        }

        PlanRareCases(session, timeline, stories, shoppers, now);
        timeline.PlayUntil(now);
    }

    /// <summary>More in the daytime and evening of Moscow than at night.</summary>
    private static IEnumerable<DateTimeOffset> Arrivals(Random random, DateTimeOffset now)
    {
        for (var i = 0; i < Orders; i++)
        {
            var hour = 5 + ((random.NextDouble() + random.NextDouble()) * 8);
            var comes = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-random.Next(Days)).AddHours(hour);
            if (comes < now)
            {
                yield return comes;
            }
        }
    }

    private static void PlanRareCases(Session session, Timeline timeline, Stories stories, Shoppers shoppers, DateTimeOffset now)
    {
        var (lavka, avia, hyper) = (DemoMerchants.Get(900001), DemoMerchants.Get(900002), DemoMerchants.Get(900003));
        OrderDraft Draft(Merchant merchant, string number) => shoppers.Draft(merchant) with { Ordernumber = number };
        Order Paid(OrderDraft draft, DateTimeOffset at) =>
            Payments.Attempt(session, Payments.Create(session, draft, at), TestCard.All[0], null, at);

        // Left without paying, then bought under the same number.
        timeline.At(now.AddHours(-30), at => Payments.Create(session, Draft(lavka, "L-TWICE"), at));
        timeline.At(now.AddHours(-29), at => Paid(Draft(lavka, "L-TWICE"), at));

        // Still paying.
        timeline.At(now.AddMinutes(-5), at => Payments.Create(session, Draft(lavka, "L-NOW"), at));

        // Two failed attempts before the good one.
        timeline.At(now.AddHours(-20), at =>
        {
            var order = Payments.Create(session, Draft(lavka, "L-THIRD"), at);
            order = Payments.Attempt(session, order, TestCard.Find("4000000000000002")!, null, at);
            order = Payments.Attempt(session, order, TestCard.Find("4000000000009995")!, null, at);
            Payments.Attempt(session, order, TestCard.All[0], null, at);
        });

        // Gave up after a refused card.
        timeline.At(now.AddHours(-15), at =>
        {
            var order = Payments.Create(session, Draft(lavka, "L-DECLINED"), at);
            Payments.GiveUp(session, Payments.Attempt(session, order, TestCard.Find("4000000000000259")!, null, at));
        });

        // Waiting for confirmation: young, near the end of its term, past it; confirmed in part; cancelled by the term.
        timeline.At(now.AddHours(-3), at => Paid(Draft(avia, "AV-YOUNG"), at));
        timeline.At(now.AddHours(-90), at => Paid(Draft(avia, "AV-URGENT"), at));
        timeline.At(now.AddDays(-5), at => Paid(Draft(avia, "AV-OVERDUE"), at));
        timeline.At(now.AddDays(-9), at => Paid(Draft(avia, "AV-LAPSED"), at));
        timeline.At(now.AddDays(-2), at => stories.Charge(Paid(Draft(avia, "AV-PART"), at), at.AddHours(5), percent: 60));

        // Paid in roubles for a price in another currency; given back twice in part.
        timeline.At(now.AddDays(-4), at => Paid(Draft(hyper, "GM-USD") with { Amount = new Money(10_000, "USD"), TwoStage = false }, at));
        timeline.At(now.AddDays(-3), at => Paid(Draft(hyper, "GM-EUR") with { Amount = new Money(4_999, "EUR"), TwoStage = true }, at));
        timeline.At(now.AddDays(-6), at =>
        {
            var order = Paid(Draft(hyper, "GM-PARTS") with { Amount = new Money(500_000, "RUB"), TwoStage = false }, at);
            stories.Cancel(order, at.AddDays(1), percent: 20);
            stories.Cancel(order, at.AddDays(2), percent: 50);
        });

        // Texts that are hard on a page or in a spreadsheet.
        var longText = string.Concat(Enumerable.Repeat("Очень длинный комментарий к заказу. ", LongestComment / 36 + 1))[..LongestComment];
        timeline.At(now.AddHours(-40), at => Paid(Draft(lavka, "L-LONG") with { Comment = longText }, at));
        timeline.At(now.AddHours(-41), at => Paid(Draft(lavka, "L-FORMULA") with { Comment = "=1+1" }, at));
        timeline.At(now.AddHours(-42), at => Paid(Draft(hyper, "GM-BOLD") with { Comment = "<b>жирный</b> & \"кавычки\"", TwoStage = false }, at));

        // The neighbour's order nobody else may see.
        timeline.At(now.AddDays(-1), at => Paid(Draft(DemoMerchants.Get(900009), "N-1"), at));
    }
}
