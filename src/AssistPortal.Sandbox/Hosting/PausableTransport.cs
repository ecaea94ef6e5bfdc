using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace AssistPortal.Sandbox.Hosting;

/// <summary>
/// The sandbox's sockets, which can be closed for a while: meanwhile a caller is refused at the door, as when the gateway is down. The same
/// port opens again afterwards.
/// </summary>
internal sealed class PausableTransport(IConnectionListenerFactory sockets, TimeProvider clock) : IConnectionListenerFactory
{
    private readonly ConcurrentBag<Listener> _listeners = [];

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = new Listener(sockets, clock, await sockets.BindAsync(endpoint, cancellationToken));
        _listeners.Add(listener);
        return listener;
    }

    /// <summary>Closes every listener and every connection but one, and opens the listeners again when the time is over.</summary>
    /// <param name="wait">How long to stay closed, in real time.</param>
    /// <param name="spared">Id of the connection that may still answer.</param>
    /// <param name="cancellationToken">Ends the closing, not the pause.</param>
    public async Task PauseAsync(TimeSpan wait, string spared, CancellationToken cancellationToken)
    {
        foreach (var listener in _listeners)
        {
            await listener.PauseAsync(wait, spared, cancellationToken);
        }
    }

    private sealed class Listener(IConnectionListenerFactory sockets, TimeProvider clock, IConnectionListener first) : IConnectionListener
    {
        private readonly ConcurrentDictionary<string, ConnectionContext> _connections = new(StringComparer.Ordinal);
        private readonly CancellationTokenSource _stopped = new();
        private IConnectionListener _open = first;
        private volatile Task? _pause;

        public EndPoint EndPoint { get; } = first.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (true)
            {
                if (await _open.AcceptAsync(cancellationToken) is { } connection)
                {
                    _connections[connection.ConnectionId] = connection;
                    connection.ConnectionClosed.Register(() => _connections.TryRemove(connection.ConnectionId, out _));
                    return connection;
                }

                if (_pause is not { } pause || !await OpenAgainAsync(pause, cancellationToken))
                {
                    return null;
                }
            }
        }

        public async Task PauseAsync(TimeSpan wait, string spared, CancellationToken cancellationToken)
        {
            _pause = Task.Delay(wait, clock, _stopped.Token);
            await _open.UnbindAsync(cancellationToken);
            foreach (var (id, connection) in _connections)
            {
                if (id != spared)
                {
                    connection.Abort(new ConnectionAbortedException("The listener is closed for a while."));
                }
            }
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            await _stopped.CancelAsync();
            await _open.UnbindAsync(cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await _stopped.CancelAsync();
            await _open.DisposeAsync();
            _stopped.Dispose();
        }

        private async Task<bool> OpenAgainAsync(Task pause, CancellationToken cancellationToken)
        {
            try
            {
                await pause;
            }
            catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
            {
                return false;
            }

            _pause = null;
            await _open.DisposeAsync();
            _open = await sockets.BindAsync(EndPoint, cancellationToken);
            if (_stopped.IsCancellationRequested)
            {
                await _open.DisposeAsync();
                return false;
            }

            return true;
        }
    }
}
