namespace AssistPortal.TestKit;

/// <summary>Waits for a real state that gives no signal of its own: reads it again and again until it fits or the time is over.</summary>
public static class Until
{
    /// <summary>Long enough for a busy two-core machine; a test that waits this long has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Reads until the state fits and returns it.</summary>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="read">Reads the state.</param>
    /// <param name="fits">Whether it is the one waited for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="within">How long; <see cref="Patience"/> when not given.</param>
    /// <exception cref="TimeoutException">It never fitted; the message tells the last state read.</exception>
    public static async Task<T> Async<T>(
        string what, Func<CancellationToken, Task<T>> read, Func<T, bool> fits, CancellationToken cancellationToken, TimeSpan? within = null)
    {
        var patience = within ?? Patience;
        var start = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        while (true)
        {
            var state = await read(cancellationToken);
            if (fits(state))
            {
                return state;
            }

            if (TimeProvider.System.GetElapsedTime(start) > patience)
            {
                throw new TimeoutException($"Not within {patience.TotalSeconds:0.#} s: {what}. Last state: {state}");
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Reads until the condition holds.</summary>
    /// <inheritdoc cref="Async{T}"/>
    public static Task Async(string what, Func<CancellationToken, Task<bool>> holds, CancellationToken cancellationToken, TimeSpan? within = null) =>
        Async(what, holds, state => state, cancellationToken, within);
}
