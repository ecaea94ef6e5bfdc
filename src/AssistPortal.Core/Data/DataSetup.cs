using AssistPortal.Core.Audit;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Data;

/// <summary>Registers the portal's database. Which of the two contexts works is decided by the options when the first one is made.</summary>
internal static class DataSetup
{
    /// <summary>How long a command, and the wait for SQLite's one writer, may take.</summary>
    private const int CommandTimeoutSeconds = 10;

    public static IServiceCollection AddPortalDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DatabaseOptions>().Bind(configuration.GetSection(DatabaseOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsValidator>();

        services.AddDbContextFactory<SqlitePortalDbContext>((provider, options) => UseSqlite(options.AddInterceptors(provider.GetRequiredService<AuditSeal>()), Settings(provider).ConnectionString));
        services.AddDbContextFactory<PostgresPortalDbContext>((provider, options) => UsePostgres(options.AddInterceptors(provider.GetRequiredService<AuditSeal>()), Settings(provider).ConnectionString));
        services.AddSingleton<IDbContextFactory<PortalDbContext>>(provider => Settings(provider).Provider switch
        {
            DatabaseProvider.Sqlite => new PortalDbContextFactory<SqlitePortalDbContext>(provider.GetRequiredService<IDbContextFactory<SqlitePortalDbContext>>()),
            DatabaseProvider.Postgres => new PortalDbContextFactory<PostgresPortalDbContext>(provider.GetRequiredService<IDbContextFactory<PostgresPortalDbContext>>()),
            var other => throw new InvalidOperationException($"Database:Provider {other} is unknown."),
        });

        // Identity's stores and the data protection keys ask for the common type, one a scope.
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext());

        services.PostConfigure<IdentityOptions>(IdentitySchema.Fix);

        services.AddSingleton<PrepareDatabase>();
        services.AddHostedService<DatabaseStart>();
        return services;
    }

    public static void UseSqlite(DbContextOptionsBuilder options, string connectionString)
    {
        var connection = new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true, DefaultTimeout = CommandTimeoutSeconds };
        options.UseSqlite(connection.ConnectionString, sqlite => sqlite.CommandTimeout(CommandTimeoutSeconds)).AddInterceptors(new SqliteDurability());
    }

    public static void UsePostgres(DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(connectionString, postgres => postgres.CommandTimeout(CommandTimeoutSeconds));

    private static DatabaseOptions Settings(IServiceProvider provider) => provider.GetRequiredService<IOptions<DatabaseOptions>>().Value;
}
