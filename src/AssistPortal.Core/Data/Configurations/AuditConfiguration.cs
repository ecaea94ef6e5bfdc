using AssistPortal.Core.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AssistPortal.Core.Data.Configurations;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.HasKey(entry => entry.Seq);
        builder.Property(entry => entry.Seq).ValueGeneratedNever();
        builder.Property(entry => entry.Event).HasMaxLength(60);
        builder.Property(entry => entry.Ip).HasMaxLength(64);
        builder.Property(entry => entry.UserAgent).HasMaxLength(256);
        builder.Property(entry => entry.Billnumber).HasMaxLength(16);
        builder.Property(entry => entry.Subject).HasMaxLength(36);
        builder.Property(entry => entry.PrevHash).HasMaxLength(AuditKeys.HashLength);
        builder.Property(entry => entry.Hash).HasMaxLength(AuditKeys.HashLength);
        builder.HasIndex(entry => entry.At);
        builder.HasIndex(entry => new { entry.MerchantId, entry.Seq });
        builder.HasIndex(entry => new { entry.UserId, entry.Seq });
        builder.HasIndex(entry => entry.Billnumber);
    }
}

internal sealed class AuditHeadConfiguration : IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditHead> builder)
    {
        builder.Property(head => head.Id).ValueGeneratedNever();
        builder.Property(head => head.KeyId).HasMaxLength(16);
        builder.Property(head => head.Hash).HasMaxLength(AuditKeys.HashLength);
    }
}

internal sealed class AuditAnchorConfiguration : IEntityTypeConfiguration<AuditAnchor>
{
    public void Configure(EntityTypeBuilder<AuditAnchor> builder)
    {
        builder.HasKey(anchor => anchor.Day);
        builder.Property(anchor => anchor.Hash).HasMaxLength(AuditKeys.HashLength);
    }
}
