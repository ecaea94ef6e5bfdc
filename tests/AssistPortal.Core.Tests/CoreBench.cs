using AssistPortal.Core.Data;
using AssistPortal.Core.Staff;
using AssistPortal.Core.Sync;
using AssistPortal.Gateway;
using AssistPortal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AssistPortal.Core.Tests;

/// <summary>The service layer on a real database of its own, with no background service running: the test does each step itself.</summary>
internal sealed class CoreBench : IAsyncDisposable
{
    public const int Shop = SandboxServer.Shop;
    public const int Airline = SandboxServer.Airline;

    public static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder;
    private readonly ServiceProvider _services;

    private CoreBench(TempFolder folder, ServiceProvider services)
    {
        _folder = folder;
        _services = services;
    }

    /// <summary>Starts it.</summary>
    /// <param name="kind">Database.</param>
    /// <param name="postgres">The cluster of the test run.</param>
    /// <param name="sandbox">The gateway, whose clock is the bench's; without one the clock stands at <see cref="Now"/> and nobody answers.</param>
    /// <param name="settings">Further settings; they win.</param>
    public static async Task<CoreBench> StartAsync(DatabaseKind kind, PostgresServer postgres, SandboxServer? sandbox = null, params (string Name, string Setting)[] settings)
    {
        var folder = new TempFolder();
        var database = await TestKit.PortalDatabase.CreateAsync(kind, folder, postgres, Token);
        var bench = new CoreBench(folder, Build(sandbox, [.. database.Settings.Select(setting => (setting.Key, setting.Value!)), .. settings]));
        await bench.Get<PrepareDatabase>().RunAsync(Token);
        return bench;
    }

    public static ServiceProvider Build(SandboxServer? sandbox, params (string Name, string Setting)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(sandbox?.Settings ?? Merchants)
            .AddInMemoryCollection([new("Audit:Key", TestKit.PortalDatabase.AuditKey)])
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Setting)))
            .Build();
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(sandbox is null ? new FakeTimeProvider(Now) : sandbox.Clock)
            .AddLogging()
            .AddAssistGateway(configuration)
            .AddPortalCore(configuration);
        services.AddIdentityCore<PortalUser>(options => options.User.RequireUniqueEmail = true).AddEntityFrameworkStores<PortalDbContext>();
        return services.BuildServiceProvider();
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public IServiceProvider Services => _services;

    public FakeTimeProvider Clock => (FakeTimeProvider)Get<TimeProvider>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public PortalDbContext Open() => Get<IDbContextFactory<PortalDbContext>>().CreateDbContext();

    public Task<IReadOnlyList<OrderChange>> WriteAsync(int merchant, bool whole, DateTimeOffset start, params OrderSnapshot[] answer) =>
        Get<OrderWriter>().WriteAsync(merchant, answer, whole, start, Token);

    public static Actor Actor(StaffRole role, params int[] merchants) =>
        new(Guid.CreateVersion7(Now), "Тест", Rights.Of(role, merchants), [new RoleName(role, null)], "127.0.0.1", "tests");

    public static T Ok<T>(Result<T> result) => Assert.IsType<Result<T>.Ok>(result).Value;

    public static TProblem Problem<T, TProblem>(Result<T> result)
        where TProblem : Problem => Assert.IsType<TProblem>(Assert.IsType<Result<T>.Failed>(result).Problem);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private static IEnumerable<KeyValuePair<string, string?>> Merchants =>
    [
        new("Assist:Address", "http://127.0.0.1:9/"),
        .. new[] { (Shop, "Лавка", "Europe/Moscow"), (Airline, "Авиабилеты", "Asia/Vladivostok") }.SelectMany((merchant, index) => new KeyValuePair<string, string?>[]
        {
            new($"Assist:Merchants:{index}:Id", $"{merchant.Item1}"),
            new($"Assist:Merchants:{index}:Name", merchant.Item2),
            new($"Assist:Merchants:{index}:TimeZone", merchant.Item3),
            new($"Assist:Merchants:{index}:Login", "login"),
            new($"Assist:Merchants:{index}:Password", "password"),
            new($"Assist:Merchants:{index}:TestMode", "true"),
        }),
    ];
}
