using AssistPortal.Sandbox.History;
using AssistPortal.Sandbox.Store;
using Microsoft.Data.Sqlite;

namespace AssistPortal.Sandbox.Hosting;

/// <summary>Buyers who come by themselves, about so many a minute.</summary>
internal sealed partial class LiveTraffic(
    SandboxDb db, SandboxClock clock, double perMinute, ILogger<LiveTraffic> log) : BackgroundService
{
    private readonly Shoppers _shoppers = new(new Random());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(_shoppers.NextArrival(perMinute), clock, stoppingToken);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "A live buyer was lost: the database didn't take the payment.")]
    private static partial void LostBuyer(ILogger logger, Exception failure);
}
