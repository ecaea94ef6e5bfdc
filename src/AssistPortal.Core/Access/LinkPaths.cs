namespace AssistPortal.Core.Access;

/// <summary>Where letters lead inside the portal. The pages there are the web project's; the paths are here because letters are written here.</summary>
public static class LinkPaths
{
    /// <summary>Asks for the e-mail and sends a link to set a new password.</summary>
    public const string Forgot = "/account/forgot";

    /// <summary>Sets a new password.</summary>
    public const string Reset = "/account/reset";

    /// <summary>Accepts an invitation.</summary>
    public const string Invitation = "/account/invitation";

    /// <summary>Confirms a new e-mail.</summary>
    public const string Email = "/account/email/confirm";

    /// <summary>Query parameter that holds the token.</summary>
    public const string TokenParameter = "token";

    internal static string With(string path, string token) => $"{path}?{TokenParameter}={token}";
}
