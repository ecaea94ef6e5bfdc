using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Faults;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.Hosting;

/// <summary>Lets what is due happen: every second, and at once when the clock was moved.</summary>
internal sealed class Timekeeper(SandboxDb db, SandboxClock clock, LateCommands late) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private readonly Lock _running = new();

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        clock.Moved += OnMoved;
        RunDue();
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
            RunDue();
        }
    }

    private void OnMoved(object? sender, EventArgs e) => RunDue();

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
}
