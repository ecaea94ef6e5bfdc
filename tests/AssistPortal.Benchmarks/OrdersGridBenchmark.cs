using AssistPortal.Core;
using AssistPortal.Core.Data;
using AssistPortal.Core.Orders;
using AssistPortal.Core.Staff;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using BenchmarkDotNet.Attributes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AssistPortal.Benchmarks;

/// <summary>The orders grid over 100,000 orders of one merchant and a year, on SQLite.</summary>
[MemoryDiagnoser]
public class OrdersGridBenchmark : IDisposable
{
    private const int Orders = 100_000;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly OrderState[] States = [OrderState.Approved, OrderState.Approved, OrderState.Approved, OrderState.Delayed, OrderState.PartialCanceled, OrderState.Declined];

    private readonly Actor _actor = new(Guid.CreateVersion7(), "benchmark", Rights.Of(StaffRole.Auditor, SandboxServer.Shop), []);
    private TempFolder _folder = null!;
    private ServiceProvider _services = null!;
    private ListOrders _list = null!;
    private CountOrders _count = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _folder = new TempFolder();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            .. PortalDatabase.Sqlite(_folder).Settings,
            new("Assist:Address", "http://127.0.0.1:1"),
            new("Assist:Merchants:0:Id", $"{SandboxServer.Shop}"),
            new("Assist:Merchants:0:Name", "Лавка"),
            new("Assist:Merchants:0:Login", SandboxServer.Login),
            new("Assist:Merchants:0:Password", SandboxServer.Password),
        ]).Build();
        _services = new ServiceCollection().AddLogging().AddAssistGateway(configuration).AddPortalCore(configuration).BuildServiceProvider();
        await _services.GetRequiredService<PrepareDatabase>().RunAsync(CancellationToken.None);
        await using var db = await _services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        foreach (var chunk in Enumerable.Range(0, Orders).Chunk(5_000))
        {
            db.Orders.AddRange(chunk.Select(NewOrder));
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }

        await db.Database.ExecuteSqlRawAsync("ANALYZE");
        _list = _services.GetRequiredService<ListOrders>();
        _count = _services.GetRequiredService<CountOrders>();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public Task<Result<OrderPage>> FirstPageAsync() => _list.RunAsync(new OrderFilter(), OrderSort.Date, true, 0, 50, _actor, CancellationToken.None);

    [Benchmark]
    public Task<Result<OrderPage>> DeepPageAsync() => _list.RunAsync(new OrderFilter(), OrderSort.Date, true, 1_500, 50, _actor, CancellationToken.None);

    [Benchmark]
    public Task<Result<OrderPage>> FirstPageOfOneStateAsync() => _list.RunAsync(new OrderFilter { State = OrderState.Delayed }, OrderSort.Date, true, 0, 50, _actor, CancellationToken.None);

    [Benchmark]
    public Task<Result<OrderPage>> MaskedNumberAsync() => _list.RunAsync(new OrderFilter { OrderNumber = "B-0999%" }, OrderSort.Date, true, 0, 50, _actor, CancellationToken.None);

    [Benchmark]
    public Task<Result<OrderCounts>> CountersOfThirtyDaysAsync() => _count.RunAsync(
        new OrderFilter { From = new DateOnly(2026, 11, 1), Until = new DateOnly(2026, 11, 30) }, _actor, CancellationToken.None);

    [Benchmark]
    public Task<Result<OrderCounts>> CountersOfTheYearAsync() => _count.RunAsync(new OrderFilter(), _actor, CancellationToken.None);

    private static Order NewOrder(int index)
    {
        var date = Start + (TimeSpan.FromDays(330) * index / Orders);
        return new Order
        {
            Billnumber = $"5{SandboxServer.Shop}{index:D9}",
            MerchantId = SandboxServer.Shop,
            OrderNumber = $"B-{index:D6}",
            OrderNumberSearch = $"B-{index:D6}",
            State = States[index % States.Length],
            AmountMinor = 100 + (index * 37L % 5_000_000),
            Currency = "RUB",
            PaymentCurrency = "RUB",
            PaidMinor = 100 + (index * 37L % 5_000_000),
            NetMinor = 100 + (index * 37L % 5_000_000),
            OrderDate = date,
            BusinessDate = DateOnly.FromDateTime(date.UtcDateTime),
            CustomerSearch = $"ПОКУПАТЕЛЬ {index % 977}",
            SeenAt = date,
            ChangedAt = date,
        };
    }
}
