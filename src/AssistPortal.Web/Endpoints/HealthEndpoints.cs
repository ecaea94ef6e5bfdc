using System.Text.Json;
using AssistPortal.Core.Data;
using AssistPortal.Core.Mail;
using AssistPortal.Core.Sync;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AssistPortal.Web.Endpoints;

/// <summary>For whoever watches over the portal: live — the process answers; ready — the database is there the gateway has answered lately and letters leave. No secrets, no addresses.</summary>
internal static class HealthEndpoints
{
    private const string ReadyTag = "ready";

    public static void AddPortalHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<DatabaseCheck>("database", tags: [ReadyTag], timeout: TimeSpan.FromSeconds(5))
        .AddCheck<GatewayCheck>("gateway", tags: [ReadyTag], timeout: TimeSpan.FromSeconds(5))
        .AddCheck<LettersCheck>("letters", tags: [ReadyTag], timeout: TimeSpan.FromSeconds(5));

    public static void MapPortalHealth(this WebApplication app)
    {
        app.MapHealthChecks(FrameUrls.Live, new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        app.MapHealthChecks(FrameUrls.Ready, new HealthCheckOptions { Predicate = check => check.Tags.Contains(ReadyTag), ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(
            new
            {
                status = report.Status.ToString(),
                checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { status = entry.Value.Status.ToString(), entry.Value.Description, entry.Value.Data }),
            },
            JsonSerializerOptions.Web,
            context.RequestAborted);
}

internal sealed class DatabaseCheck(IDbContextFactory<PortalDbContext> databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Database.CanConnectAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The database can't be reached.");
    }
}

/// <summary>A silent gateway leaves the portal readable, so the portal is degraded, not down: taking it out of service would help nobody.</summary>
internal sealed class GatewayCheck(GetSyncHealth health, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var merchants = await health.RunAsync(null, cancellationToken);
        var silent = merchants.Where(merchant => merchant.LastSuccessAt is not { } at || time.GetUtcNow() - at > Patience).ToList();
        var last = merchants.ToDictionary(merchant => $"{merchant.MerchantId}", object (merchant) => merchant.LastSuccessAt?.ToString("O") ?? "never");
        return silent.Count == 0
            ? HealthCheckResult.Healthy(data: last)
            : HealthCheckResult.Degraded($"The gateway hasn't answered for {silent.Count} of {merchants.Count} merchants lately.", data: last);
    }
}

/// <summary>Letters that don't leave keep people from coming in, not those who are in: degraded, not down.</summary>
internal sealed class LettersCheck(GetLetterHealth health) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var letters = await health.RunAsync(cancellationToken);
        var counts = new Dictionary<string, object> { ["waiting"] = letters.Waiting, ["stuck"] = letters.Stuck, ["givenUp"] = letters.GivenUp };
        return letters is { Stuck: 0, GivenUp: 0 }
            ? HealthCheckResult.Healthy(data: counts)
            : HealthCheckResult.Degraded($"{letters.Stuck} letters wait for the mail server, {letters.GivenUp} were given up in the last 24 hours.", data: counts);
    }
}
