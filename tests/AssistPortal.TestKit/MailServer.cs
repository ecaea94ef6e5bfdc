using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using MimeKit;

namespace AssistPortal.TestKit;

/// <summary>A mail server on a port of its own that keeps what it takes and refuses what it is told to.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<MimeMessage> _taken = new();
    private readonly ConcurrentQueue<Func<string, string?>> _troubles = new();
    private readonly List<MimeMessage> _unread = [];
    private readonly Channel<MimeMessage> _arrivals = Channel.CreateUnbounded<MimeMessage>();
    private readonly Task _listening;

    public MailServer()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _listening = ListenAsync();
    }

    public int Port { get; }

    /// <summary>Everything taken so far.</summary>
    public IReadOnlyCollection<MimeMessage> Taken => _taken;

    /// <summary>The portal's settings for it.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Settings =>
    [
        new("Mail:Host", "127.0.0.1"), new("Mail:Port", $"{Port}"), new("Mail:Tls", "None"),
        new("Mail:From", "AssistPortal <portal@shop.test>"), new("Mail:PortalAddress", "https://portal.test"),
    ];

    /// <summary>The next message whose letters begins with the verb gets this answer; each refusal serves once.</summary>
    public void Refuse(string verb, string answer) => _troubles.Enqueue(line => line.StartsWith(verb, StringComparison.OrdinalIgnoreCase) ? answer : null);

    /// <summary>Takes the next letter and hangs up before it says so: what a crash between the server's yes and its being read looks like.</summary>
    public void TakeAndHangUp() => _troubles.Enqueue(line => line == "." ? "" : null);

    /// <summary>The next letter to the address, with the subject when one is named, whenever it comes.</summary>
    public async Task<MimeMessage> NextAsync(string to, CancellationToken cancellationToken, string? subject = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Until.Patience);
        bool Fits(MimeMessage message) =>
            message.To.Mailboxes.Any(mailbox => string.Equals(mailbox.Address, to, StringComparison.OrdinalIgnoreCase)) && (subject ?? message.Subject) == message.Subject;

        // Letters to several people come in any order: what isn't asked for now is kept for who asks later.
        while (true)
        {
            if (_unread.FindIndex(Fits) is var index and >= 0)
            {
                var message = _unread[index];
                _unread.RemoveAt(index);
                return message;
            }

            _unread.Add(await _arrivals.Reader.ReadAsync(patience.Token));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _listening;
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                talks.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            // Latin-1 keeps every byte, whatever the letter's encoding.
            using var reader = new StreamReader(stream, Encoding.Latin1);
            async Task SayAsync(string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\n"), _stop.Token);

            await SayAsync("220 mail.test");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase) && Trouble(line) is null)
                {
                    await SayAsync("354 go ahead");
                    await TakeAsync(reader);
                    line = ".";
                }

                switch (Trouble(line, use: true) ?? Usual(line))
                {
                    case "":
                        return;
                    case var answer:
                        await SayAsync(answer);
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The portal hung up, or the test is over.
        }
    }

    private async Task TakeAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
        {
            text.Append(line is ['.', ..] ? line[1..] : line).Append("\r\n");
        }

        using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
        var message = await MimeMessage.LoadAsync(bytes, _stop.Token);
        _taken.Enqueue(message);
        _arrivals.Writer.TryWrite(message);
    }

    private string? Trouble(string line, bool use = false)
    {
        var answer = _troubles.TryPeek(out var trouble) ? trouble(line) : null;
        if (answer is not null && use)
        {
            _troubles.TryDequeue(out var _);
        }

        return answer;
    }

    private static string Usual(string line) => line.Split(' ', ':')[0].ToUpperInvariant() switch
    {
        "EHLO" => "250-mail.test\r\n250 8BITMIME",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };
}
