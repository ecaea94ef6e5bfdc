using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Data;

/// <summary>Hands out the derived context of the configured provider under the common type.</summary>
internal sealed class PortalDbContextFactory<TContext>(IDbContextFactory<TContext> databases) : IDbContextFactory<PortalDbContext>
    where TContext : PortalDbContext
{
    public PortalDbContext CreateDbContext() => databases.CreateDbContext();

    public async Task<PortalDbContext> CreateDbContextAsync(CancellationToken cancellationToken) => await databases.CreateDbContextAsync(cancellationToken);
}
