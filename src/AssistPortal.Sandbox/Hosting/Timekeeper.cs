using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Faults;
using AssistPortal.Sandbox.Store;
using Microsoft.Data.Sqlite;

namespace AssistPortal.Sandbox.Hosting;

/// <summary>Lets what is due happen: every second, and at once when the clock was moved.</summary>
internal sealed partial class Timekeeper(SandboxDb db, SandboxClock clock, LateCommands late, ILogger<Timekeeper> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private readonly Lock _running = new();

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        clock.Moved += OnMoved;
        TryRunDue();
        return base.StartAsync(cancellationToken);
    }

    /// <summary>The web server has stopped before: what was cut off and promised for later is done now, not lost.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        clock.Moved -= OnMoved;
        await base.StopAsync(cancellationToken);
        late.RunAll(clock.GetUtcNow());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            TryRunDue();
        }
    }

    private void OnMoved(object? sender, EventArgs e) => RunDue();

    /// <summary>A full disk puts off what is due, not the host: it is due at the next tick still.</summary>
    private void TryRunDue()
    {
        try
        {
            RunDue();
        }
        catch (SqliteException failure)
        {
            PutOff(log, failure);
        }
    }

    /// <summary>One at a time: whoever moved the clock comes back when everything due is done, whichever thread did it.</summary>
    private void RunDue()
    {
        lock (_running)
        {
            var now = clock.GetUtcNow();
            late.RunUntil(now);
            db.Write(session => Terms.RunUntil(session, now));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What is due was put off: the database failed.")]
    private static partial void PutOff(ILogger logger, Exception failure);
}
