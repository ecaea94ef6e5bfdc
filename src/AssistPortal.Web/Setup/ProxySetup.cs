using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.Extensions.Options;

namespace AssistPortal.Web.Setup;

/// <summary>The reverse proxy in front of the portal; configuration section <c>Proxy</c>.</summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxy";

    /// <summary>Addresses whose X-Forwarded headers are believed. Nobody else's are: they would forge the address in the audit log.</summary>
    public IList<string> Addresses { get; set; } = [];
}

internal sealed class ValidateProxyOptions : IValidateOptions<ProxyOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxyOptions options)
    {
        var failures = options.Addresses
            .Where(address => !IPAddress.TryParse(address, out _))
            .Select(address => $"Proxy:Addresses holds \"{address}\", which is no IP address.")
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}

internal static class ProxySetup
{
    public static IServiceCollection AddPortalProxy(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddOptions<ProxyOptions>().Bind(configuration.GetSection(ProxyOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProxyOptions>, ValidateProxyOptions>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>((forwarded, proxy) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var address in proxy.Value.Addresses)
            {
                forwarded.KnownProxies.Add(IPAddress.Parse(address));
            }

            // With no proxy named, an empty list would mean "believe everybody".
            if (proxy.Value.Addresses.Count == 0)
            {
                forwarded.ForwardedHeaders = ForwardedHeaders.None;
            }
        });
        if (environment.IsProduction())
        {
            services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));

            // Without a port the redirection lets plain HTTP pass. Behind a proxy only the proxy knows it, and it is the usual one.
            if (!KnowsHttpsPort(configuration))
            {
                services.Configure<HttpsRedirectionOptions>(redirection => redirection.HttpsPort = 443);
            }
        }

        return services;
    }

    private static bool KnowsHttpsPort(IConfiguration configuration) =>
        configuration["HTTPS_PORT"] is not null
        || configuration["HTTPS_PORTS"] is not null
        || configuration.GetSection("Kestrel:Endpoints").Exists()
        || configuration[WebHostDefaults.ServerUrlsKey]?.Contains("https:", StringComparison.OrdinalIgnoreCase) == true;
}
