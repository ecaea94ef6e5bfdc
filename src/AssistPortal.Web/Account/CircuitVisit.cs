namespace AssistPortal.Web.Account;

/// <summary>What the request that opened a circuit told. A circuit has no request of its own later, so it is handed over once, sealed by the framework in the page.</summary>
/// <param name="Ip">Address the person came from.</param>
/// <param name="UserAgent">Browser.</param>
/// <param name="Theme">light, dark or system.</param>
/// <param name="NavCollapsed">Whether the navigation is narrow.</param>
public sealed record Visit(string? Ip, string? UserAgent, string Theme, bool NavCollapsed)
{
    public static readonly IReadOnlyList<string> Themes = ["system", "light", "dark"];

    public static Visit Of(HttpContext context) => new(
        context.Connection.RemoteIpAddress?.ToString(),
        CircuitVisit.UserAgentOf(context),
        Themes.FirstOrDefault(theme => theme == context.Request.Cookies["portal.theme"]) ?? Themes[0],
        context.Request.Cookies["portal.nav"] == "narrow");
}

/// <summary>Holds the <see cref="Visit"/> for the services of a circuit.</summary>
public sealed class CircuitVisit
{
    private const int LongestUserAgent = 256;

    public Visit? Current { get; set; }

    internal static string? UserAgentOf(HttpContext context)
    {
        var text = context.Request.Headers.UserAgent.ToString();
        return text.Length switch { 0 => null, <= LongestUserAgent => text, _ => text[..LongestUserAgent] };
    }
}
