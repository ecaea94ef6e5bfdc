using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Core.Orders;
using AssistPortal.Core.SecondFactor;
using AssistPortal.Core.Staff;
using AssistPortal.Core.Sync;
using AssistPortal.Gateway;
using AssistPortal.Protocol;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Actions;

/// <summary>A confirmation as a person asks for it.</summary>
/// <param name="Billnumber">The order, plain.</param>
/// <param name="Amount">How much, in the payment's currency.</param>
/// <param name="Comment">Comment, at most 500 characters.</param>
/// <param name="Baseline">Highest operation number the person saw.</param>
public sealed record ConfirmRequest(string Billnumber, Money Amount, string? Comment, int Baseline);

/// <summary>A cancellation as a person asks for it.</summary>
/// <param name="Billnumber">The order, plain.</param>
/// <param name="Amount">How much, in the payment's currency.</param>
/// <param name="Reason">Why.</param>
/// <param name="Comment">Comment, at most 500 characters.</param>
/// <param name="Baseline">Highest operation number the person saw.</param>
public sealed record CancelRequest(string Billnumber, Money Amount, CancelReason? Reason, string? Comment, int Baseline);

/// <summary>Writes a money action down. The worker sends it; nothing is sent here.</summary>
public sealed class RequestAction(IDbContextFactory<PortalDbContext> databases, ActorRights rights, StepUp stepUp, AuditLog audit, ActionQueue queue, OrderFeed feed, TimeProvider time)
{
    /// <summary>Longest comment, in characters.</summary>
    public const int MaxComment = 500;

    /// <summary>Writes a confirmation down as Queued, with its audit entry, in one transaction.</summary>
    /// <returns>The action's id; <see cref="Problem.OpenAction"/> when another one is open, <see cref="Problem.Changed"/> when the copy has newer operations than the baseline, <see cref="Problem.StepUp"/> when the amount asks for a fresh proof.</returns>
    public Task<Result<Guid>> ConfirmAsync(ConfirmRequest request, Actor actor, CancellationToken cancellationToken) =>
        RunAsync(new Wish(ActionKind.Confirm, request.Billnumber, request.Amount, null, request.Comment, request.Baseline), actor, cancellationToken);

    /// <summary>Writes a cancellation down as Queued, with its audit entry, in one transaction.</summary>
    /// <returns>As <see cref="ConfirmAsync"/>.</returns>
    public Task<Result<Guid>> CancelAsync(CancelRequest request, Actor actor, CancellationToken cancellationToken) =>
        RunAsync(new Wish(ActionKind.Cancel, request.Billnumber, request.Amount, request.Reason, request.Comment, request.Baseline), actor, cancellationToken);

    private async Task<Result<Guid>> RunAsync(Wish wish, Actor actor, CancellationToken cancellationToken)
    {
        if (!Billnumber.TryParse(wish.Billnumber, out var billnumber))
        {
            return await RefuseAsync(wish, actor, new Problem.NotFound(), null, null, cancellationToken);
        }

        int? merchantId = null;
        Problem? problem;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.LockOrderAsync(billnumber.Order, cancellationToken);
            var order = await db.Orders.AsNoTracking().Include(order => order.Operations).SingleOrDefaultAsync(order => order.Billnumber == billnumber.Order, cancellationToken);
            merchantId = order?.MerchantId;
            var now = time.GetUtcNow();
            problem = await rights.CheckAsync(db, actor, wish.Permission, merchantId, cancellationToken);
            if (problem is null && order is not null)
            {
                var actions = await db.Actions.AsNoTracking().OfOrder(order.Billnumber).ToListAsync(cancellationToken);
                var left = Remainder.Of(order, actions);
                problem = Check(wish, order, actions, left) ?? await stepUp.RequireForAsync(wish.Amount, db, actor, cancellationToken);
                if (problem is null)
                {
                    var action = NewAction(wish, order, left, actor, now);
                    db.Actions.Add(action);
                    audit.Add(db, actor, AuditEvents.ActionRequested, AuditOutcome.Done, order.MerchantId, order.Billnumber, action.Id, wish.ToString());
                    try
                    {
                        await db.SaveChangesAsync(cancellationToken);
                        await transaction.CommitAsync(cancellationToken);
                        queue.Wake();
                        feed.Publish(new OrderChange(order.MerchantId, order.Billnumber, false));
                        return action.Id;
                    }
                    catch (DbUpdateException exception) when (exception.IsUniqueViolation())
                    {
                        // The index is the last wall; whoever was quicker is looked up once this transaction is gone.
                        await transaction.RollbackAsync(cancellationToken);
                    }
                }
            }
        }

