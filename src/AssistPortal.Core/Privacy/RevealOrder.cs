using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Core.Orders;
using AssistPortal.Protocol;
using Microsoft.EntityFrameworkCore;

namespace AssistPortal.Core.Privacy;

/// <summary>Until when a person sees the personal data of an order; one row for each pair, renewed. Instants are UTC.</summary>
public sealed class RevealedOrder
{
    /// <summary>The person who looks.</summary>
    public Guid UserId { get; set; }

    /// <summary>The order, plain.</summary>
    public string Billnumber { get; set; } = "";

    /// <summary>From this instant on the data are masked again.</summary>
    public DateTimeOffset Until { get; set; }
}

/// <summary>Uncovers the personal data of one order for a while, and writes down who looked and why.</summary>
public sealed class RevealOrder(IDbContextFactory<PortalDbContext> databases, AuditLog audit, TimeProvider time)
{
    /// <summary>How long an order stays uncovered.</summary>
    public static readonly TimeSpan For = TimeSpan.FromMinutes(15);

    /// <summary>Longest reason, in characters.</summary>
    public const int MaxReason = 200;

    private const int MinReason = 3;

    /// <summary>Uncovers an order; what was revealed is read by <see cref="GetOrder"/>.</summary>
    /// <param name="billnumber">Plain or extended.</param>
    /// <param name="reason">Why, 3–200 characters; written into the audit log.</param>
    /// <param name="actor">Who looks; needs <see cref="Permission.Reveal"/> for the order's merchant.</param>
    /// <param name="cancellationToken">Gives up; nothing is uncovered then.</param>
    /// <returns>Until when; <see cref="InvalidReason.RevealReason"/> without a fitting reason.</returns>
    public async Task<Result<DateTimeOffset>> RunAsync(string billnumber, string reason, Actor actor, CancellationToken cancellationToken)
    {
        var why = reason.Trim();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var merchantId = Billnumber.TryParse(billnumber, out var number)
            ? await db.Orders.SeenBy(actor).Where(order => order.Billnumber == number.Order).Select(order => (int?)order.MerchantId).SingleOrDefaultAsync(cancellationToken)
            : null;
        Problem? problem = actor.IsPreview ? new Problem.Preview()
            : !actor.May(Permission.Reveal) ? new Problem.Denied(Permission.Reveal)
            : merchantId is not { } id ? new Problem.NotFound()
            : !actor.May(Permission.Reveal, id) ? new Problem.Denied(Permission.Reveal)
            : why.Length is < MinReason or > MaxReason ? new Problem.Invalid(InvalidReason.RevealReason)
            : null;
        if (problem is not null)
        {
            var outcome = problem is Problem.Denied or Problem.NotFound ? AuditOutcome.Denied : AuditOutcome.Refused;
            await audit.WriteAsync(actor, AuditEvents.PersonalDataSeen, outcome, merchantId, merchantId is null ? null : number.Order, problem.GetType().Name, cancellationToken);
            return problem;
        }

        return await UncoverAsync(db, audit, number.Order, merchantId!.Value, $"revealed: {why}", actor, time.GetUtcNow(), cancellationToken);
    }

    /// <summary>Notes that the person sees the order's data from now on, once for the time it lasts.</summary>
    internal static async Task<DateTimeOffset> UncoverAsync(
        PortalDbContext db, AuditLog audit, string billnumber, int merchantId, string details, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var until = now + For;
        var known = await db.RevealedOrders.SingleOrDefaultAsync(row => row.UserId == actor.UserId && row.Billnumber == billnumber, cancellationToken);
        if (known is null)
        {
            db.RevealedOrders.Add(new RevealedOrder { UserId = actor.UserId, Billnumber = billnumber, Until = until });
        }
        else
        {
            known.Until = until;
        }

        audit.Add(db, actor, AuditEvents.PersonalDataSeen, AuditOutcome.Done, merchantId, billnumber, details: details);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // The same person in another tab was quicker, and that one is written down.
        }

        return until;
    }
}
