using AssistPortal.Core.Actions;
using AssistPortal.Core.Orders;
using AssistPortal.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AssistPortal.Core.Data.Configurations;

internal sealed class OperationConfiguration : IEntityTypeConfiguration<Operation>
{
    public void Configure(EntityTypeBuilder<Operation> builder)
    {
        builder.HasKey(operation => new { operation.Billnumber, operation.Number });
        builder.Property(operation => operation.Billnumber).HasMaxLength(16);
        builder.Property(operation => operation.Type).HasConversion(type => type.Code, code => new OperationType(code));
        builder.Property(operation => operation.ResponseCode).HasConversion(code => code.Wire, text => new ResponseCode(text)).HasMaxLength(16);
        builder.Property(operation => operation.Currency).HasMaxLength(3);
        builder.Ignore(operation => operation.Amount);
        builder.Ignore(operation => operation.IsFinished);

        // A cancellation of an order paid in several operations makes several; each belongs to one action at most.
        builder.HasOne<MoneyAction>().WithMany().HasForeignKey(operation => operation.ActionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(operation => operation.ActionId);

        // Operations of a time that no push announced.
        builder.HasIndex(operation => operation.Date);
    }
}
