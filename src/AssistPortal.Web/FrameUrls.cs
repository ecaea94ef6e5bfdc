using AssistPortal.Core.Access;

namespace AssistPortal.Web;

/// <summary>Addresses of the frame: signing in and out, language, health, error pages. Those of the pages are in <c>PortalUrls</c>.</summary>
public static class FrameUrls
{
    public const string Home = "/";
    public const string Orders = "/orders";
    public const string Actions = "/actions";
    public const string Pushes = "/pushes";
    public const string Staff = "/staff";
    public const string SignIn = "/account/signin";
    public const string SignOut = "/account/signout";
    public const string Forgot = LinkPaths.Forgot;
    public const string Reset = LinkPaths.Reset;
    public const string Invitation = LinkPaths.Invitation;
    public const string ChangePassword = "/account/password";
    public const string ChangeEmail = "/account/email";
    public const string AccessDenied = "/account/denied";
    public const string Security = "/account/security";
    public const string SecondFactor = "/account/second";
    public const string Authenticator = "/account/authenticator";

    /// <summary>What scripts ask about passkeys, below this address.</summary>
    public const string Passkey = "/account/passkey";

    /// <summary>Where a page says that its person is still at work.</summary>
    public const string Here = "/account/here";

    public const string Culture = "/culture";

    /// <summary>Page for a status code that has no answer of its own.</summary>
    public const string Status = "/status/{0}";

    public const string Error = "/error";

    /// <summary>Where the gateway announces results, one address a merchant.</summary>
    public const string Push = "/push/assist/{merchantId}";

    public const string Live = "/health/live";
    public const string Ready = "/health/ready";

    /// <summary>Query parameter of the list pages that holds the merchant chosen in the top bar.</summary>
    public const string MerchantParameter = "merchant";

    /// <summary>Query parameter of the orders grid that holds an order number.</summary>
    public const string OrderNumberParameter = "number";

    /// <summary>Query parameter of the orders grid that holds a billnumber.</summary>
    public const string BillnumberParameter = "bill";

    /// <summary>Query parameter that says where to go afterwards.</summary>
    public const string ReturnParameter = "returnUrl";

    /// <summary>The sign-in page that leads back to where the person was.</summary>
    public static string SignInFrom(string returnUrl) => $"{SignIn}?{ReturnParameter}={Uri.EscapeDataString(returnUrl)}";

    /// <summary>A step of signing in, with where to go after the last.</summary>
    public static string Step(string address, string? returnUrl) => IsLocal(returnUrl) ? $"{address}?{ReturnParameter}={Uri.EscapeDataString(returnUrl!)}" : address;

    /// <summary>Changes the language and comes back.</summary>
    public static string SetCulture(string culture, string returnUrl) =>
        $"{Culture}?culture={Uri.EscapeDataString(culture)}&{ReturnParameter}={Uri.EscapeDataString(returnUrl)}";

    /// <summary>Whether the address stays inside the portal: the only kind a person is sent to.</summary>
    public static bool IsLocal(string? url) =>
        url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl);

    /// <summary>The address when it is local, the first page otherwise.</summary>
    public static string LocalOrHome(string? url) => IsLocal(url) ? url! : Home;
}
