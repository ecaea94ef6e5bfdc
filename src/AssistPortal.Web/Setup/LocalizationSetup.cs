using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace AssistPortal.Web.Setup;

/// <summary>Russian by default, English by the person's choice, which a cookie keeps.</summary>
public static class LocalizationSetup
{
    /// <summary>The portal's languages, the default first.</summary>
    public static readonly IReadOnlyList<CultureInfo> Languages = [CultureInfo.GetCultureInfo("ru-RU"), CultureInfo.GetCultureInfo("en-US")];

    public static IServiceCollection AddPortalLocalization(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddTransient<MudBlazor.MudLocalizer, MudTexts>();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.DefaultRequestCulture = new RequestCulture(Languages[0]);
            options.SupportedCultures = [.. Languages];
            options.SupportedUICultures = [.. Languages];
            // Only the choice counts, not the browser's list: half a team in one language and half in the other helps nobody.
            options.RequestCultureProviders = [new CookieRequestCultureProvider()];
        });
        return services;
    }
}
