using AssistPortal.Core.Push;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AssistPortal.Core.Data.Configurations;

internal sealed class PushConfiguration : IEntityTypeConfiguration<PushDelivery>
{
    public void Configure(EntityTypeBuilder<PushDelivery> builder)
    {
        builder.HasKey(push => push.Id);
        builder.Property(push => push.Id).ValueGeneratedNever();
        builder.Property(push => push.ContentType).HasMaxLength(100);
        builder.Property(push => push.Sender).HasMaxLength(64);
        builder.Property(push => push.BodyHash).HasMaxLength(64);
        builder.Property(push => push.Billnumber).HasMaxLength(16);
        builder.Property(push => push.OrderNumber).HasMaxLength(128);
        builder.Property(push => push.OrderNumberSearch).HasMaxLength(128);
        builder.Property(push => push.Trouble).HasMaxLength(500);

        // The wall against duplicates and replays: the database's.
        builder.HasIndex(push => new { push.MerchantId, push.BodyHash }).IsUnique();
        builder.HasIndex(push => new { push.MerchantId, push.State, push.ReceivedAt });
        builder.HasIndex(push => new { push.MerchantId, push.Verdict, push.ReceivedAt });
        builder.HasIndex(push => new { push.State, push.NextTryAt });
        builder.HasIndex(push => push.Billnumber);
    }
}
