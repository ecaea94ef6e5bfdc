using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

namespace AssistPortal.Core.Data;

/// <summary>For <c>dotnet ef</c> only: the model is all it needs, so the address leads nowhere.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqlitePortalDbContext>
{
    public SqlitePortalDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqlitePortalDbContext>();
        DataSetup.UseSqlite(options, "Data Source=:memory:");
        options.UseApplicationServiceProvider(DesignTime.Services);
        return new SqlitePortalDbContext(options.Options);
    }
}

/// <summary>For <c>dotnet ef</c> only: the model is all it needs, so the address leads nowhere.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresPortalDbContext>
{
    public PostgresPortalDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresPortalDbContext>();
        DataSetup.UsePostgres(options, "Host=localhost");
        options.UseApplicationServiceProvider(DesignTime.Services);
        return new PostgresPortalDbContext(options.Options);
    }
}

internal static class DesignTime
{
    public static readonly IServiceProvider Services = new ServiceCollection().Configure<IdentityOptions>(IdentitySchema.Fix).BuildServiceProvider();
}
