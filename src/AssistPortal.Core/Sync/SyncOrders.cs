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

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(merchants.All.Select(merchant => KeepFreshAsync(merchant, stoppingToken)));

    private async Task KeepFreshAsync(Merchant merchant, CancellationToken stoppingToken)
    {
        // SQLite works on the caller's thread; merchants begin side by side all the same.
        await Task.Yield();
        var pace = new SyncPace(options.Value);
        try
        {
            while (true)
            {
                await Task.Delay(pace.After(await TryAsync(merchant, stoppingToken)), time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops; the cursor says where to go on.
        }
    }

    private async Task<ExchangeEnd> TryAsync(Merchant merchant, CancellationToken stoppingToken)
    {
        try
        {
            if (await exchange.RunAsync(merchant, stoppingToken) is not { } failure)
            {
                return ExchangeEnd.Fresh;
            }

            if (failure is GatewayFailure.Mistrusted)
            {
                Alarm(logger, merchant.Id);
            }
            else
            {
                Behind(logger, merchant.Id, failure.Brief);
            }

            return failure switch
            {
                GatewayFailure.Refused { Code.First: RateClass } => ExchangeEnd.TooOften,
                GatewayFailure.Refused => ExchangeEnd.Refused,
                _ => ExchangeEnd.Failed,
            };
        }
#pragma warning disable CA1031 // Whatever ails the database now, the exchange must go on when it is well again.
        catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Broken(logger, exception, merchant.Id);
            return ExchangeEnd.Failed;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Orders of merchant {MerchantId} are behind: {Cause}")]
    private static partial void Behind(ILogger logger, int merchantId, string cause);

    [LoggerMessage(LogLevel.Error, "The exchange of orders for merchant {MerchantId} failed")]
    private static partial void Broken(ILogger logger, Exception exception, int merchantId);

    [LoggerMessage(LogLevel.Error, "An answer for merchant {MerchantId} has a wrong checkvalue and isn't used: check the secret word, and who answers in the gateway's place")]
    private static partial void Alarm(ILogger logger, int merchantId);
}
