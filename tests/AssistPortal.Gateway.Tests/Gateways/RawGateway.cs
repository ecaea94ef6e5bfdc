using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AssistPortal.Gateway.Tests.Gateways;

/// <summary>A bare TCP server for what no well-behaved server does. The script gets each connection and its number, from 1.</summary>
public sealed class RawGateway : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _connections;
    private int _requests;

    public RawGateway(Func<RawGateway, NetworkStream, int, Task> script)
    {
        _listener.Start();
        _accepting = AcceptAsync(script);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Requests read whole, over all connections.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Reads one request with its body.</summary>
    public async Task ReadRequestAsync(NetworkStream stream)
    {
        var received = new StringBuilder();
        var buffer = new byte[8192];
        while (!IsWhole(received.ToString()))
        {
            var count = await stream.ReadAsync(buffer, _stop.Token);
            if (count == 0)
            {
                throw new IOException("The client hung up.");
            }

            received.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        Interlocked.Increment(ref _requests);
    }

    public Task WriteAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), _stop.Token).AsTask();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private static bool IsWhole(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var length = request[..end].Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1];
        return request.Length - end - 4 >= int.Parse(length, System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task AcceptAsync(Func<RawGateway, NetworkStream, int, Task> script)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                serving.Add(ServeAsync(client, script, Interlocked.Increment(ref _connections)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client, Func<RawGateway, NetworkStream, int, Task> script, int number)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                await script(this, stream, number);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The client went away or the test is over: both are what these tests are about.
            }
        }
    }
}
