using AssistPortal.Core.Actions;
using AssistPortal.Core.Data;
using AssistPortal.Core.Privacy;
using AssistPortal.Protocol;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Orders;

/// <summary>A page of the orders grid.</summary>
public sealed class ListOrders(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>The largest page.</summary>
    public const int MaxPageSize = 100;

    /// <summary>Orders that fit the filter, sorted, with the billnumber as tie-breaker.</summary>
    /// <param name="filter">What fits.</param>
    /// <param name="sort">Column.</param>
    /// <param name="descending">Direction.</param>
    /// <param name="page">Page number from 0; one beyond the end is the last.</param>
    /// <param name="pageSize">Rows a page, 1–<see cref="MaxPageSize"/>.</param>
    /// <param name="actor">Who looks; needs <see cref="Permission.View"/> and sees only granted merchants.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<Result<OrderPage>> RunAsync(OrderFilter filter, OrderSort sort, bool descending, int page, int pageSize, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.View))
        {
            return new Problem.Denied(Permission.View);
        }

        if (OrderQuery.Check(filter) is { } problem)
        {
            return problem;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var fitting = db.Orders.SeenBy(actor).Fitting(filter, actor);
        var total = await fitting.CountAsync(cancellationToken);
        var size = Math.Clamp(pageSize, 1, MaxPageSize);

        // A page beyond the end, as an old address may ask for, is the last one.
        var last = total == 0 ? 0 : (total - 1) / size;
        var rows = await fitting
            .Sorted(sort, descending)
            .Skip(Math.Clamp(page, 0, last) * size)
            .Take(size)
            .Rows(db)
            .ToListAsync(cancellationToken);
        return new OrderPage([.. rows.Select(row => row.For(actor))], total);
    }
}

/// <summary>A page of orders.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Total">How many fit the filter in all.</param>
public sealed record OrderPage(IReadOnlyList<OrderRow> Rows, int Total);

/// <summary>An order as the grid shows it. Instants are UTC.</summary>
public sealed record OrderRow
{
    /// <summary>The gateway's number.</summary>
    public required string Billnumber { get; init; }

    /// <summary>The merchant's number.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>State.</summary>
    public required OrderState State { get; init; }

    /// <summary>Original amount.</summary>
    public required Money Amount { get; init; }

    /// <summary>What the merchant has after cancellations, in the payment's currency; <see langword="null"/> while nothing was paid.</summary>
    public required Money? Net { get; init; }

    /// <summary>Customer's name: last, first, middle; empty when unknown.</summary>
    public required string Customer { get; init; }

    /// <summary>Customer's e-mail.</summary>
    public required string? Email { get; init; }

    /// <summary>Means.</summary>
    public required string? MeanType { get; init; }

    /// <summary>Masked number.</summary>
    public required string? MeanNumber { get; init; }

    /// <summary>Merchant_ID.</summary>
    public required int MerchantId { get; init; }

    /// <summary>When the order was made.</summary>
    public required DateTimeOffset OrderDate { get; init; }

    /// <summary>Test order.</summary>
    public required bool TestMode { get; init; }

    /// <summary>State of the open action, when one is open.</summary>
    public required ActionState? OpenAction { get; init; }
}
