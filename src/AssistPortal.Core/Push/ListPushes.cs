using AssistPortal.Core.Data;
using AssistPortal.Protocol;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Push;

/// <summary>Which pushes to list; everything given must fit at once.</summary>
/// <param name="From">First business date, in each merchant's own zone.</param>
/// <param name="Until">Last business date, included.</param>
/// <param name="MerchantId">Merchant_ID.</param>
/// <param name="State">State.</param>
/// <param name="Order">Order number without regard to case, or billnumber, plain or extended.</param>
public sealed record PushFilter(DateOnly? From = null, DateOnly? Until = null, int? MerchantId = null, PushState? State = null, string? Order = null);

/// <summary>Pushes that came, whatever became of them.</summary>
public sealed class ListPushes(IDbContextFactory<PortalDbContext> databases)
{
    private const int MaxPageSize = 100;

    /// <summary>A page of pushes, newest first.</summary>
    /// <param name="filter">What fits.</param>
    /// <param name="page">Page number from 0; one beyond the end is the last.</param>
    /// <param name="pageSize">Rows a page, 1–100.</param>
    /// <param name="actor">Who looks; needs <see cref="Permission.View"/> and sees only granted merchants.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<Result<PushPage>> RunAsync(PushFilter filter, int page, int pageSize, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.View))
        {
            return new Problem.Denied(Permission.View);
        }

        if (filter.Until < filter.From)
        {
            return new Problem.Invalid(InvalidReason.Period);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var fitting = Fitting(Seen(db, actor), filter);
        var total = await fitting.CountAsync(cancellationToken);
        var size = Math.Clamp(pageSize, 1, MaxPageSize);
        var last = total == 0 ? 0 : (total - 1) / size;
        var rows = await fitting
            .OrderByDescending(push => push.ReceivedAt)
            .ThenByDescending(push => push.Id)
            .Skip(Math.Clamp(page, 0, last) * size)
            .Take(size)
            .ToListAsync(cancellationToken);
        return new PushPage(rows, total);
    }

    /// <summary>One push.</summary>
    /// <param name="pushId">The push.</param>
    /// <param name="actor">Who looks; a push of a merchant not granted is <see cref="Problem.NotFound"/>.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<Result<PushDetails>> GetAsync(Guid pushId, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.View))
        {
            return new Problem.Denied(Permission.View);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await Seen(db, actor).SingleOrDefaultAsync(push => push.Id == pushId, cancellationToken) is not { } push)
        {
            return new Problem.NotFound();
        }

        var hasOrder = push.Billnumber is { } billnumber && await db.Orders.AnyAsync(order => order.Billnumber == billnumber && order.MerchantId == push.MerchantId, cancellationToken);
        return new PushDetails(push, hasOrder);
    }

    /// <summary>Pushes of the merchants the actor sees; every reading starts here.</summary>
    internal static IQueryable<PushDelivery> Seen(PortalDbContext db, Actor actor)
    {
        var merchants = actor.Rights.MerchantsOf(Permission.View).ToArray();
        return db.PushDeliveries.AsNoTracking().Where(push => merchants.Contains(push.MerchantId));
    }

    private static IQueryable<PushDelivery> Fitting(IQueryable<PushDelivery> pushes, PushFilter filter)
    {
        if (filter.From is { } from)
        {
            pushes = pushes.Where(push => push.BusinessDate >= from);
        }

        if (filter.Until is { } until)
        {
            pushes = pushes.Where(push => push.BusinessDate <= until);
        }

        if (filter.MerchantId is { } merchantId)
        {
            pushes = pushes.Where(push => push.MerchantId == merchantId);
        }

        if (filter.State is { } state)
        {
            pushes = pushes.Where(push => push.State == state);
        }

        var order = SearchText.Of(filter.Order);
        if (order.Length == 0)
        {
            return pushes;
        }

        return Billnumber.TryParse(order, out var billnumber)
            ? pushes.Where(push => push.Billnumber == billnumber.Order || push.OrderNumberSearch == order)
            : pushes.Where(push => push.OrderNumberSearch == order);
    }
}

/// <summary>A page of pushes.</summary>
/// <param name="Rows">Rows; not tracked.</param>
/// <param name="Total">How many fit in all.</param>
public sealed record PushPage(IReadOnlyList<PushDelivery> Rows, int Total);

/// <summary>A push with what it leads to.</summary>
/// <param name="Push">The row; not tracked.</param>
/// <param name="HasOrder">Whether the copy knows the order it speaks of.</param>
public sealed record PushDetails(PushDelivery Push, bool HasOrder);
