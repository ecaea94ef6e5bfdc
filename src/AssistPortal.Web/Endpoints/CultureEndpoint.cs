using AssistPortal.Web.Setup;
using Microsoft.AspNetCore.Localization;

namespace AssistPortal.Web.Endpoints;

/// <summary>Keeps the chosen language in a cookie and leads back. A GET: it changes nothing but how the page speaks.</summary>
internal static class CultureEndpoint
{
    public static void MapCultureEndpoint(this WebApplication app) =>
        app.MapGet(FrameUrls.Culture, (HttpContext context, string? culture, string? returnUrl) =>
        {
            if (LocalizationSetup.Languages.FirstOrDefault(language => language.Name == culture) is { } chosen)
            {
                context.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(chosen)), new CookieOptions
                {
                    MaxAge = TimeSpan.FromDays(365),
                    IsEssential = true,
                    HttpOnly = true,
                    SameSite = SameSiteMode.Lax,
                    Secure = context.Request.IsHttps,
                });
            }

            return Results.LocalRedirect(FrameUrls.LocalOrHome(returnUrl));
        }).AllowAnonymous();
}