        problem ??= await OpenActionAsync(billnumber.Order, cancellationToken);
        return await RefuseAsync(wish, actor, problem, merchantId, billnumber.Order, cancellationToken);
    }

    private static Problem? Check(Wish wish, Order order, IReadOnlyList<MoneyAction> actions, Remainder left)
    {
        if (actions.FirstOrDefault(action => action.State.IsOpen()) is { } open)
        {
            return new Problem.OpenAction(open.Id);
        }

        if (order.HighestOperation != wish.Baseline)
        {
            return new Problem.Changed();
        }

        if (wish.Comment?.Length > MaxComment)
        {
            return new Problem.Invalid(InvalidReason.CommentTooLong);
        }

        if (wish.Kind == ActionKind.Cancel && (wish.Reason is not { } reason || !Enum.IsDefined(reason)))
        {
            return new Problem.Invalid(InvalidReason.ReasonMissing);
        }

        if (wish.Kind == ActionKind.Confirm && order.State != OrderState.Delayed)
        {
            return new Problem.Invalid(InvalidReason.NotDelayed);
        }

        return CheckAmount(wish, order, left);
    }

    private static Problem.Invalid? CheckAmount(Wish wish, Order order, Remainder left)
    {
        var available = wish.Available(left);
        if (available.Minor == 0)
        {
            return new Problem.Invalid(InvalidReason.NothingLeft, available);
        }

        if (wish.Amount.Currency != available.Currency)
        {
            return new Problem.Invalid(InvalidReason.WrongCurrency, available);
        }

        if (wish.Amount.Minor <= 0)
        {
            return new Problem.Invalid(InvalidReason.AmountNotPositive, available);
        }

        if (wish.Amount.Minor > available.Minor)
        {
            return new Problem.Invalid(InvalidReason.AboveRest, available);
        }

        if (wish.Amount.Minor < available.Minor && left.HasPoints)
        {
            return new Problem.Invalid(InvalidReason.PointsOnlyInFull, available);
        }

        return wish.Amount.Minor < available.Minor && wish.Kind == ActionKind.Cancel && order.State == OrderState.Delayed
            ? new Problem.Invalid(InvalidReason.DelayedOnlyInFull, available)
            : null;
    }

    private static MoneyAction NewAction(Wish wish, Order order, Remainder left, Actor actor, DateTimeOffset now)
    {
        var action = new MoneyAction
        {
            Id = Guid.CreateVersion7(now),
            MerchantId = order.MerchantId,
            Billnumber = order.Billnumber,
            OrderNumber = order.OrderNumber,
            Kind = wish.Kind,
            AmountMinor = wish.Amount.Minor,
            Currency = wish.Amount.Currency,
            IsFull = wish.Amount == wish.Available(left),
            Reason = wish.Reason,
            Comment = string.IsNullOrWhiteSpace(wish.Comment) ? null : wish.Comment.Trim(),
            AuthorId = actor.UserId,
            AuthorName = actor.Name,
            AuthorIp = actor.Ip,
            Baseline = wish.Baseline,
        };
        action.Queue(now);
        return action;
    }

    private async Task<Problem> OpenActionAsync(string billnumber, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var open = await db.Actions
            .Where(action => action.Billnumber == billnumber && ActionStates.Open.Contains(action.State))
            .Select(action => (Guid?)action.Id)
            .SingleOrDefaultAsync(cancellationToken);

        // It may have ended in the meantime: then the person looks again.
        return open is { } id ? new Problem.OpenAction(id) : new Problem.Changed();
    }

    private async Task<Result<Guid>> RefuseAsync(Wish wish, Actor actor, Problem problem, int? merchantId, string? billnumber, CancellationToken cancellationToken)
    {
        var isDenied = problem is Problem.Denied || (problem is Problem.NotFound && merchantId is not null);
        var cause = problem is Problem.Invalid invalid ? invalid.Reason.ToString() : problem.GetType().Name;
        await audit.WriteAsync(
            actor, AuditEvents.ActionRequested, isDenied ? AuditOutcome.Denied : AuditOutcome.Refused, merchantId, billnumber, $"{wish}: {cause}", cancellationToken);
        return problem;
    }

    private sealed record Wish(ActionKind Kind, string Billnumber, Money Amount, CancelReason? Reason, string? Comment, int Baseline)
    {
        public Permission Permission => Kind == ActionKind.Confirm ? Permission.Confirm : Permission.Cancel;

        public Money Available(Remainder left) => Kind == ActionKind.Confirm ? left.Confirmable : left.Cancellable;

        public override string ToString() => $"{Kind} {Amount}";
    }
}
