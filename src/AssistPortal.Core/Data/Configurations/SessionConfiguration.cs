using AssistPortal.Core.Sessions;
using AssistPortal.Core.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AssistPortal.Core.Data.Configurations;

internal sealed class StaffSessionConfiguration : IEntityTypeConfiguration<StaffSession>
{
    public void Configure(EntityTypeBuilder<StaffSession> builder)
    {
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.Property(session => session.Ip).HasMaxLength(64);
        builder.Property(session => session.UserAgent).HasMaxLength(256);
        builder.Property(session => session.SecurityStamp).HasMaxLength(256);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(session => session.UserId);
        builder.HasIndex(session => new { session.UserId, session.StartedAt });
    }
}
