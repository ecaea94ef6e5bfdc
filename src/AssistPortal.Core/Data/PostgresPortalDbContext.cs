using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace AssistPortal.Core.Data;

/// <summary>The portal's database on PostgreSQL: instants are <c>timestamptz</c>, which takes UTC only.</summary>
public sealed class PostgresPortalDbContext(DbContextOptions<PostgresPortalDbContext> options) : PortalDbContext(options)
{
    internal override PortalDbContext Another() => new PostgresPortalDbContext((DbContextOptions<PostgresPortalDbContext>)this.GetService<IDbContextOptions>());

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
    }
}
