using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.SecondFactor;

/// <summary>Registers second factors and the step-up that asks for them.</summary>
internal static class SecondFactorSetup
{
    /// <summary>Adds the use cases, <see cref="SecondFactorOptions"/> and <see cref="StepUpOptions"/> (sections <c>SecondFactor</c> and <c>StepUp</c>, validated at start).</summary>
    public static IServiceCollection AddSecondFactors(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddDataProtection();
        services.AddOptions<SecondFactorOptions>().Bind(configuration.GetSection(SecondFactorOptions.Section)).ValidateOnStart();
        services.AddOptions<StepUpOptions>().Bind(configuration.GetSection(StepUpOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StepUpOptions>, StepUpOptionsValidator>();
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<StepUp>();
        services.AddSingleton<Passkeys>();
        services.AddSingleton<Prove>();
        return services;
    }
}
