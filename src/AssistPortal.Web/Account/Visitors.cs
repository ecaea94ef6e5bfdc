using AssistPortal.Core.Access;

namespace AssistPortal.Web.Account;

/// <summary>Who stands behind a request that nobody signed.</summary>
internal static class Visitors
{
    public static Visitor Of(HttpContext context) => new(context.Connection.RemoteIpAddress?.ToString(), CircuitVisit.UserAgentOf(context));
}
