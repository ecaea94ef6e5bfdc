using System.Security.Claims;

namespace AssistPortal.Web.Account;

/// <summary>What the cookie says: which person, and which of his sessions. Whether that session is open is the database's to say.</summary>
public static class SessionClaims
{
    private const string Session = "portal:session";

    public static Claim Of(Guid sessionId) => new(Session, sessionId.ToString("D"));

    public static Guid? UserId(ClaimsPrincipal? user) => Read(user, ClaimTypes.NameIdentifier);

    public static Guid? SessionId(ClaimsPrincipal? user) => Read(user, Session);

    private static Guid? Read(ClaimsPrincipal? user, string type) => Guid.TryParse(user?.FindFirstValue(type), out var id) ? id : null;
}
