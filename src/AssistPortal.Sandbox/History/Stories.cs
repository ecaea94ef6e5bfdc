using AssistPortal.Protocol;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.History;

/// <summary>What becomes of an order after the buyer came: drawn by lot, planned on the timeline.</summary>
internal sealed class Stories(Session session, Timeline timeline, Shoppers shoppers)
{
    private const string ShopIp = "203.0.113.10";

    public void Plan(DateTimeOffset comes, OrderDraft draft) => timeline.At(comes, at => Come(at, draft));

    public void Come(DateTimeOffset at, OrderDraft draft)
    {
        var order = Payments.Create(session, Shoppers.Numbered(session, draft), at);
        if (shoppers.Chance(5))
        {
            return;
        }

        if (shoppers.Chance(14))
        {
            var failed = at.AddSeconds(shoppers.Random.Next(30, 120));
            timeline.At(failed, then => Payments.Attempt(session, Now(order), shoppers.BadCard(), null, then));
            if (shoppers.Chance(45))
            {
                timeline.At(failed.AddSeconds(5), _ => Payments.GiveUp(session, Now(order)));
                return;
            }

            at = failed;
        }

        var pays = at.AddSeconds(shoppers.Random.Next(20, 240));
        var card = shoppers.GoodCard();
        timeline.At(pays, then => Payments.Attempt(session, Now(order), card, null, then));
        PlanAfterwards(order, pays);
    }

    private void PlanAfterwards(Order order, DateTimeOffset paid)
    {
        var handled = paid.AddMinutes(shoppers.Random.Next(5, 60 * 60));
        if (order.TwoStage)
        {
            switch (shoppers.Random.Next(100))
            {
                case < 62:
                    Charge(order, handled, percent: 100);
                    break;
                case < 76:
                    Charge(order, handled, percent: shoppers.Random.Next(30, 95));
                    break;
                case < 86:
                    Cancel(order, handled, percent: 100);
                    return;
                default:
                    return;
            }

            handled = handled.AddMinutes(shoppers.Random.Next(10, 3_000));
        }

        switch (shoppers.Random.Next(100))
        {
            case < 7:
                Cancel(order, handled, percent: 100);
                break;
            case < 13:
                Cancel(order, handled, percent: shoppers.Random.Next(10, 80));
                break;
            case < 16:
                Cancel(order, handled, percent: 25);
                Cancel(order, handled.AddHours(shoppers.Random.Next(1, 60)), percent: 30);
                break;
            default:
                break;
        }
    }

    public void Charge(Order order, DateTimeOffset planned, int percent) => timeline.At(planned, at =>
    {
        if (Command(order, percent, order => order.Payment?.Amount) is { } command)
        {
            Confirmations.Confirm(session, command with { ReleaseRest = shoppers.Chance(50) }, at);
        }
    });

    public void Cancel(Order order, DateTimeOffset planned, int percent) => timeline.At(planned, at =>
    {
        if (Command(order, percent, order => order.Left()) is { } command)
        {
            Cancellations.Cancel(session, command, at);
        }
    });

    private MoneyCommand? Command(Order order, int percent, Func<Order, Money?> whole)
    {
        if (whole(Now(order)) is not { Minor: > 0 } money)
        {
            return null;
        }

        var part = Math.Max(1, money.Minor * percent / 100);
        return new MoneyCommand(
            order.MerchantId, new Billnumber(order.Billnumber), (money with { Minor = part }).ToWire(), money.Currency, ShopIp);
    }

    private Order Now(Order order) => OrderTable.Find(session, order.Billnumber)!;
}
