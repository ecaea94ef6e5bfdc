using AssistPortal.Sandbox.History;
using AssistPortal.Sandbox.Store;
using Microsoft.Data.Sqlite;

namespace AssistPortal.Sandbox.Hosting;

/// <summary>Buyers who come by themselves, about so many a minute.</summary>
internal sealed partial class LiveTraffic(SandboxDb db, SandboxClock clock, TrafficRate rate, ILogger<LiveTraffic> log) : BackgroundService
{
    private readonly Shoppers _shoppers = new(new Random());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            if (!await BuyerComesAsync(stoppingToken))
            {
                continue;
            }

            try
            {
                var now = clock.GetUtcNow();
                db.Write(session => _shoppers.ComeAndPay(session, now));
            }
            catch (SqliteException failure)
            {
                // A full disk or a locked file costs a made-up buyer, not the host.
                LostBuyer(log, failure);
            }
        }
    }

    /// <summary>Waits for the next buyer.</summary>
    /// <returns>False when the rate was set anew first, and there is another time to wait.</returns>
    private async Task<bool> BuyerComesAsync(CancellationToken stoppingToken)
    {
        var (perMinute, changed) = rate.Current();
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var arrival = Task.Delay(perMinute > 0 ? _shoppers.NextArrival(perMinute) : Timeout.InfiniteTimeSpan, clock, waiting.Token);
        var first = await Task.WhenAny(arrival, changed);
        await waiting.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
        return first == arrival;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A live buyer was lost: the database didn't take the payment.")]
    private static partial void LostBuyer(ILogger logger, Exception failure);
}
