using AssistPortal.Core;
using AssistPortal.Core.Data;
using AssistPortal.Core.Staff;
using AssistPortal.Gateway;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AssistPortal.TestKit;

/// <summary>The service layer as the portal hosts it, without pages: database migrated, sync and action worker running against a sandbox.</summary>
public sealed class CoreHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly SandboxServer _sandbox;
    private readonly PortalDatabase _database;
    private readonly IReadOnlyList<KeyValuePair<string, string?>> _settings;

    private CoreHost(IHost host, SandboxServer sandbox, PortalDatabase database, IReadOnlyList<KeyValuePair<string, string?>> settings)
    {
        _host = host;
        _sandbox = sandbox;
        _database = database;
        _settings = settings;
    }

    /// <summary>The container.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>A use case or another registered part.</summary>
    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A context of the portal's database, to look behind the use cases.</summary>
    public PortalDbContext OpenDatabase() => Get<IDbContextFactory<PortalDbContext>>().CreateDbContext();

    /// <summary>Someone of a role who was granted the merchants.</summary>
    public static Actor Actor(StaffRole role, params int[] merchants) =>
        new(Guid.CreateVersion7(), $"Test {role}", Rights.Of(role, merchants), [new RoleName(role, null)], "127.0.0.1", "tests");

    /// <summary>Starts it.</summary>
    /// <param name="sandbox">The gateway; its clock is the host's.</param>
    /// <param name="database">An empty database, or one that another host left.</param>
    /// <param name="settings">Settings beside those of the sandbox, the database and <see cref="ShortTimings"/>; they win.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<CoreHost> StartAsync(
        SandboxServer sandbox, PortalDatabase database, IEnumerable<KeyValuePair<string, string?>>? settings, CancellationToken cancellationToken)
    {
        IReadOnlyList<KeyValuePair<string, string?>> own = [.. settings ?? []];
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Configuration
            .AddInMemoryCollection([.. sandbox.Settings, .. database.Settings])
            .AddInMemoryCollection(ShortTimings)
            .AddInMemoryCollection(own);
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<TimeProvider>(sandbox.Clock);
        builder.Services.AddAssistGateway(builder.Configuration);
        builder.Services.AddPortalCore(builder.Configuration);
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new CoreHost(host, sandbox, database, own);
    }

    /// <summary>Timings short enough for tests and long enough for a busy machine.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> ShortTimings { get; } =
    [
        new("Assist:CommandTimeout", "00:00:02"),
        new("Assist:QueryTimeout", "00:00:02"),
        new("Actions:LeaseTime", "00:00:03"),
        new("Actions:SettlingTime", "00:00:06"),
        new("Actions:PollInterval", "00:00:00.100"),
        new("Actions:MaxInquiryInterval", "00:00:00.500"),
    ];

    /// <summary>
    /// What <c>kill -9</c> leaves: a new host on the database as it is this very moment. The old host can still finish what it has on the
    /// wire, as a sent request goes on after a crash, but never again reaches the database.
    /// </summary>
    public async Task<CoreHost> CrashAndRestartAsync(CancellationToken cancellationToken) =>
        await StartAsync(_sandbox, await CutOffAsync(cancellationToken), _settings, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private Task<PortalDatabase> CutOffAsync(CancellationToken cancellationToken) =>
        _database.Kind == DatabaseKind.Sqlite ? CopySqliteAsync(cancellationToken) : _database.RenamePostgresAsync(cancellationToken);

    private async Task<PortalDatabase> CopySqliteAsync(CancellationToken cancellationToken)
    {
        var copy = new SqliteConnectionStringBuilder(_database.ConnectionString);
        copy.DataSource = Path.Combine(Path.GetDirectoryName(copy.DataSource)!, $"after-crash-{Guid.CreateVersion7():N}.db");
        await using var source = new SqliteConnection(_database.ConnectionString);
        await source.OpenAsync(cancellationToken);
        await using var target = new SqliteConnection(copy.ConnectionString);
        await target.OpenAsync(cancellationToken);
        source.BackupDatabase(target);
        return _database with { ConnectionString = copy.ConnectionString };
    }
}
