using AssistPortal.Protocol;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Faults;
using AssistPortal.Sandbox.Hosting;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Push;
using AssistPortal.Sandbox.Services;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Console;

/// <summary>What the console's first page shows.</summary>
internal sealed record Overview(
    DateTimeOffset Now, TimeSpan Offset, IReadOnlyList<Order> Latest, IReadOnlyList<PlannedFault> Faults, int Late, double TrafficPerMinute);

/// <summary>A page of the orders found.</summary>
/// <param name="Text">What numbers hold.</param>
/// <param name="MerchantId">Of one merchant alone.</param>
/// <param name="Number">Number of the page, from 1.</param>
/// <param name="Pages">How many there are, at least one.</param>
/// <param name="Found">How many orders there are on all pages.</param>
/// <param name="Orders">The orders, without operations.</param>
internal sealed record OrdersFound(string Text, int? MerchantId, int Number, int Pages, long Found, IReadOnlyList<Order> Orders);

/// <summary>An order with everything known of it.</summary>
/// <param name="Order">The order with its operations.</param>
/// <param name="Transactions">What went to the processing centre.</param>
/// <param name="Money">The processing centre's book of the payment, if money was authorised.</param>
/// <param name="PointsLeft">Paid points that can still be given back.</param>
/// <param name="Deliveries">Its pushes, newest first.</param>
internal sealed record OrderSheet(
    Order Order, IReadOnlyList<Transaction> Transactions, HoldBook? Money, Money? PointsLeft, IReadOnlyList<PushDelivery> Deliveries);

/// <summary>Reads what the console's pages show.</summary>
internal sealed class ConsoleDesk(
    SandboxDb db, SandboxClock clock, FaultPlan faults, LateCommands late, TrafficRate traffic, RequestLog requests, PushDesk push)
{
    private const int OrdersOnFirstPage = 8;
    private const int OrdersOnAPage = 50;
    private const int DeliveriesShown = 50;

    public Overview Overview() => db.Read(session => new Overview(
        clock.GetUtcNow(), clock.Offset, OrderTable.Latest(session, "", null, 0, OrdersOnFirstPage), faults.Planned(), late.Count, traffic.PerMinute));

    /// <summary>The page nearest to the one asked for. An operation's number finds its order.</summary>
    public OrdersFound Orders(string? text, int? merchantId, int number)
    {
        var part = Billnumber.TryParse(text?.Trim(), out var billnumber) ? billnumber.Order : text?.Trim() ?? "";
        return db.Read(session =>
        {
            var found = OrderTable.Count(session, part, merchantId);
            var pages = (int)Math.Max(1, (found + OrdersOnAPage - 1) / OrdersOnAPage);
            var page = Math.Clamp(number, 1, pages);
            return new OrdersFound(
                part, merchantId, page, pages, found, OrderTable.Latest(session, part, merchantId, (page - 1) * OrdersOnAPage, OrdersOnAPage));
        });
    }

    public OrderSheet? Order(string text)
    {
        if (!Billnumber.TryParse(text, out var billnumber))
        {
            return null;
        }

        var deliveries = push.Latest(null, billnumber.Plain, null, DeliveriesShown);
        return db.Read(session => OrderTable.Find(session, billnumber.Order) is not { } order
            ? null
            : new OrderSheet(
                order, TransactionTable.Of(session, order), order.Payment?.HoldId is { } hold ? ProcessingCentre.Book(session, hold) : null,
                order.PointsPayment is { } points ? order.Left(points) : null, deliveries));
    }

    public IReadOnlyList<PushDelivery> Deliveries(int? merchantId, string? state) =>
        push.Latest(merchantId, null, PushState.All.Contains(state) ? state : null, DeliveriesShown);

    public IReadOnlyList<(Merchant Merchant, PushSetting? Setting)> PushSettings() =>
        db.Read(session => DemoMerchants.All.Select(merchant => (merchant, PushSetting.Find(session, merchant.Id))).ToList());

    public (double PerMinute, IReadOnlyList<ServedRequest> Requests) Traffic() => (traffic.PerMinute, requests.Latest());
}
