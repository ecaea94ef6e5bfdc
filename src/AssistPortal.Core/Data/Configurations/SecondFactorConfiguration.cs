using AssistPortal.Core.SecondFactor;
using AssistPortal.Core.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AssistPortal.Core.Data.Configurations;

internal sealed class AuthenticatorConfiguration : IEntityTypeConfiguration<Authenticator>
{
    public void Configure(EntityTypeBuilder<Authenticator> builder)
    {
        builder.HasKey(authenticator => authenticator.UserId);
        builder.Property(authenticator => authenticator.SealedKey).HasMaxLength(1000);
        builder.HasOne<PortalUser>().WithOne().HasForeignKey<Authenticator>(authenticator => authenticator.UserId);
    }
}

internal sealed class RecoveryCodeConfiguration : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.HasKey(code => new { code.UserId, code.Hash });
        builder.Property(code => code.Hash).HasMaxLength(64);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(code => code.UserId);
    }
}
