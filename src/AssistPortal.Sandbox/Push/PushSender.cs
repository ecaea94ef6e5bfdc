using System.Text;

namespace AssistPortal.Sandbox.Push;

/// <summary>One attempt over HTTP: no redirect is followed, no cookie kept, no proxy asked, the whole answer within five seconds.</summary>
internal sealed class PushSender(SandboxClock clock) : IDisposable
{
    private const int CharactersKept = 2_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <exception cref="OperationCanceledException">The caller gave up; what the receiver did meanwhile isn't known.</exception>
    public async Task<(PushAttempt Attempt, bool Accepted)> SendAsync(PushRow row, string url, string expected, CancellationToken cancellationToken)
    {
        var (at, started) = (clock.GetUtcNow(), clock.GetTimestamp());
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        int? status = null;
        byte[] reply = [];
        PushVerdict verdict;
        try
        {
            using var request = Request(row, url);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            status = (int)response.StatusCode;
            reply = await ReadAsync(response, either.Token);
            verdict = PushReply.Judge(row, expected, status.Value, reply);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            verdict = PushVerdict.Refused("No whole answer within 5 seconds.");
        }
        catch (HttpRequestException failure)
        {
            verdict = PushVerdict.Refused($"The receiver can't be reached: {failure.HttpRequestError}.");
        }
        catch (IOException)
        {
            verdict = PushVerdict.Refused("The connection broke in the middle of the answer.");
        }

        var milliseconds = (long)clock.GetElapsedTime(started).TotalMilliseconds;
        return (new PushAttempt(at, milliseconds, status, verdict.Words, Beginning(reply)), verdict.Accepted);
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Request(PushRow row, string url)
    {
        var soap = row.Protocol == PushProtocol.Soap;
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(row.Body, Encoding.UTF8, soap ? "text/xml" : "application/x-www-form-urlencoded"),
        };
        if (soap)
        {
            request.Headers.Add("SOAPAction", "\"http://www.paysecure.ru/ws/PushPaymentResult\"");
        }

        return request;
    }

    /// <summary>The answer, or a little more than the longest one that is looked at.</summary>
    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[PushReply.LongestBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer[..length];
    }

    private static string Beginning(byte[] reply)
    {
        var text = Encoding.UTF8.GetString(reply);
        return text.Length > CharactersKept ? text[..CharactersKept] : text;
    }
}
