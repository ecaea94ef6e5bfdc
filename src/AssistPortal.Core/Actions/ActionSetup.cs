using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Actions;

/// <summary>Registers the ledger.</summary>
internal static class ActionSetup
{
    /// <summary>Adds the use cases of the ledger, <see cref="ActionOptions"/> (section <c>Actions</c>, validated at start) and the worker.</summary>
    public static IServiceCollection AddActionLedger(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ActionOptions>().Bind(configuration.GetSection(ActionOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ActionOptions>, ActionOptionsValidator>();
        services.AddSingleton<ActionQueue>();
        services.AddSingleton<RequestAction>();
        services.AddSingleton<DecideAction>();
        services.AddSingleton<ListActions>();
        services.AddSingleton<Ledger>();
        services.AddSingleton<AskOrder>();
        services.AddSingleton<Timetable>();
        services.AddSingleton<FindOut>();
        services.AddSingleton<SendAction>();
        services.AddSingleton<WorkAction>();
        services.AddHostedService<ActionWorker>();
        return services;
    }
}
