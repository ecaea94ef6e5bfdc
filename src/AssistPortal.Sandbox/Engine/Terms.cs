using System.Globalization;
using AssistPortal.Protocol;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Engine;

/// <summary>
/// What happens by itself as time passes, each thing at the instant it was due and in that order: payment time-outs, answers that were
/// pending, automatic cancellations, the close of the processing centre's business day.
/// </summary>
internal static class Terms
{
    public static readonly TimeSpan PaymentTimeout = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan PendingAnswer = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan ConfirmWithin = TimeSpan.FromDays(4);
    public static readonly TimeSpan CancelAfter = TimeSpan.FromDays(7);

    /// <summary>The business day closes at midnight in Moscow.</summary>
    private static readonly TimeSpan DayCloseUtc = TimeSpan.FromHours(21);

    private const string ClosedUntilSetting = "day_closed_until_ms";

    public static void RunUntil(Session session, DateTimeOffset until)
    {
        for (var close = NextClose(ClosedUntil(session) ?? Start(session, until)); close <= until; close = NextClose(close))
        {
            RunOrdersUntil(session, close);
            CloseDay(session, close);
            SetClosedUntil(session, close);
        }

        RunOrdersUntil(session, until);
    }

    public static void RunOrdersUntil(Session session, DateTimeOffset until)
    {
        while (OrderTable.NextDue(session, until) is { DueAt: { } at } order)
        {
            if (order.State == OrderState.Delayed)
            {
                Cancellations.CancelAutomatically(session, order, at);
            }
            else if (Payments.AwaitsAnswer(order))
            {
                Payments.FinishPending(session, order, at);
            }
            else
            {
                Payments.TimeOut(session, order, at);
            }
        }
    }

    /// <summary>Closes the business day now.</summary>
    /// <returns>How many financial transactions the batch took.</returns>
    public static int CloseDay(Session session, DateTimeOffset at)
    {
        var taken = ProcessingCentre.CloseDay(session, at);
        TransactionTable.BatchWent(session, at);
        return taken;
    }

    public static DateTimeOffset NextClose(DateTimeOffset after)
    {
        var close = new DateTimeOffset(after.UtcDateTime.Date, TimeSpan.Zero) + DayCloseUtc;
        return close > after ? close : close.AddDays(1);
    }

    private static DateTimeOffset Start(Session session, DateTimeOffset now)
    {
        SetClosedUntil(session, now);
        return now;
    }

    private static DateTimeOffset? ClosedUntil(Session session) =>
        Settings.Get(session, ClosedUntilSetting) is { } text
            ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture))
            : null;

    private static void SetClosedUntil(Session session, DateTimeOffset at) =>
        Settings.Set(session, ClosedUntilSetting, at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
}
