using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Sessions;

/// <summary>Registers the sessions.</summary>
internal static class SessionSetup
{
    /// <summary>Adds the sessions of the staff and <see cref="StaffSessionOptions"/> (section <c>Sessions</c>, validated at start).</summary>
    public static IServiceCollection AddStaffSessions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StaffSessionOptions>().Bind(configuration.GetSection(StaffSessionOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StaffSessionOptions>, StaffSessionOptionsValidator>();
        services.AddSingleton<StaffSessions>();
        return services;
    }
}
