using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Actions;

/// <summary>When the worker looks at an action again.</summary>
internal sealed class Timetable(IOptions<ActionOptions> options, TimeProvider time)
{
    /// <summary>The shortest wait.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait of an action that can't be sent yet.</summary>
    public static readonly TimeSpan LongestQueueWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestRefreshWait = TimeSpan.FromMinutes(15);

    // After that the regular exchange, not the action, keeps the copy.
    private static readonly TimeSpan RefreshFor = TimeSpan.FromDays(1);

    /// <summary>Puts the action off; nothing is claimed.</summary>
    public IReadOnlyList<int> Later(MoneyAction action, string? detail, DateTimeOffset next)
    {
        action.Wait(detail, time.GetUtcNow(), next);
        return [];
    }

    /// <summary>The next look at a settled action whose copy isn't up to date yet.</summary>
    public DateTimeOffset NextRefresh(MoneyAction action, DateTimeOffset now) =>
        now - action.StateAt > RefreshFor ? MoneyAction.Never : Next(action, now, LongestRefreshWait);

    /// <summary>Waits grow with the time the action has been in its state, and the end of the settling time is never slept through.</summary>
    public DateTimeOffset Next(MoneyAction action, DateTimeOffset now, TimeSpan longest)
    {
        var wait = TimeSpan.FromTicks(Math.Clamp((now - action.StateAt).Ticks / 2, Math.Min(FirstWait.Ticks, longest.Ticks), longest.Ticks));
        var settledAt = action.SentAt + options.Value.SettlingTime;
        return action.State == ActionState.OutcomeUnknown && settledAt > now && settledAt < now + wait ? settledAt.Value : now + wait;
    }
}
