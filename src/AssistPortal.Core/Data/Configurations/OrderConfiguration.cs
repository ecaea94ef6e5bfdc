using AssistPortal.Core.Orders;
using AssistPortal.Core.Privacy;
using AssistPortal.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AssistPortal.Core.Data.Configurations;

internal sealed class RevealedOrderConfiguration : IEntityTypeConfiguration<RevealedOrder>
{
    public void Configure(EntityTypeBuilder<RevealedOrder> builder)
    {
        builder.HasKey(row => new { row.UserId, row.Billnumber });
        builder.Property(row => row.Billnumber).HasMaxLength(16);
    }
}

internal sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.HasKey(order => order.Billnumber);
        builder.Property(order => order.Billnumber).HasMaxLength(16);
        builder.Property(order => order.OrderNumber).HasMaxLength(128);
        builder.Property(order => order.OrderNumberSearch).HasMaxLength(128);
        builder.Property(order => order.State).HasConversion(state => state.Wire, text => new OrderState(text)).HasMaxLength(40);
        builder.Property(order => order.Currency).HasMaxLength(3);
        builder.Property(order => order.PaymentCurrency).HasMaxLength(3);
        builder.HasMany(order => order.Operations).WithOne().HasForeignKey(operation => operation.Billnumber);

        // Grids: of all merchants a person sees, of one, of one in one state.
        builder.HasIndex(order => new { order.OrderDate, order.Billnumber }).IsDescending(true, true);
        builder.HasIndex(order => new { order.MerchantId, order.OrderDate, order.Billnumber }).IsDescending(false, true, true);
        builder.HasIndex(order => new { order.MerchantId, order.State, order.OrderDate, order.Billnumber }).IsDescending(false, false, true, true);

        // Counters and totals read this index alone.
        builder.HasIndex(order => new { order.MerchantId, order.BusinessDate, order.State, order.Currency, order.PaymentCurrency, order.AmountMinor, order.NetMinor });
        builder.HasIndex(order => new { order.MerchantId, order.OrderNumberSearch });
    }
}
