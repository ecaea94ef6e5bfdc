using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace AssistPortal.Core.Data;

/// <summary>The portal's database on SQLite: instants are UTC ticks cut to microseconds, so that they sort, compare and equal PostgreSQL's.</summary>
public sealed class SqlitePortalDbContext(DbContextOptions<SqlitePortalDbContext> options) : PortalDbContext(options)
{
    internal override PortalDbContext Another() => new SqlitePortalDbContext((DbContextOptions<SqlitePortalDbContext>)this.GetService<IDbContextOptions>());

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }
}
