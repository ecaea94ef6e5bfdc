namespace AssistPortal.Sandbox.Hosting;

/// <summary>How many buyers a minute come by themselves. It may change at any time; a restart begins with the start option's.</summary>
internal sealed class TrafficRate(double perMinute)
{
    public const double Most = 6_000;

    private readonly Lock _gate = new();
    private double _perMinute = perMinute;
    private TaskCompletionSource _changed = NewSignal();

    public double PerMinute
    {
        get
        {
            lock (_gate)
            {
                return _perMinute;
            }
        }
    }

    /// <summary>The rate, and what ends when it is set anew.</summary>
    public (double PerMinute, Task Changed) Current()
    {
        lock (_gate)
        {
            return (_perMinute, _changed.Task);
        }
    }

    public void Set(double perMinute)
    {
        lock (_gate)
        {
            _perMinute = perMinute;
            _changed.SetResult();
            _changed = NewSignal();
        }
    }

    /// <summary>Those who wait go on elsewhere, not under the lock.</summary>
    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
