using System.Globalization;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox;

/// <summary>
/// The sandbox's clock: the system's, moved forward by an offset that is kept in the sandbox's database, so that a restart doesn't move
/// time back. The embedding portal registers the same instance as its own <see cref="TimeProvider"/>. Timers run in real time.
/// </summary>
public sealed class SandboxClock : TimeProvider
{
    private const string OffsetSetting = "clock_offset_ticks";
    private readonly SandboxDb _db;
    private readonly Lock _gate = new();
    private long _offsetTicks;

    private SandboxClock(SandboxDb db, long offsetTicks)
    {
        _db = db;
        _offsetTicks = offsetTicks;
    }

    /// <summary>Raised after the clock was moved, on the thread that moved it: whoever keeps terms works them off before Advance returns.</summary>
    public event EventHandler? Moved;

    /// <summary>How far the clock is ahead of the system's.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    /// <summary>Opens the clock of a data folder with the offset saved there.</summary>
    public static SandboxClock Open(string dataDirectory)
    {
        var db = new SandboxDb(dataDirectory);
        var saved = db.Read(session => Settings.Get(session, OffsetSetting));
        return new SandboxClock(db, saved is null ? 0 : long.Parse(saved, CultureInfo.InvariantCulture));
    }

    /// <summary>System time plus offset, UTC.</summary>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

    /// <summary>Moves the clock forward, saves the offset and lets the terms that are over fire.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Time doesn't run backwards, and a move is at most ten years.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(by, LongestMove);
        lock (_gate)
        {
            var offset = Offset + by;
            _db.Write(session => Settings.Set(session, OffsetSetting, offset.Ticks.ToString(CultureInfo.InvariantCulture)));
            Interlocked.Exchange(ref _offsetTicks, offset.Ticks);
        }

        Moved?.Invoke(this, EventArgs.Empty);
    }

    internal static readonly TimeSpan LongestMove = TimeSpan.FromDays(3660);
}
