using AssistPortal.Core.Actions;
using AssistPortal.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AssistPortal.Core.Data.Configurations;

internal sealed class ActionConfiguration : IEntityTypeConfiguration<MoneyAction>
{
    public void Configure(EntityTypeBuilder<MoneyAction> builder)
    {
        builder.HasKey(action => action.Id);
        builder.Property(action => action.Id).ValueGeneratedNever();
        builder.Property(action => action.Billnumber).HasMaxLength(16);
        builder.Property(action => action.OrderNumber).HasMaxLength(128);
        builder.Property(action => action.Currency).HasMaxLength(3);
        builder.Property(action => action.Comment).HasMaxLength(500);
        builder.Property(action => action.AuthorName).HasMaxLength(100);
        builder.Property(action => action.ResponseCode).HasConversion(code => code!.Value.Wire, text => new ResponseCode(text)).HasMaxLength(16);
        builder.Ignore(action => action.Amount);
        builder.HasMany(action => action.Steps).WithOne().HasForeignKey(step => step.ActionId);
        builder.HasIndex(action => new { action.MerchantId, action.CreatedAt });
        builder.HasIndex(action => new { action.State, action.NextStepAt });

        // The one wall against two actions at once on an order: the database's, not the page's.
        var open = string.Join(", ", ActionStates.Open.Select(state => (int)state));
        builder.HasIndex(action => action.Billnumber).IsUnique().HasFilter($"\"State\" IN ({open})").HasDatabaseName("IX_Actions_Billnumber_Open");
    }
}

internal sealed class ActionStepConfiguration : IEntityTypeConfiguration<ActionStep>
{
    public void Configure(EntityTypeBuilder<ActionStep> builder)
    {
        builder.HasKey(step => new { step.ActionId, step.Number });
        builder.Property(step => step.Who).HasMaxLength(100);
        builder.Property(step => step.Detail).HasMaxLength(500);
        builder.Property(step => step.ResponseCode).HasConversion(code => code!.Value.Wire, text => new ResponseCode(text)).HasMaxLength(16);
    }
}
