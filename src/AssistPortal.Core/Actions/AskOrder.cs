using AssistPortal.Core.Data;
using AssistPortal.Core.Merchants;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Actions;

/// <summary>Asks the gateway how an action's order stands now.</summary>
internal sealed class AskOrder(IDbContextFactory<PortalDbContext> databases, AssistClient gateway, MerchantDirectory merchants, TimeProvider time)
{
    /// <summary>What orderresult shows, or why it shows nothing: invariant, without secrets, the same text for the same cause.</summary>
    public async Task<(OrderNews? News, string? Silence)> RunAsync(MoneyAction action, CancellationToken cancellationToken)
    {
        if (merchants.Find(action.MerchantId) is null)
        {
            return (null, $"merchant {action.MerchantId} isn't configured");
        }

        var orderDate = await OrderDateAsync(action.Billnumber, cancellationToken);
        var askedAt = time.GetUtcNow();
        var query = new OrderResultQuery(action.MerchantId, new Billnumber(action.Billnumber), null, orderDate.AddDays(-1));
        return await gateway.OrderResultAsync(query, cancellationToken) switch
        {
            GatewayResult<IReadOnlyList<OrderSnapshot>>.Answered answered =>
                answered.Value.FirstOrDefault(order => order.Billnumber.Order == action.Billnumber) is { } order
                    ? (new OrderNews(order, true, askedAt), null)
                    : (null, "orderresult doesn't show the order"),
            GatewayResult<IReadOnlyList<OrderSnapshot>>.Failed failed => (null, "orderresult: " + failed.Failure.Brief),
            var other => throw new InvalidOperationException($"Unknown result {other.GetType().Name}."),
        };
    }

    private async Task<DateTimeOffset> OrderDateAsync(string billnumber, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Orders.Where(order => order.Billnumber == billnumber).Select(order => order.OrderDate).SingleAsync(cancellationToken);
    }
}
