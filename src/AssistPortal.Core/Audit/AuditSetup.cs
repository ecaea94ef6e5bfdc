using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Audit;

/// <summary>Registers the audit log.</summary>
internal static class AuditSetup
{
    /// <summary>Adds the log with its seal, <see cref="AuditOptions"/> (section <c>Audit</c>, validated at start), its use cases and the daily anchor.</summary>
    public static IServiceCollection AddAuditLog(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuditOptions>().Bind(configuration.GetSection(AuditOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuditOptions>, AuditOptionsValidator>();
        services.AddSingleton<AuditKeys>();
        services.AddSingleton<AuditSeal>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<AnchorFile>();
        services.AddSingleton<AnchorAudit>();
        services.AddSingleton<VerifyAudit>();
        services.AddHostedService<AuditAnchors>();
        return services;
    }
}
