using AssistPortal.Core.Merchants;
using AssistPortal.Gateway;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Sync;

/// <summary>Keeps the copy fresh: every merchant by itself, so that trouble with one never stops another.</summary>
internal sealed partial class SyncOrders(SyncMerchant exchange, MerchantDirectory merchants, IOptions<SyncOptions> options, TimeProvider time, ILogger<SyncOrders> logger) : BackgroundService
{
    private const int RateClass = 17;
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(merchants.All.Select(merchant => KeepFreshAsync(merchant, stoppingToken)));

    private async Task KeepFreshAsync(Merchant merchant, CancellationToken stoppingToken)
    {
        // SQLite works on the caller's thread; merchants begin side by side all the same.
        await Task.Yield();
        var pause = options.Value.Interval;
        try
        {
            while (true)
            {
                pause = Next(pause, await TryAsync(merchant, stoppingToken));
                await Task.Delay(pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops; the cursor says where to go on.
        }
    }

    private async Task<Outcome> TryAsync(Merchant merchant, CancellationToken stoppingToken)
    {
        try
        {
            if (await exchange.RunAsync(merchant, stoppingToken) is not { } failure)
            {
                return Outcome.Fresh;
            }

            Behind(logger, merchant.Id, failure.Brief);
            return failure is GatewayFailure.Refused { Code.First: RateClass } ? Outcome.TooOften : Outcome.Failed;
        }
#pragma warning disable CA1031 // Whatever ails the database now, the exchange must go on when it is well again.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Broken(logger, exception, merchant.Id);
            return Outcome.Failed;
        }
    }

    private TimeSpan Next(TimeSpan pause, Outcome outcome) => outcome switch
    {
        Outcome.Fresh => options.Value.Interval,
        Outcome.TooOften => Shorter(pause * 2, options.Value.LongestPause),

        // Jitter, so that all merchants don't come back in the same moment.
        _ => Shorter(pause * (1.5 + Random.Shared.NextDouble()), Longer(LongestBackOff, options.Value.Interval)),
    };

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private enum Outcome
    {
        Fresh,
        TooOften,
        Failed,
    }

    [LoggerMessage(LogLevel.Warning, "Orders of merchant {MerchantId} are behind: {Cause}")]
    private static partial void Behind(ILogger logger, int merchantId, string cause);

    [LoggerMessage(LogLevel.Error, "The exchange of orders for merchant {MerchantId} failed")]
    private static partial void Broken(ILogger logger, Exception exception, int merchantId);
}
