using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Data;

/// <summary>The portal's database on SQLite: instants are UTC ticks cut to microseconds, so that they sort, compare and equal PostgreSQL's.</summary>
public sealed class SqlitePortalDbContext(DbContextOptions<SqlitePortalDbContext> options) : PortalDbContext(options)
{
    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }
}
