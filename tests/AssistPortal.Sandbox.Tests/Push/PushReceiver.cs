using System.Net;
using System.Text;
using System.Threading.Channels;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AssistPortal.Sandbox.Tests.Push;

/// <summary>What the receiver was sent.</summary>
internal sealed record PushedRequest(string Path, string? ContentType, string? SoapAction, string Body)
{
    /// <summary>A field of the form.</summary>
    public string this[string name] => QueryHelpers.ParseQuery(Body)[name].ToString();
}

/// <summary>A merchant's server of results on a free port; each request takes the next of the planned answers, then accepts.</summary>
internal sealed class PushReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<PushedRequest> _received = Channel.CreateUnbounded<PushedRequest>();
    private readonly Channel<Func<HttpContext, PushedRequest, Task>> _answers = Channel.CreateUnbounded<Func<HttpContext, PushedRequest, Task>>();
    private readonly WebApplication _app;

    private PushReceiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single() + "/result";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<PushReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var receiver = new PushReceiver(builder.Build());
        receiver._app.Run(receiver.ReceiveAsync);
        await receiver._app.StartAsync(Token);
        return receiver;
    }

    /// <summary>The next request is answered so.</summary>
    public void Next(Func<HttpContext, PushedRequest, Task> answer) => _answers.Writer.TryWrite(answer);

    public void Next(HttpStatusCode status, string body = "") => Next((http, _) => AnswerAsync(http, status, body));

    public Task<PushedRequest> ReceivedAsync() => _received.Reader.ReadAsync(Token).AsTask().WaitAsync(Patience, Token);

    /// <summary>What has come and wasn't looked at yet.</summary>
    public int Unread => _received.Reader.Count;

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    public static async Task AnswerAsync(HttpContext http, HttpStatusCode status, string body)
    {
        http.Response.StatusCode = (int)status;
        http.Response.ContentType = "text/xml; charset=utf-8";
        await http.Response.WriteAsync(body, Token);
    }

    /// <summary>The packet of a shop that took the result (protocol §13.4).</summary>
    public static string Accepting(string billnumber, string packetDate) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <pushpaymentresult firstcode="0" secondcode="0"><order><billnumber>{billnumber}</billnumber><packetdate>{packetDate}</packetdate></order></pushpaymentresult>
        """;

    private async Task ReceiveAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var request = new PushedRequest(
            http.Request.Path, http.Request.ContentType, http.Request.Headers["SOAPAction"], await reader.ReadToEndAsync(Token));
        _received.Writer.TryWrite(request);
        await (_answers.Reader.TryRead(out var answer) ? answer(http, request) : AnswerAsync(http, HttpStatusCode.OK, Accepting(request)));
    }

    private static string Accepting(PushedRequest request)
    {
        if (request.SoapAction is null)
        {
            return Accepting(request["billnumber"], request["packetdate"]);
        }

        var order = XDocument.Parse(request.Body).Descendants("order").Single();
        var packet = Accepting(order.Element("billnumber")!.Value, order.Element("packetdate")!.Value);
        return "<soapenv:Envelope xmlns:soapenv='http://schemas.xmlsoap.org/soap/envelope/' xmlns:ws='http://www.paysecure.ru/ws/'><soapenv:Body>"
            + $"<ws:PushPaymentResultResponse>{packet[packet.IndexOf("<push", StringComparison.Ordinal)..]}</ws:PushPaymentResultResponse></soapenv:Body></soapenv:Envelope>";
    }
}
