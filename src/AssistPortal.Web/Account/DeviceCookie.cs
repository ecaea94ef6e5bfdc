namespace AssistPortal.Web.Account;

/// <summary>By what a browser is known again: a random token, kept as long as browsers keep cookies.</summary>
internal static class DeviceCookie
{
    private const string Name = "portal.device";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    public static string? Read(HttpContext context) => context.Request.Cookies[Name];

    public static void Write(HttpContext context, string token) => context.Response.Cookies.Append(Name, token, new CookieOptions
    {
        MaxAge = Kept,
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    });
}
