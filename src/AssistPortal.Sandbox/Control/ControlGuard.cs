using System.Net;

namespace AssistPortal.Sandbox.Control;

/// <summary>
/// The control door is for whoever sits at this machine: the Host is a loopback name, nothing has forwarded the request, and no page of
/// another site sends it.
/// </summary>
internal static class ControlGuard
{
    private static readonly string[] ForwardingHeaders =
        ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    /// <returns>Why the request is refused, or nothing.</returns>
    public static string? Refusal(HttpRequest request)
    {
        if (!IsLoopback(request.Host.Host))
        {
            return "The control calls answer to a loopback host name only.";
        }

        if (ForwardingHeaders.Any(request.Headers.ContainsKey))
        {
            return "The control calls take no forwarded requests.";
        }

        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority == request.Host.Value))
        {
            return "The control calls take no requests from other sites.";
        }

        return null;
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
