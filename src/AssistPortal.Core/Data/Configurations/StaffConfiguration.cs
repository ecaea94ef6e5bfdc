using AssistPortal.Core.Staff;
using AssistPortal.Core.Sync;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AssistPortal.Core.Data.Configurations;

internal sealed class PortalUserConfiguration : IEntityTypeConfiguration<PortalUser>
{
    public void Configure(EntityTypeBuilder<PortalUser> builder)
    {
        builder.Property(user => user.DisplayName).HasMaxLength(100);
        builder.Property(user => user.Language).HasMaxLength(2).HasDefaultValue("ru");
        builder.Property(user => user.RightsVersion).IsConcurrencyToken();
        builder.HasMany(user => user.Assignments).WithOne().HasForeignKey(assignment => assignment.UserId);
    }
}

internal sealed class AssignmentConfiguration : IEntityTypeConfiguration<Assignment>
{
    public void Configure(EntityTypeBuilder<Assignment> builder)
    {
        builder.Property(assignment => assignment.Id).ValueGeneratedNever();
        builder.Ignore(assignment => assignment.Permissions);
        builder.HasOne(assignment => assignment.OwnRole).WithMany().HasForeignKey(assignment => assignment.OwnRoleId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AccessReviewConfiguration : IEntityTypeConfiguration<AccessReview>
{
    public void Configure(EntityTypeBuilder<AccessReview> builder)
    {
        builder.Property(review => review.Id).ValueGeneratedNever();
        builder.HasIndex(review => review.UserId);
    }
}

internal sealed class OwnRoleConfiguration : IEntityTypeConfiguration<OwnRole>
{
    // Names, not numbers: whoever reads the table understands it, and a right that a newer portal knew is dropped instead of becoming another one.
    private static readonly ValueConverter<IReadOnlyCollection<Permission>, string> AsNames = new(
        permissions => string.Join(' ', permissions.Order()),
        names => names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(name => Enum.IsDefined(typeof(Permission), name)).Select(Enum.Parse<Permission>).ToArray());

    private static readonly ValueComparer<IReadOnlyCollection<Permission>> SameSet = new(
        (one, other) => one!.Order().SequenceEqual(other!.Order()),
        permissions => permissions.Order().Aggregate(0, (hash, permission) => HashCode.Combine(hash, permission)),
        permissions => permissions.ToArray());

    public void Configure(EntityTypeBuilder<OwnRole> builder)
    {
        builder.Property(role => role.Id).ValueGeneratedNever();
        builder.Property(role => role.Name).HasMaxLength(OwnRole.MaxName);
        builder.Property(role => role.Permissions).HasConversion(AsNames, SameSet).HasMaxLength(500);
        builder.Property(role => role.Version).IsConcurrencyToken();
        builder.HasIndex(role => role.Name).IsUnique();
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
