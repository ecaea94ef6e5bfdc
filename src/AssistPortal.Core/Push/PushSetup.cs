using Microsoft.Extensions.DependencyInjection;

namespace AssistPortal.Core.Push;

/// <summary>Registers the taking of pushes.</summary>
internal static class PushSetup
{
    public static IServiceCollection AddPushes(this IServiceCollection services)
    {
        services.AddSingleton<PushQueue>();
        services.AddSingleton<ReceivePush>();
        services.AddSingleton<ListPushes>();
        services.AddSingleton<ListPushGaps>();
        services.AddSingleton<RepeatPush>();
        services.AddSingleton<WorkOffPush>();
        services.AddHostedService<PushWorker>();
        return services;
    }
}
