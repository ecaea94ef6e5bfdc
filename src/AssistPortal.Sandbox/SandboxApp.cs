using AssistPortal.Sandbox.ApiDocs;
using AssistPortal.Sandbox.Console;
using AssistPortal.Sandbox.Control;
using AssistPortal.Sandbox.Faults;
using AssistPortal.Sandbox.History;
using AssistPortal.Sandbox.Hosting;
using AssistPortal.Sandbox.PayPages;
using AssistPortal.Sandbox.Push;
using AssistPortal.Sandbox.Services;
using AssistPortal.Sandbox.Shop;
using AssistPortal.Sandbox.Store;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AssistPortal.Sandbox;

/// <summary>The sandbox as a web application of its own, alone or beside another in one process.</summary>
public static class SandboxApp
{
    private const long LargestRequest = 1024 * 1024;

    /// <summary>
    /// Builds the application and fills an empty database. The caller starts and stops it; nothing of the process's configuration or
    /// environment reaches it but the two arguments.
    /// </summary>
    public static WebApplication Create(SandboxOptions options, SandboxClock clock)
    {
        var db = new SandboxDb(options.DataDirectory);
        if (options.Seed == SandboxSeed.Demo)
        {
            db.Write(session => DemoSeed.FillIfEmpty(session, clock.GetUtcNow()));
        }

        if (options.PushUrl is { } receiver)
        {
            db.Write(session => PushSetting.SetByHost(session, receiver, clock.GetUtcNow()));
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "AssistPortal.Sandbox" });
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.UseKestrelCore().UseUrls(options.Url)
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = LargestRequest;
            });
        AddServices(builder.Services, options, clock, db);

        var app = builder.Build();
        app.AnswerDatabaseFailures();
        app.UseRouting();
        foreach (var service in WebService.All)
        {
            app.Map(service.Path, (RequestDelegate)(http => http.RequestServices.GetRequiredService<ServiceEndpoint>().HandleAsync(service, http)));
        }

        app.MapFallback(WebService.Unknown.Path, ServiceEndpoint.HandleUnknownAsync);

        app.MapControl();
        app.MapConsole();
        app.MapPayPages();
        app.MapShop();
        app.MapApiDocs();
        app.MapGet("/", () => Results.Redirect("/console"));
        app.Lifetime.ApplicationStopped.Register(db.Close);
        return app;
    }

    private static void AddServices(IServiceCollection services, SandboxOptions options, SandboxClock clock, SandboxDb db)
    {
        services.AddRouting();
        services.AddSingleton(options);
        services.AddSingleton(clock);
        services.AddSingleton(db);
        services.AddSingleton(new RateLimit(options.RateLimitPerMinute));
        services.AddSingleton<ServiceDesk>();
        services.AddSingleton<FaultPlan>();
        services.AddSingleton<LateCommands>();
        services.AddSingleton<RequestLog>();
        services.AddSingleton<ServiceEndpoint>();
        services.AddSingleton<ControlDesk>();
        services.AddSingleton<ConsoleDesk>();
        services.AddSingleton<PayDesk>();
        services.AddSingleton<ShopDesk>();
        services.AddSingleton<ShopGateway>();
        services.RemoveAll<IConnectionListenerFactory>();
        services.AddSingleton(provider => new PausableTransport(
            new SocketTransportFactory(provider.GetRequiredService<IOptions<SocketTransportOptions>>(), provider.GetRequiredService<ILoggerFactory>()), clock));
        services.AddSingleton<IConnectionListenerFactory>(provider => provider.GetRequiredService<PausableTransport>());
        services.AddSingleton<PushSender>();
        services.AddSingleton<PushDesk>();
        services.AddHostedService<PushCourier>();
        services.AddHostedService<Timekeeper>();
        services.AddSingleton(new TrafficRate(options.TrafficPerMinute));
        services.AddHostedService<LiveTraffic>();
    }
}
