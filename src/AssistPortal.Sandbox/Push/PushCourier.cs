using System.Collections.Concurrent;
using System.Threading.Channels;
using AssistPortal.Sandbox.Merchants;
using AssistPortal.Sandbox.Store;
using Microsoft.Data.Sqlite;

namespace AssistPortal.Sandbox.Push;

/// <summary>
/// Delivers the outbox: at once when a result is put into it, again as the pauses end on the sandbox's clock. Several orders travel at the
/// same time, a few of each merchant so that a slow receiver holds up nobody else; the results of one order go one after the other.
/// </summary>
internal sealed partial class PushCourier(SandboxDb db, SandboxClock clock, PushSender sender, ILogger<PushCourier> log) : BackgroundService
{
    private const int AtOncePerMerchant = 8;
    private const string SwitchedOff = "The push is switched off for this merchant.";
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(10);

    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentQueue<long> _back = new();

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        db.NewsWaiting += OnNews;
        clock.Moved += OnNews;
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        db.NewsWaiting -= OnNews;
        clock.Moved -= OnNews;
        await base.StopAsync(cancellationToken);
    }

    /// <summary>Only this loop starts deliveries, so it alone knows which orders are on their way.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var underway = new Dictionary<long, (int MerchantId, Task Delivery)>();
        await using var timer = clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Ring();
        try
        {
            while (await _bell.Reader.WaitToReadAsync(stoppingToken))
            {
                _bell.Reader.TryRead(out _);
                while (_back.TryDequeue(out var orderId) && underway.Remove(orderId, out var order))
                {
                    await order.Delivery;
                }

                timer.Change(TakeOff(underway, stoppingToken) ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
        finally
        {
            await Task.WhenAll(underway.Values.Select(order => order.Delivery));
        }
    }

    private void OnNews(object? sender, EventArgs e) => Ring();

    private void Ring() => _bell.Writer.TryWrite(true);

    /// <returns>After how long something that isn't due yet will be.</returns>
    private TimeSpan? TakeOff(Dictionary<long, (int MerchantId, Task Delivery)> underway, CancellationToken stoppingToken)
    {
        var now = clock.GetUtcNow();
        try
        {
            var (due, next) = db.Read(session => (
                DemoMerchants.All.SelectMany(merchant => PushOutbox.Due(session, merchant.Id, now, 2 * AtOncePerMerchant)).ToList(),
                PushOutbox.NextDue(session, now)));
            foreach (var row in due)
            {
                if (!underway.ContainsKey(row.OrderId) && underway.Values.Count(order => order.MerchantId == row.MerchantId) < AtOncePerMerchant)
                {
                    underway.Add(row.OrderId, (row.MerchantId, DeliverAsync(row, stoppingToken)));
                }
            }

            return next is { } at ? at - now : null;
        }
        catch (SqliteException failure)
        {
            // A database that can't be read for a while mustn't end the host; nothing was taken.
            Unreadable(log, failure);
            return AfterTrouble;
        }
    }

    private async Task DeliverAsync(PushRow row, CancellationToken stoppingToken)
    {
        try
        {
            await Task.Yield();
            var setting = db.Read(session => PushSetting.Find(session, row.MerchantId));
            var (attempt, accepted) = setting is { Url: { } url }
                ? await sender.SendAsync(row, url, setting.Reply, stoppingToken)
                : (new PushAttempt(clock.GetUtcNow(), 0, null, SwitchedOff, ""), false);
            var state = db.Write(session => PushOutbox.Note(session, row, attempt, accepted, hopeless: setting?.Url is null));
            Tried(log, row.Id, row.Billnumber.ToString(), attempt.HttpStatus, attempt.Milliseconds, state);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Nothing is noted: the next start delivers the row.
        }
        catch (SqliteException failure)
        {
            // The row is still due. Its order stays taken for a while, so that the receiver isn't flooded.
            NotNoted(log, row.Id, failure);
            await Task.Delay(AfterTrouble, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _back.Enqueue(row.OrderId);
            Ring();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Push {Id} of operation {Billnumber}: HTTP {HttpStatus} after {Milliseconds} ms, {State}.")]
    private static partial void Tried(ILogger logger, long id, string billnumber, int? httpStatus, long milliseconds, string state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What became of push {Id} couldn't be noted; it will be delivered again.")]
    private static partial void NotNoted(ILogger logger, long id, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox couldn't be read.")]
    private static partial void Unreadable(ILogger logger, Exception failure);
}
