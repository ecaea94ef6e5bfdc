using System.Globalization;
using AssistPortal.Core;
using AssistPortal.Core.Audit;
using AssistPortal.Gateway;
using AssistPortal.Web.Account;
using AssistPortal.Web.Components;
using AssistPortal.Web.Components.Layout;
using AssistPortal.Web.Components.Shared;
using AssistPortal.Web.Endpoints;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using MudBlazor;
using MudBlazor.Services;

namespace AssistPortal.Web.Setup;

/// <summary>The whole portal: what it is made of and how a request goes through it.</summary>
public static class PortalWebSetup
{
    /// <summary>Adds everything the portal is made of. The sandbox comes first: it is the gateway the background services will ask.</summary>
    public static WebApplicationBuilder AddPortalWeb(this WebApplicationBuilder builder)
    {
        DataFolder.Resolve(builder);
        builder.AddEmbeddedSandbox();
        builder.Services
            .AddAssistGateway(builder.Configuration)
            .AddPortalCore(builder.Configuration)
            .AddPortalIdentity(builder.Configuration, builder.Environment)
            .AddPortalMail(builder.Configuration, builder.Environment)
            .AddPortalLocalization();
        builder.Services.AddSingleton<IPostConfigureOptions<AuditOptions>, DevelopmentAuditKey>();
        builder.AddPortalTelemetry();
        builder.AddDemoStaff();
        builder.Services.AddPortalHealth();
        builder.Services.AddPushLimits();
        builder.Services.AddPortalProxy(builder.Configuration, builder.Environment);

        // A command that was sent gets its answer before the process ends. Not from the checked options: the host is made before all
        // settings are judged together, and would fail of this one alone.
        var commandTimeout = TimeSpan.TryParse(builder.Configuration[$"{AssistOptions.Section}:{nameof(AssistOptions.CommandTimeout)}"], CultureInfo.InvariantCulture, out var set)
            ? set
            : new AssistOptions().CommandTimeout;
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = commandTimeout.Duration() + TimeSpan.FromSeconds(15));

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
        });

        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices(mud => mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter);
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddScoped<CircuitVisit>();
        builder.Services.AddScoped<ViewAs>();
        builder.Services.AddScoped<CurrentActor>();
        builder.Services.AddScoped<MerchantScope>();
        builder.Services.AddScoped<BrowserFrame>();
        builder.Services.AddScoped<PasskeyScript>();
        return builder;
    }

    /// <summary>The way of a request.</summary>
    public static WebApplication UsePortalWeb(this WebApplication app)
    {
        app.UseForwardedHeaders();
        if (app.Environment.IsProduction())
        {
            // Whoever watches over the process asks from the same machine and need not speak TLS.
            app.UseWhen(context => !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal), secured => secured.UseHsts().UseHttpsRedirection());
        }

        app.UseExceptionHandler(FrameUrls.Error, createScopeForErrors: true);
        app.UseSecurityHeaders();
        app.UseStatusCodePagesWithReExecute(FrameUrls.Status, createScopeForStatusCodePages: true);
        app.UseErrorPagesForPosts();
        app.UseRateLimiter();
        app.UseRequestLocalization();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapStaticAssets().AllowAnonymous();
        app.MapPortalHealth();
        app.MapAccountEndpoints();
        app.MapPasskeyEndpoints();
        app.MapCultureEndpoint();
        app.MapExportEndpoints();
        app.MapPushEndpoint();
        // The portal's own policy says frame-ancestors, so the framework needn't add a second header.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null).Add(LetPagesSayGoodbye);
        return app;
    }

    // A page that leaves gives its circuit back. Whoever leaves because his session is over has nothing to show any more; refused, the
    // circuit would go on for minutes without a browser and end in an error. The circuit's sealed number is proof enough.
    private static void LetPagesSayGoodbye(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } path } && path.TrimEnd('/').EndsWith("/disconnect", StringComparison.Ordinal))
        {
            endpoint.Metadata.Add(new AllowAnonymousAttribute());
        }
    }
}
