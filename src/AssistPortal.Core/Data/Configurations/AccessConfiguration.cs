using AssistPortal.Core.Access;
using AssistPortal.Core.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AssistPortal.Core.Data.Configurations;

internal sealed class StaffLinkConfiguration : IEntityTypeConfiguration<StaffLink>
{
    public void Configure(EntityTypeBuilder<StaffLink> builder)
    {
        builder.Property(link => link.Id).ValueGeneratedNever();
        builder.Property(link => link.TokenHash).HasMaxLength(64);
        builder.Property(link => link.NewEmail).HasMaxLength(256);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(link => link.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(link => link.TokenHash).IsUnique();
        builder.HasIndex(link => new { link.UserId, link.Kind, link.CreatedAt });
    }
}

internal sealed class StaffDeviceConfiguration : IEntityTypeConfiguration<StaffDevice>
{
    public void Configure(EntityTypeBuilder<StaffDevice> builder)
    {
        builder.HasKey(device => new { device.UserId, device.TokenHash });
        builder.Property(device => device.TokenHash).HasMaxLength(64);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(device => device.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
