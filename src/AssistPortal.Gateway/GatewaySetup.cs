using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Timeout;

namespace AssistPortal.Gateway;

/// <summary>Registers the gateway client.</summary>
public static class GatewaySetup
{
    private const int QueryRetries = 2;
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Adds <see cref="AssistClient"/> and <see cref="AssistOptions"/> (section <c>Assist</c>, validated at start). Durations are measured
    /// with the registered <see cref="TimeProvider"/>; time-outs run on the machine's own clock.
    /// </summary>
    public static IServiceCollection AddAssistGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AssistOptions>().Bind(configuration.GetSection(AssistOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AssistOptions>, AssistOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<GatewayConnection>();
        services.AddSingleton<GatewayTelemetry>();
        services.AddSingleton(provider => new AssistClient(
            provider.GetRequiredService<GatewayConnection>(),
            provider.GetRequiredService<GatewayTelemetry>(),
            provider.GetRequiredService<IOptions<AssistOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AssistClient>>()));
        services.AddSingleton<PushReader>();
        AddQueryClient(services);
        AddCommandClient(services);
        return services;
    }

    private static void AddQueryClient(IServiceCollection services)
    {
        var client = AddClient(services, GatewayConnection.QueryClient, ConnectionLifetime);
        client.ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan);
        client.AddResilienceHandler(GatewayConnection.QueryClient, (pipeline, context) =>
        {
            var options = context.ServiceProvider.GetRequiredService<IOptions<AssistOptions>>().Value;

            // Real time even where the portal's clock is moved: a leap must not abort what is on the wire.
            pipeline.TimeProvider = TimeProvider.System;

            // The library would log every try at Information and every time-out as an error with its stack; ours says it once.
            pipeline.ConfigureTelemetry(NullLoggerFactory.Instance);
            var log = context.ServiceProvider.GetRequiredService<ILogger<AssistClient>>();
            pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = QueryRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstRetryDelay,
                // A gateway that says "in an hour" is answered by the next poll, not by a waiting page.
                ShouldRetryAfterHeader = false,
                ShouldHandle = attempt => ValueTask.FromResult(MayPass(attempt.Outcome)),
                OnRetry = attempt =>
                {
                    GatewayLog.AskingAgain(log, attempt.AttemptNumber + 1, (int?)attempt.Outcome.Result?.StatusCode, attempt.Outcome.Exception?.GetType().Name);
                    return ValueTask.CompletedTask;
                },
            });
            pipeline.AddTimeout(options.QueryTimeout);
        });
        client.AddHttpMessageHandler(() => new WholeAnswerHandler());
    }

    /// <summary>Whether another try of a query may bring what this one didn't.</summary>
    private static bool MayPass(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } } => false,
        { Exception: HttpRequestException or IOException or TimeoutRejectedException } => true,
        { Result.StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests } => true,
        _ => false,
    };

    /// <summary>
    /// A command's connection is its own: on one that was used before, a failure could mean that the gateway hung up before it read the
    /// command, and the handler itself might try again on another connection.
    /// </summary>
    private static void AddCommandClient(IServiceCollection services) =>
        AddClient(services, GatewayConnection.CommandClient, TimeSpan.Zero)
            .ConfigureHttpClient((provider, http) =>
            {
                http.Timeout = provider.GetRequiredService<IOptions<AssistOptions>>().Value.CommandTimeout;
                http.MaxResponseContentBufferSize = GatewayConnection.MaxAnswerBytes;
            });

    private static IHttpClientBuilder AddClient(IServiceCollection services, string name, TimeSpan connectionLifetime) =>
        services.AddHttpClient(name, http => http.DefaultRequestHeaders.UserAgent.ParseAdd("AssistPortal"))
            .RemoveAllLoggers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None,
                PooledConnectionLifetime = connectionLifetime,
            });
}
