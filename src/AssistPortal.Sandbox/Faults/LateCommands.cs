namespace AssistPortal.Sandbox.Faults;

/// <summary>Requests whose caller has been cut off and that are carried out later, each exactly once.</summary>
internal sealed class LateCommands
{
    private readonly PriorityQueue<Action<DateTimeOffset>, DateTimeOffset> _waiting = new();
    private readonly Lock _gate = new();

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    public void Add(DateTimeOffset due, Action<DateTimeOffset> carryOut)
    {
        lock (_gate)
        {
            _waiting.Enqueue(carryOut, due);
        }
    }

    /// <summary>Carries out what is due, each at the instant it was due.</summary>
    public void RunUntil(DateTimeOffset until)
    {
        while (Next(until) is { } next)
        {
            next.CarryOut(next.Due);
        }
    }

    /// <summary>Carries out everything now: the sandbox stops.</summary>
    public void RunAll(DateTimeOffset now)
    {
        while (Next(DateTimeOffset.MaxValue) is { } next)
        {
            next.CarryOut(now);
        }
    }

    private (Action<DateTimeOffset> CarryOut, DateTimeOffset Due)? Next(DateTimeOffset until)
    {
        lock (_gate)
        {
            return _waiting.TryPeek(out _, out var due) && due <= until ? (_waiting.Dequeue(), due) : null;
        }
    }
}
