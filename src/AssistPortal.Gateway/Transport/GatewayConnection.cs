using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Polly.Timeout;

namespace AssistPortal.Gateway;

/// <summary>Carries requests to the gateway and bodies back: queries with retries, commands once.</summary>
internal sealed class GatewayConnection(IHttpClientFactory clients, IOptions<AssistOptions> options)
{
    /// <summary>Named client of queries.</summary>
    public const string QueryClient = "assist-query";

    /// <summary>Named client of commands.</summary>
    public const string CommandClient = "assist-command";

    /// <summary>The largest answer that is read: far above a day of operations, far below what hurts.</summary>
    public const int MaxAnswerBytes = 64 << 20;

    /// <summary>Asks, repeating what may be repeated.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Reply> AskAsync(Service service, HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(QueryClient, service, content, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return Failed(exception, NeverConnected(exception));
        }
        catch (TimeoutRejectedException)
        {
            return Failed(nothingSent: false, "time-out");
        }
    }

    /// <summary>Sends a command once; the caller's giving up is an outcome like any other.</summary>
    public async Task<Reply> CommandAsync(Service service, HttpContent body, CancellationToken cancellationToken)
    {
        using var content = new CommandContent(body);
        try
        {
            return await SendAsync(CommandClient, service, content, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return Failed(exception, !content.HasLeft);
        }
        catch (OperationCanceledException)
        {
            return Failed(!content.HasLeft, cancellationToken.IsCancellationRequested ? "given up by the caller" : "time-out");
        }
    }

    private async Task<Reply> SendAsync(string client, Service service, HttpContent content, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(client);
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(service)) { Content = content };
        request.Headers.ConnectionClose = client == CommandClient ? true : null;
        using var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return new Reply.Failed(new GatewayFailure.Transport(NothingSent: false, (int)response.StatusCode, "HTTP status other than 200"));
        }

        return new Reply.Body(await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private Uri AddressOf(Service service) => new($"{options.Value.Address!.AbsoluteUri.TrimEnd('/')}/{service.Path}");

    private static Reply.Failed Failed(bool nothingSent, string detail) => new(new GatewayFailure.Transport(nothingSent, HttpStatus: null, detail));

    private static Reply.Failed Failed(Exception exception, bool nothingSent) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }
            ? new(new GatewayFailure.Unreadable("the answer is too large"))
            : Failed(nothingSent, Cause(exception));

    private static bool NeverConnected(Exception exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError,
    };

    /// <summary>Names of the errors, not messages: those are localised and may quote what they choke on.</summary>
    private static string Cause(Exception exception)
    {
        var error = exception is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http ? http.HttpRequestError.ToString() : exception.GetType().Name;
        return exception.GetBaseException() is SocketException socket ? string.Create(CultureInfo.InvariantCulture, $"{error}, {socket.SocketErrorCode}") : error;
    }
}
