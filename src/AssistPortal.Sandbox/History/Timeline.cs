using AssistPortal.Sandbox.Engine;
using AssistPortal.Sandbox.Store;

namespace AssistPortal.Sandbox.History;

/// <summary>
/// A past made up event by event in the order of time, with the terms and day closes between them: the engine can't tell it from a past
/// that was lived through.
/// </summary>
internal sealed class Timeline(Session session)
{
    private readonly PriorityQueue<Action<DateTimeOffset>, (DateTimeOffset At, int Number)> _events = new();
    private int _number;
    private DateTimeOffset? _nextClose;

    public void At(DateTimeOffset at, Action<DateTimeOffset> happens) => _events.Enqueue(happens, (at, _number++));

    /// <summary>Lets everything happen up to then; what was planned for later doesn't happen.</summary>
    public void PlayUntil(DateTimeOffset until)
    {
        session.IsHistory = true;
        while (_events.TryPeek(out var happens, out var next) && next.At <= until)
        {
            _events.Dequeue();
            Pass(next.At);
            happens(next.At);
        }

        Pass(until);
    }

    private void Pass(DateTimeOffset until)
    {
        for (_nextClose ??= Terms.NextClose(until); _nextClose <= until; _nextClose = Terms.NextClose(_nextClose.Value))
        {
            Terms.RunOrdersUntil(session, _nextClose.Value);
            Terms.CloseDay(session, _nextClose.Value);
        }

        Terms.RunOrdersUntil(session, until);
    }
}
