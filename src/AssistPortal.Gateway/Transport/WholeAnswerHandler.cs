namespace AssistPortal.Gateway;

/// <summary>
/// Reads the whole answer before handing it up, inside the retries: an answer that drips or breaks off is a failed try like any other,
/// and the time-out of a try covers the body too.
/// </summary>
internal sealed class WholeAnswerHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(GatewayConnection.MaxAnswerBytes, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
