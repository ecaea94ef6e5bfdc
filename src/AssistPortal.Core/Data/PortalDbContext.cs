using AssistPortal.Core.Actions;
using AssistPortal.Core.Audit;
using AssistPortal.Core.Mail;
using AssistPortal.Core.Orders;
using AssistPortal.Core.Privacy;
using AssistPortal.Core.Push;
using AssistPortal.Core.SecondFactor;
using AssistPortal.Core.Sessions;
using AssistPortal.Core.Staff;
using AssistPortal.Core.Sync;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Data;

/// <summary>The portal's database: one context per operation, from the factory.</summary>
public abstract class PortalDbContext(DbContextOptions options) : IdentityUserContext<PortalUser, Guid>(options), IDataProtectionKeyContext
{
    /// <summary>Copy of the gateway's orders.</summary>
    public DbSet<Order> Orders => Set<Order>();

    /// <summary>Copy of their operations.</summary>
    public DbSet<Operation> Operations => Set<Operation>();

    /// <summary>The ledger.</summary>
    public DbSet<MoneyAction> Actions => Set<MoneyAction>();

    /// <summary>Its steps.</summary>
    public DbSet<ActionStep> ActionSteps => Set<ActionStep>();

    /// <summary>The audit log.</summary>
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    /// <summary>How far the copy reaches.</summary>
    public DbSet<SyncState> SyncStates => Set<SyncState>();

    /// <summary>Orders whose personal data somebody sees for a while.</summary>
    public DbSet<RevealedOrder> RevealedOrders => Set<RevealedOrder>();

    /// <summary>Pushes that came.</summary>
    public DbSet<PushDelivery> PushDeliveries => Set<PushDelivery>();

    /// <summary>Roles people hold.</summary>
    public DbSet<Assignment> Assignments => Set<Assignment>();

    /// <summary>Signed reviews of people's rights.</summary>
    public DbSet<AccessReview> AccessReviews => Set<AccessReview>();

    /// <summary>Roles the owner made himself.</summary>
    public DbSet<OwnRole> OwnRoles => Set<OwnRole>();

    /// <summary>Sessions of the staff.</summary>
    public DbSet<StaffSession> Sessions => Set<StaffSession>();

    /// <summary>The outbox.</summary>
    public DbSet<Letter> Letters => Set<Letter>();

    /// <summary>Authenticators of the staff.</summary>
    public DbSet<Authenticator> Authenticators => Set<Authenticator>();

    /// <summary>Their recovery codes.</summary>
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    /// <summary>The gateway this database belongs to.</summary>
    public DbSet<GatewayStamp> GatewayStamps => Set<GatewayStamp>();

    /// <summary>Keys that protect cookies and tokens.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
    }
}

/// <summary>The gateway a database belongs to; another one is refused at start. One row.</summary>
public sealed class GatewayStamp
{
    /// <summary>Always 1.</summary>
    public int Id { get; set; } = 1;

    /// <summary>Root address.</summary>
    public string Address { get; set; } = "";

    /// <summary>Merchant_IDs and their modes, for example <c>900001:test,900002:test</c>.</summary>
    public string Merchants { get; set; } = "";
}
