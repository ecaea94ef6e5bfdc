using AssistPortal.Core.Access;
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
    private readonly List<AuditEntry> _recorded = [];
    private Guid _recordedIn;

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

    /// <summary>The end of the audit log's chain.</summary>
    public DbSet<AuditHead> AuditHeads => Set<AuditHead>();

    /// <summary>The chain's end day by day.</summary>
    public DbSet<AuditAnchor> AuditAnchors => Set<AuditAnchor>();

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

    /// <summary>Links that letters carry.</summary>
    public DbSet<StaffLink> StaffLinks => Set<StaffLink>();

    /// <summary>Browsers people signed in with.</summary>
    public DbSet<StaffDevice> StaffDevices => Set<StaffDevice>();

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

    /// <summary>Saves; audit entries wait for the commit, see <see cref="AuditSeal"/>. Without a transaction of the caller they get one with what else is saved.</summary>
    /// <exception cref="InvalidOperationException">An audit entry was changed or removed.</exception>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (Recording() is not { Count: > 0 } entries)
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }

        if (Database.CurrentTransaction is { TransactionId: var current })
        {
            return await SaveAsync(entries, current, acceptAllChangesOnSuccess, cancellationToken);
        }

        await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
        var saved = await SaveAsync(entries, transaction.TransactionId, false, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (acceptAllChangesOnSuccess)
        {
            ChangeTracker.AcceptAllChanges();
        }

        return saved;
    }

    /// <summary>Saves what holds no audit entry.</summary>
    /// <exception cref="InvalidOperationException">There are audit entries to be saved: those are saved asynchronously.</exception>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => Recording().Count == 0
        ? base.SaveChanges(acceptAllChangesOnSuccess)
        : throw new InvalidOperationException("Audit entries are saved with SaveChangesAsync.");

    /// <summary>The entries recorded in the transaction so far, and forgets them.</summary>
    internal IReadOnlyList<AuditEntry> TakeRecorded(Guid transactionId)
    {
        IReadOnlyList<AuditEntry> taken = _recordedIn == transactionId ? [.. _recorded] : [];
        _recorded.Clear();
        return taken;
    }

    /// <summary>Saves entries that have their seal.</summary>
    internal Task<int> SaveSealedAsync(IEnumerable<AuditEntry> entries, CancellationToken cancellationToken)
    {
        Audit.AddRange(entries);
        return base.SaveChangesAsync(true, cancellationToken);
    }

    /// <summary>A context of the same database.</summary>
    internal abstract PortalDbContext Another();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
    }

    private List<AuditEntry> Recording()
    {
        var entries = ChangeTracker.Entries<AuditEntry>().ToList();
        return entries.Any(entry => entry.State is EntityState.Modified or EntityState.Deleted)
            ? throw new InvalidOperationException("The audit log is append-only.")
            : entries.Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity).ToList();
    }

    private async Task<int> SaveAsync(List<AuditEntry> entries, Guid transactionId, bool accept, CancellationToken cancellationToken)
    {
        entries.ForEach(entry => Entry(entry).State = EntityState.Detached);
        try
        {
            var saved = await base.SaveChangesAsync(accept, cancellationToken);
            if (_recordedIn != transactionId)
            {
                // What an earlier transaction recorded was rolled back with it.
                _recorded.Clear();
                _recordedIn = transactionId;
            }

            _recorded.AddRange(entries);
            return saved + entries.Count;
        }
        catch
        {
            // As with everything else: what wasn't saved is still to be saved.
            Audit.AddRange(entries);
            throw;
        }
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
