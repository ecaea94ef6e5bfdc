using System.Security.Cryptography.X509Certificates;
using AssistPortal.Core.Data;
using AssistPortal.Core.SecondFactor;
using AssistPortal.Core.Sessions;
using AssistPortal.Core.Staff;
using AssistPortal.Web.Account;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AssistPortal.Web.Setup;

/// <summary>
/// Who the staff are. The cookie only names a session; how long that lasts is <see cref="StaffSessionOptions"/>' to say. Sessions run on the
/// system's clock even when the portal's own clock is the sandbox's: moving that one must not sign everybody out.
/// </summary>
internal static class IdentitySetup
{
    public static IServiceCollection AddPortalIdentity(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var authentication = services.AddAuthentication(IdentityConstants.ApplicationScheme);
        authentication.AddIdentityCookies();
        authentication.AddCookie(PendingSignIn.Scheme, cookie =>
        {
            cookie.TimeProvider = TimeProvider.System;
            cookie.Cookie.Name = PendingSignIn.Scheme;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = environment.IsProduction() ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromMinutes(10);
            cookie.SlidingExpiration = false;
        });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

        services.AddIdentityCore<PortalUser>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.Lockout.AllowedForNewUsers = true;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddEntityFrameworkStores<PortalDbContext>()
            .AddSignInManager<PortalSignInManager>()
            .AddDefaultTokenProviders();

        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.TimeProvider = TimeProvider.System;
            cookie.Cookie.Name = "portal.session";
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = environment.IsProduction() ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            cookie.LoginPath = FrameUrls.SignIn;
            cookie.LogoutPath = FrameUrls.SignOut;
            cookie.AccessDeniedPath = FrameUrls.AccessDenied;
            cookie.ReturnUrlParameter = FrameUrls.ReturnParameter;
            cookie.SlidingExpiration = false;
            cookie.Events.OnValidatePrincipal = ValidateAsync;
        });
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<IOptions<StaffSessionOptions>>((cookie, sessions) => cookie.ExpireTimeSpan = sessions.Value.Longest);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "portal.antiforgery";
            options.Cookie.SecurePolicy = environment.IsProduction() ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        });
        services.AddScoped<AuthenticationStateProvider, RevalidatingStaff>();
        // A passkey alone opens the door, so it must be unlocked by its owner and found without a name typed first.
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<SecondFactorOptions>>((passkeys, options) =>
        {
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
            passkeys.ServerDomain = options.Value.Domain is { Length: > 0 } domain ? domain : null;
        });
        services.AddScoped<PasskeyDesk>();
        services.AddScoped<PendingSignIn>();
        services.AddScoped<SignInDesk>();
        services.AddSingleton<SignInGate>();
        services.AddPortalDataProtection(configuration, environment);
        return services;
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (SessionClaims.UserId(context.Principal) is { } userId && SessionClaims.SessionId(context.Principal) is { } sessionId
            && await services.GetRequiredService<StaffSessions>().SeeAsync(sessionId, userId, context.HttpContext.RequestAborted))
        {
            return;
        }

        context.RejectPrincipal();
        await services.GetRequiredService<SignInManager<PortalUser>>().SignOutAsync();
    }

    private static void AddPortalDataProtection(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddOptions<KeyProtectionOptions>().Bind(configuration.GetSection(KeyProtectionOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeyProtectionOptions>, ValidateKeyProtectionOptions>();
        var protection = services.AddDataProtection().SetApplicationName("AssistPortal").PersistKeysToDbContext<PortalDbContext>();
        var options = configuration.GetSection(KeyProtectionOptions.Section).Get<KeyProtectionOptions>() ?? new();
        if (options.CertificatePath is { Length: > 0 } path && File.Exists(path))
        {
            protection.ProtectKeysWithCertificate(X509CertificateLoader.LoadPkcs12FromFile(path, options.CertificatePassword));
        }
        else if (environment.IsProduction())
        {
            services.AddHostedService<UnprotectedKeysWarning>();
        }
    }
}
