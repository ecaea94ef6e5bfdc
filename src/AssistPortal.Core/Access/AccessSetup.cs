using AssistPortal.Core.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AssistPortal.Core.Access;

/// <summary>Registers how people come to their accounts.</summary>
internal static class AccessSetup
{
    public static IServiceCollection AddStaffAccess(this IServiceCollection services)
    {
        // Identity adds its own validator only where there is none yet.
        services.AddScoped<IPasswordValidator<PortalUser>, StaffPasswordValidator>();
        services.AddSingleton<StaffLinks>();
        services.AddSingleton<AskReset>();
        services.AddSingleton<SetPasswordByLink>();
        services.AddSingleton<ChangePassword>();
        services.AddSingleton<ChangeEmail>();
        services.AddSingleton<NoteDevice>();
        return services;
    }
}
