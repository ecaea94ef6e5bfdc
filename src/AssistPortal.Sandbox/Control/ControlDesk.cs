using System.Text.Json;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Faults;
using AssistPortal.Sandbox.History;
using AssistPortal.Sandbox.Hosting;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Services;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Control;

/// <summary>A control call done (its answer) or not (why).</summary>
internal abstract record ControlOutcome
{
    private ControlOutcome()
    {
    }

    public sealed record Done(object Answer) : ControlOutcome;

    public sealed record Mistake(string Text) : ControlOutcome;

    public sealed record Unknown(string Text) : ControlOutcome;
}

/// <summary>What the control calls and the console page do.</summary>
internal sealed class ControlDesk(
    SandboxDb db, SandboxClock clock, FaultPlan faults, LateCommands late, TrafficRate traffic, PausableTransport transport)
{
    private const int MostOrders = 1_000_000;
    private const int LongestOrdernumber = 128;
    private const int LongestComment = 4_000;
    private const string RefuseConnection = "refuse-connection";
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    public ControlOutcome Advance(AdvanceRequest request)
    {
        var seconds = (request.Days * 86_400) + (request.Hours * 3_600) + (request.Minutes * 60) + request.Seconds;
        if (!(seconds >= 0 && seconds <= SandboxClock.LongestMove.TotalSeconds))
        {
            return new ControlOutcome.Mistake("Give days, hours, minutes or seconds; the sum is between 0 and ten years.");
        }

        clock.Advance(TimeSpan.FromSeconds(seconds));
        return new ControlOutcome.Done(new { Now = clock.GetUtcNow(), OffsetSeconds = clock.Offset.TotalSeconds });
    }

    public ControlOutcome CloseDay()
    {
        var now = clock.GetUtcNow();
        return new ControlOutcome.Done(new { Now = now, Taken = db.Write(session => Terms.CloseDay(session, now)) });
    }

    public ControlOutcome Pay(PaymentRequest request)
    {
        if (DemoMerchants.Find(request.Merchant) is not { } merchant)
        {
            return new ControlOutcome.Mistake("Unknown merchant.");
        }

        if (!merchant.Currencies.Contains(request.Currency) || !TryRead(request.Amount, request.Currency, out var amount) || amount.Minor == 0)
        {
            return new ControlOutcome.Mistake("The amount isn't an exact positive amount in a currency this merchant takes.");
        }

        if (request.Delay is not (null or 0 or 1))
        {
            return new ControlOutcome.Mistake("delay is 0 (one-stage) or 1 (two-stage).");
        }

        var points = Money.Zero(Merchant.Currency);
        if (request.Points.ValueKind != JsonValueKind.Undefined && !TryRead(request.Points, Merchant.Currency, out points))
        {
            return new ControlOutcome.Mistake("points is an exact amount in roubles.");
        }

        var cards = request.Abandon ? [] : (request.Cards ?? [request.Card ?? TestCard.All[0].Number]).Select(TestCard.Find).ToList();
        if (cards.Contains(null) || cards.Count > Payments.MostAttempts)
        {
            return new ControlOutcome.Mistake($"Test cards only, at most {Payments.MostAttempts}: no real card enters the sandbox.");
        }

        if (points.Minor > 0 && (!merchant.Spasibo || cards is not [.., { PointsMinor: not null }]))
        {
            return new ControlOutcome.Mistake("Points pay at 900003 with the card 4276000000000009 only.");
        }

        ResponseCode? forced = request.DemoResult is { } demo ? ResponseCode.FromWire(demo) : null;
        if (Text(request.Ordernumber).Length > LongestOrdernumber || Text(request.Comment).Length > LongestComment)
        {
            return new ControlOutcome.Mistake("ordernumber has at most 128 characters, comment at most 4000.");
        }

        var draft = new OrderDraft(
            merchant, Text(request.Ordernumber), amount, request.Delay is { } delay ? delay == 1 : merchant.TwoStageByDefault,
            new Customer(
                Text(request.Lastname, "Тестов"), Text(request.Firstname, "Тест"), Text(request.Middlename), Text(request.Email, "test@example.com")),
            Text(request.Comment), Text(request.Ip, "198.51.100.7"))
        {
            MaxPoints = points,
            Convert = request.IsConvert is not 0,
        };
        var now = clock.GetUtcNow();
        var order = db.Write(session =>
        {
            Terms.RunUntil(session, now);
            return points.Minor > 0 && Math.Min(PointsBank.Balance(session, cards[^1]!), amount.Minor - 1) < points.Minor
                ? null
                : Pay(session, draft.Ordernumber.Length > 0 ? draft : Shoppers.Numbered(session, draft), cards, forced, now);
        });
        return order is null
            ? new ControlOutcome.Mistake("There aren't so many points on the card's account, or they would pay for everything.")
            : new ControlOutcome.Done(new
            {
                order.Billnumber,
                State = order.State.Wire,
                Responsecode = order.Operations is [.., var last] ? last.ResponseCode.Wire : null,
                order.Ordernumber,
                Operations = order.Operations.Count,
            });
    }

    /// <summary>All or nothing. It takes seconds to minutes, so it has a thread of its own: the pool's go on answering.</summary>
    public async Task<ControlOutcome> BulkAsync(BulkRequest request, CancellationToken cancellationToken)
    {
        if (DemoMerchants.Find(request.Merchant) is not { } merchant || request.Orders is < 1 or > MostOrders || request.Days is < 1 or > 3_660)
        {
            return new ControlOutcome.Mistake("Give a known merchant, 1 to 1,000,000 orders and 1 to 3660 days.");
        }

        var started = clock.GetTimestamp();
        await Task.Factory.StartNew(
            () => db.Write(session =>
            {
                // Terms that are over belong to the present, and are announced; what follows is a made-up past.
                var now = clock.GetUtcNow();
                Terms.RunUntil(session, now);
                BulkSeed.Fill(session, merchant, request.Orders, request.Days, request.Seed, now, cancellationToken);
            }),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return new ControlOutcome.Done(new { request.Orders, Seconds = Math.Round(clock.GetElapsedTime(started).TotalSeconds, 1) });
    }

    public ControlOutcome SetTraffic(TrafficRequest request)
    {
        if (request.PerMinute is not (>= 0 and <= TrafficRate.Most))
        {
            return new ControlOutcome.Mistake($"perMinute is between 0 (nobody comes) and {TrafficRate.Most:0}.");
        }

        traffic.Set(request.PerMinute);
        return new ControlOutcome.Done(new { request.PerMinute });
    }

    /// <param name="request">What goes wrong.</param>
    /// <param name="connectionId">The connection of the caller, which may still get its answer when the listener closes.</param>
    /// <param name="cancellationToken">Gives up closing the listener.</param>
    public async Task<ControlOutcome> AddFaultAsync(FaultRequest request, string connectionId, CancellationToken cancellationToken)
    {
        if (request.Mode == RefuseConnection)
        {
            if (request.Service != FaultPlan.AnyService || !(request.Seconds > 0 && request.Seconds <= LongestPause.TotalSeconds))
            {
                return new ControlOutcome.Mistake("refuse-connection needs service * and seconds, at most 600: nothing can call it off meanwhile.");
            }

            await transport.PauseAsync(TimeSpan.FromSeconds(request.Seconds), connectionId, cancellationToken);
            return new ControlOutcome.Done(new { request.Service, request.Mode, request.Seconds });
        }

        if (request.Service is not { } service || (service != FaultPlan.AnyService && WebService.All.All(known => known.Name != service)))
        {
            return new ControlOutcome.Mistake($"service is * or one of {string.Join(", ", WebService.All.Select(known => known.Name))}.");
        }

        if (request.Mode is null || Fault.Parse(request.Mode) is not { } fault || request.Times < 1)
        {
            return new ControlOutcome.Mistake(
                "mode is drop-before, drop-after, late:SECONDS, delay:SECONDS, http-500, redirect, html, malformed, truncated, rate-limit, "
                + "decline:AS10n or refuse-connection; times is at least 1.");
        }

        faults.Add(service, fault, request.Times);
        return new ControlOutcome.Done(new { Faults = faults.Planned() });
    }

    public ControlOutcome ClearFaults()
    {
        faults.Clear();
        return new ControlOutcome.Done(new { Faults = faults.Planned() });
    }

    public ControlOutcome State() => db.Read(session => new ControlOutcome.Done(new
    {
        Now = clock.GetUtcNow(),
        OffsetSeconds = clock.Offset.TotalSeconds,
        Orders = session.Number("SELECT count(*) FROM orders"),
        Operations = session.Number("SELECT count(*) FROM operation"),
        States = session.Query("SELECT state, count(*) FROM orders GROUP BY state", row => (State: row.GetString(0), Count: row.GetInt64(1)))
            .ToDictionary(row => row.State, row => row.Count),
        QueuedTransactions = session.Number("SELECT count(*) FROM transact WHERE state = 'queued'"),
        LateCommands = late.Count,
        TrafficPerMinute = traffic.PerMinute,
        Faults = faults.Planned(),
    }));

    public ControlOutcome Truth(string billnumber) => db.Read(session =>
        Billnumber.TryParse(billnumber, out var parsed) && OrderTable.Find(session, parsed.Order) is { } order
            ? new ControlOutcome.Done(OrderTruth.Of(session, order))
            : (ControlOutcome)new ControlOutcome.Unknown("No such order."));

    private static Order Pay(Session session, OrderDraft draft, List<TestCard?> cards, ResponseCode? forced, DateTimeOffset now)
    {
        var order = Payments.Create(session, draft, now);
        for (var i = 0; i < cards.Count && order.Operations.All(operation => operation.Status == OperationStatus.Failed); i++)
        {
            var isLast = i == cards.Count - 1;
            order = Payments.Attempt(
                session, order, cards[i]!, isLast ? forced : null, now, isLast && order.MaxPoints.Minor > 0 ? Points.Offer(session, order, cards[i]!) : null);
        }

        return cards.Count > 0 && order.Operations.All(operation => operation.Status == OperationStatus.Failed)
            ? Payments.GiveUp(session, order)
            : order;
    }

    private static bool TryRead(JsonElement amount, string currency, out Money money) =>
        Money.TryParse(amount.ValueKind == JsonValueKind.String ? amount.GetString() : amount.GetRawText(), currency, out money);

    /// <summary>Hostile text is welcome here; only what XML can't carry is left out.</summary>
    private static string Text(string? text, string otherwise = "") =>
        string.Concat((text ?? otherwise).EnumerateRunes().Where(rune =>
            rune.Value is '\t' or '\n' or '\r' or >= 0x20 and not (0xFFFD or 0xFFFE or 0xFFFF)).Select(rune => rune.ToString()));
}
