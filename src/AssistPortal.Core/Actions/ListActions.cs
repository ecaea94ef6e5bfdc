using AssistPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Actions;

/// <summary>Which actions to list.</summary>
/// <param name="OnlyOpen">Only those that are not settled yet, NotExecuted included: it waits for a person.</param>
/// <param name="State">State.</param>
/// <param name="Kind">Kind.</param>
/// <param name="MerchantId">Merchant_ID.</param>
/// <param name="Billnumber">The order.</param>
public sealed record ActionFilter(bool OnlyOpen = false, ActionState? State = null, ActionKind? Kind = null, int? MerchantId = null, string? Billnumber = null);

/// <summary>Actions given in the portal.</summary>
public sealed class ListActions(IDbContextFactory<PortalDbContext> databases)
{
    private const int MaxPageSize = 100;

    private static readonly ActionState[] Unsettled = [.. ActionStates.Open, ActionState.NotExecuted];

    /// <summary>A page of actions, newest first.</summary>
    /// <param name="filter">What fits.</param>
    /// <param name="page">Page number from 0.</param>
    /// <param name="pageSize">Rows a page, 1–100.</param>
    /// <param name="actor">Who looks; needs <see cref="Permission.View"/> and sees only granted merchants.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<Result<ActionPage>> RunAsync(ActionFilter filter, int page, int pageSize, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(page);
        if (!actor.May(Permission.View))
        {
            return new Problem.Denied(Permission.View);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var fitting = Fitting(Seen(db, actor), filter);
        var total = await fitting.CountAsync(cancellationToken);
        var size = Math.Clamp(pageSize, 1, MaxPageSize);
        var actions = await fitting
            .OrderByDescending(action => action.CreatedAt)
            .ThenByDescending(action => action.Billnumber)
            .Skip(page * size)
            .Take(size)
            .Include(action => action.Steps.OrderBy(step => step.Number))
            .ToListAsync(cancellationToken);
        return new ActionPage(await WithOperationsAsync(db, actions, cancellationToken), total);
    }

    /// <summary>One action with its steps.</summary>
    /// <param name="actionId">The action.</param>
    /// <param name="actor">Who looks; an action of a merchant not granted is <see cref="Problem.NotFound"/>.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<Result<ActionDetails>> GetAsync(Guid actionId, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.View))
        {
            return new Problem.Denied(Permission.View);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var actions = await Seen(db, actor)
            .Where(action => action.Id == actionId)
            .Include(action => action.Steps.OrderBy(step => step.Number))
            .ToListAsync(cancellationToken);
        return actions.Count == 0 ? new Problem.NotFound() : (await WithOperationsAsync(db, actions, cancellationToken))[0];
    }

    /// <summary>How many actions wait or are unsettled, for the navigation: the open ones and those not carried out.</summary>
    /// <param name="actor">Who looks; 0 without <see cref="Permission.View"/>.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<int> CountOpenAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.View))
        {
            return 0;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Seen(db, actor).CountAsync(action => Unsettled.Contains(action.State), cancellationToken);
    }

    /// <summary>Actions with the numbers of the operations they made.</summary>
    internal static async Task<IReadOnlyList<ActionDetails>> WithOperationsAsync(PortalDbContext db, IReadOnlyList<MoneyAction> actions, CancellationToken cancellationToken)
    {
        var ids = actions.Select(action => (Guid?)action.Id).ToList();
        var operations = await db.Operations
            .Where(operation => ids.Contains(operation.ActionId))
            .Select(operation => new { operation.ActionId, operation.Number })
            .ToListAsync(cancellationToken);
        var numbers = operations.ToLookup(operation => operation.ActionId, operation => operation.Number);
        return [.. actions.Select(action => new ActionDetails(action, [.. numbers[action.Id].Order()]))];
    }

    private static IQueryable<MoneyAction> Seen(PortalDbContext db, Actor actor)
    {
        var merchants = actor.Rights.MerchantsOf(Permission.View).ToArray();
        return db.Actions.AsNoTracking().Where(action => merchants.Contains(action.MerchantId));
    }

    private static IQueryable<MoneyAction> Fitting(IQueryable<MoneyAction> actions, ActionFilter filter)
    {
        if (filter.OnlyOpen)
        {
            actions = actions.Where(action => Unsettled.Contains(action.State));
        }

        if (filter.State is { } state)
        {
            actions = actions.Where(action => action.State == state);
        }

        if (filter.Kind is { } kind)
        {
            actions = actions.Where(action => action.Kind == kind);
        }

        if (filter.MerchantId is { } merchantId)
        {
            actions = actions.Where(action => action.MerchantId == merchantId);
        }

        return filter.Billnumber is { } billnumber ? actions.Where(action => action.Billnumber == billnumber) : actions;
    }
}

/// <summary>A page of actions.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Total">How many fit in all.</param>
public sealed record ActionPage(IReadOnlyList<ActionDetails> Rows, int Total);

/// <summary>An action with its steps in order, and the operations it claims; not tracked.</summary>
/// <param name="Action">The row.</param>
/// <param name="OperationNumbers">Numbers of the operations it made.</param>
public sealed record ActionDetails(MoneyAction Action, IReadOnlyList<int> OperationNumbers);
