using AssistPortal.Core.Actions;
using AssistPortal.Core.Orders;
using AssistPortal.Core.Staff;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AssistPortal.Core.Tests.Orders;

/// <summary>Grid, counters and order page over the same seven orders, on both databases.</summary>
public sealed class OrderReadingTests(PostgresServer postgres)
{
    private static readonly Actor Both = CoreBench.Actor(StaffRole.Supervisor, CoreBench.Shop, CoreBench.Airline);
    private static readonly Actor ShopOnly = CoreBench.Actor(StaffRole.Supervisor, CoreBench.Shop);

    public static TheoryData<DatabaseKind> Databases => [.. TestKit.PortalDatabase.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task List_EachFilter_FindsWhatItSays(DatabaseKind kind)
    {
        await using var bench = await SeededAsync(kind);
        (OrderFilter Filter, int[] Found)[] cases =
        [
            (new(), [1, 2, 3, 4, 5, 6, 7]),
            (new() { OrderNumber = "платёж-1" }, [1]),
            (new() { OrderNumber = "платеж-1" }, []),
            (new() { OrderNumber = "ПЛАТЁЖ%" }, [1, 2]),
            (new() { OrderNumber = "%_%" }, [3]),
            (new() { OrderNumber = "a\\b" }, [4]),
            (new() { OrderNumber = "%\\%" }, [4]),
            (new() { OrderNumber = "платёж" }, []),
            (new() { Billnumber = Bill(5) + ".1" }, [5]),
            (new() { Billnumber = Bill(5), OrderNumber = "другой" }, []),
            (new() { Customer = "ёлкина" }, [2]),
            (new() { Customer = "анна  ёлк" }, [2]),
            (new() { Customer = "ANNA@EXAMPLE.ORG" }, [2]),
            (new() { Customer = "100%" }, []),
            (new() { Card = "411111****1111" }, [1, 2, 3, 4, 7]),
            (new() { Card = "4111 1111 1111 1111" }, [1, 2, 3, 4, 7]),
            (new() { Card = "1111" }, [1, 2, 3, 4, 7]),
            (new() { Card = "0009" }, [5]),
            (new() { Card = "427600*" }, [5]),
            (new() { Card = "*0009" }, [5]),
            (new() { Card = "_____" }, []),
            (new() { AmountFromMinor = 10_001, AmountUntilMinor = 10_002 }, [2, 3]),
            (new() { AmountFromMinor = 50_000, AmountUntilMinor = 50_000 }, [6]),
            (new() { AmountFromMinor = 70_000, AmountUntilMinor = 70_000 }, [7]),
            (new() { State = OrderState.Declined }, [4]),
            (new() { MerchantId = CoreBench.Airline }, [5]),
            (new() { MerchantId = 900009 }, []),
            (new() { From = new(2026, 11, 24), Until = new(2026, 11, 24), MerchantId = CoreBench.Shop }, [1, 2, 3, 4, 6, 7]),
            (new() { From = new(2026, 11, 25) }, [5]),
        ];

        Assert.All(cases, one => Assert.Equal(one.Found.Select(Bill), Found(bench, one.Filter, Both).Order()));
        Assert.Empty(Found(bench, new OrderFilter { Billnumber = Bill(5) }, ShopOnly));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task List_EachSort_PagesWithoutRepeatingOrLosing(DatabaseKind kind)
    {
        await using var bench = await SeededAsync(kind);

        foreach (var sort in Enum.GetValues<OrderSort>())
        {
            foreach (var descending in new[] { false, true })
            {
                List<string> rows = [];
                for (var page = 0; page < 4; page++)
                {
                    rows.AddRange(CoreBench.Ok(await bench.Get<ListOrders>().RunAsync(new(), sort, descending, page, 2, Both, Token)).Rows.Select(row => row.Billnumber));
                }

                Assert.Equal(Enumerable.Range(1, 7).Select(Bill), rows.Order());
            }
        }
    }

    [Fact]
    public async Task List_PageBeyondTheEnd_IsTheLast()
    {
        await using var bench = await SeededAsync(DatabaseKind.Sqlite);

        var page = CoreBench.Ok(await bench.Get<ListOrders>().RunAsync(new(), OrderSort.Billnumber, false, 99, 3, Both, Token));
        var first = CoreBench.Ok(await bench.Get<ListOrders>().RunAsync(new(), OrderSort.Billnumber, false, -5, 1000, Both, Token));

        Assert.Equal((7, Bill(7)), (page.Total, Assert.Single(page.Rows).Billnumber));
        Assert.Equal(7, first.Rows.Count);
    }

    [Fact]
    public async Task List_UnusableFilter_SaysWhy()
    {
        await using var bench = await SeededAsync(DatabaseKind.Sqlite);
        (OrderFilter Filter, InvalidReason Reason)[] cases =
        [
            (new() { From = new(2026, 11, 25), Until = new(2026, 11, 24) }, InvalidReason.Period),
            (new() { Billnumber = "12345" }, InvalidReason.Filter),
            (new() { AmountFromMinor = 2, AmountUntilMinor = 1 }, InvalidReason.Filter),
        ];

        foreach (var (filter, reason) in cases)
        {
            Assert.Equal(reason, CoreBench.Problem<OrderPage, Problem.Invalid>(await bench.Get<ListOrders>().RunAsync(filter, OrderSort.Date, true, 0, 10, Both, Token)).Reason);
            Assert.Equal(reason, CoreBench.Problem<OrderCounts, Problem.Invalid>(await bench.Get<CountOrders>().RunAsync(filter, Both, Token)).Reason);
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task List_OrderWithAnOpenAction_ShowsItsState(DatabaseKind kind)
    {
        await using var bench = await SeededAsync(kind);
        var action = Actions.Sample.Action(ActionKind.Cancel, 100);
        action.Billnumber = Bill(2);
        await using (var db = bench.Open())
        {
            db.Actions.Add(action);
            await db.SaveChangesAsync(Token);
        }

        var rows = CoreBench.Ok(await bench.Get<ListOrders>().RunAsync(new(), OrderSort.Billnumber, false, 0, 10, Both, Token)).Rows;

        Assert.Equal(ActionState.Queued, rows.Single(row => row.Billnumber == Bill(2)).OpenAction);
        Assert.All(rows.Where(row => row.Billnumber != Bill(2)), row => Assert.Null(row.OpenAction));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Count_WithAState_CountsAllTabsAndTotalsOne(DatabaseKind kind)
    {
        await using var bench = await SeededAsync(kind);

        var counts = CoreBench.Ok(await bench.Get<CountOrders>().RunAsync(new() { State = OrderState.Approved, MerchantId = CoreBench.Shop }, Both, Token));

        Assert.Equal((5, 1, 6), (counts.ByState[OrderState.Approved], counts.ByState[OrderState.Declined], counts.All));
        Assert.Equal(
            [
                new OrderTotal("JPY", 1, new Money(500, "JPY"), new Money(500, "JPY")),
                new OrderTotal("KWD", 1, new Money(700_000, "KWD"), new Money(700_000, "KWD")),
                new OrderTotal("RUB", 3, new Money(30_003, "RUB"), new Money(30_003, "RUB")),
            ],
            counts.Totals);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Get_Order_BringsOperationsActionsAndNamesakes(DatabaseKind kind)
    {
        await using var bench = await SeededAsync(kind);
        await bench.WriteAsync(CoreBench.Shop, true, CoreBench.Now, Snapshots.Paid(8, "ПЛАТЁЖ-1"));

        var details = CoreBench.Ok(await bench.Get<GetOrder>().RunAsync(Bill(1) + ".1", ShopOnly, Token));

        Assert.Equal(("платёж-1", 1, CoreBench.Shop), (details.Order.OrderNumber, details.Order.Operations.Count, details.Merchant.Id));
        Assert.Equal(new Money(10_000, "RUB"), details.Left.Cancellable);
        Assert.Equal([Bill(8)], details.Related.Select(row => row.Billnumber));
    }

    [Fact]
    public async Task Get_ForeignOrUnknownOrder_LooksTheSame()
    {
        await using var bench = await SeededAsync(DatabaseKind.Sqlite);

        foreach (var billnumber in new[] { Bill(5), Bill(99), "nonsense", "" })
        {
            CoreBench.Problem<OrderDetails, Problem.NotFound>(await bench.Get<GetOrder>().RunAsync(billnumber, ShopOnly, Token));
            CoreBench.Problem<bool, Problem.NotFound>(await bench.Get<RefreshOrder>().RunAsync(billnumber, true, ShopOnly, Token));
        }

        CoreBench.Problem<IReadOnlyList<string>, Problem.NotFound>(await bench.Get<RefreshOrder>().FindAsync(CoreBench.Airline, "x", ShopOnly, Token));
    }

    [Fact]
    public async Task Refresh_FreshCopy_AsksNobody()
    {
        await using var bench = await SeededAsync(DatabaseKind.Sqlite);

        // Nobody answers at the bench's address: a question would fail.
        Assert.False(CoreBench.Ok(await bench.Get<RefreshOrder>().RunAsync(Bill(1), false, ShopOnly, Token)));
        bench.Clock.Advance(RefreshOrder.FreshFor);
        Assert.IsType<Gateway.GatewayFailure.Transport>(CoreBench.Problem<bool, Problem.Gateway>(await bench.Get<RefreshOrder>().RunAsync(Bill(1), false, ShopOnly, Token)).Failure);
    }

    private static string Bill(int index) => $"{5_775_486_650_100_000 + index}";

    private static List<string> Found(CoreBench bench, OrderFilter filter, Actor actor)
    {
        using var db = bench.Open();
        return [.. db.Orders.SeenBy(actor).Fitting(filter, actor).Select(order => order.Billnumber)];
    }

    private async Task<CoreBench> SeededAsync(DatabaseKind kind)
    {
        var bench = await CoreBench.StartAsync(kind, postgres);
        await bench.WriteAsync(
            CoreBench.Shop,
            true,
            CoreBench.Now,
            Snapshots.Paid(1, "платёж-1"),
            Snapshots.Paid(2, "платёж-2", 10_001) with { FirstName = "Анна", LastName = "Ёлкина", Email = "anna@example.org" },
            Snapshots.Paid(3, "under_score", 10_002),
            Snapshots.Paid(4, "a\\b", 9_999) with { State = OrderState.Declined },
            Snapshots.Paid(6, "yen", 500, "JPY", card: null),
            Snapshots.Paid(7, "dinar", 700_000, "KWD"));

        // 15:00 UTC is already the next day in Vladivostok.
        await bench.WriteAsync(
            CoreBench.Airline, true, CoreBench.Now, Snapshots.Paid(5, "ticket", 20_000, card: "427600****0009") with { OrderDate = new(2026, 11, 24, 15, 0, 0, TimeSpan.Zero) });
        return bench;
    }
}
