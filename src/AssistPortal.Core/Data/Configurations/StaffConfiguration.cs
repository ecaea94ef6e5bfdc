using AssistPortal.Core.Audit;
using AssistPortal.Core.Staff;
using AssistPortal.Core.Sync;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AssistPortal.Core.Data.Configurations;

internal sealed class PortalUserConfiguration : IEntityTypeConfiguration<PortalUser>
{
    public void Configure(EntityTypeBuilder<PortalUser> builder)
    {
        builder.Property(user => user.DisplayName).HasMaxLength(100);
        builder.HasMany(user => user.Grants).WithOne().HasForeignKey(grant => grant.UserId);
    }
}

internal sealed class MerchantGrantConfiguration : IEntityTypeConfiguration<MerchantGrant>
{
    public void Configure(EntityTypeBuilder<MerchantGrant> builder) => builder.HasKey(grant => new { grant.UserId, grant.MerchantId });
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.Property(entry => entry.Event).HasMaxLength(60);
        builder.Property(entry => entry.UserName).HasMaxLength(100);
        builder.Property(entry => entry.Ip).HasMaxLength(64);
        builder.Property(entry => entry.UserAgent).HasMaxLength(256);
        builder.Property(entry => entry.Billnumber).HasMaxLength(16);
        builder.HasIndex(entry => entry.At);
    }
}

internal sealed class SyncStateConfiguration : IEntityTypeConfiguration<SyncState>
{
    public void Configure(EntityTypeBuilder<SyncState> builder)
    {
        builder.HasKey(state => state.MerchantId);
        builder.Property(state => state.MerchantId).ValueGeneratedNever();
        builder.Property(state => state.LastFailure).HasMaxLength(500);
    }
}
