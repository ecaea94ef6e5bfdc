using AssistPortal.Core.Access;
using AssistPortal.Core.Actions;
using AssistPortal.Core.Audit;
using AssistPortal.Core.Data;
using AssistPortal.Core.Mail;
using AssistPortal.Core.Merchants;
using AssistPortal.Core.Orders;
using AssistPortal.Core.Privacy;
using AssistPortal.Core.Push;
using AssistPortal.Core.Reports;
using AssistPortal.Core.SecondFactor;
using AssistPortal.Core.Sessions;
using AssistPortal.Core.Staff;
using AssistPortal.Core.Sync;
using AssistPortal.Gateway;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core;

/// <summary>Registers the shared service layer.</summary>
public static class CoreSetup
{
    /// <summary>Adds the database, the use cases and the background services (migration at start, sync, action worker, push worker, letter worker). The gateway client, a <see cref="TimeProvider"/> and Identity are the host's to add.</summary>
    public static IServiceCollection AddPortalCore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddPortalDatabase(configuration);

        services.AddOptions<MerchantsOptions>().Bind(configuration.GetSection(AssistOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MerchantsOptions>, MerchantsOptionsValidator>();
        services.AddSingleton<MerchantDirectory>();

        services.AddAuditLog(configuration);
        services.AddSingleton<StaffDirectory>();
        services.AddSingleton<CreateStaff>();
        services.AddSingleton<ActorRights>();
        services.AddSingleton<WhoCanGive>();
        services.AddStaffSessions(configuration);
        services.AddStaffAccess();
        services.AddSingleton<ListStaff>();
        services.AddSingleton<ChangeStaff>();
        services.AddSingleton<InviteStaff>();
        services.AddSingleton<OwnRoles>();
        services.AddSecondFactors(configuration);

        services.AddSingleton<OrderFeed>();
        services.AddSingleton<OrderWriter>();
        services.AddSingleton<GetSyncHealth>();
        services.AddOptions<SyncOptions>().Bind(configuration.GetSection(SyncOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SyncOptions>, SyncOptionsValidator>();
        services.AddSingleton<CompleteOrders>();
        services.AddSingleton<SyncMerchant>();
        services.AddHostedService<SyncOrders>();

        services.AddSingleton<ListOrders>();
        services.AddSingleton<CountOrders>();
        services.AddSingleton<GetOrder>();
        services.AddSingleton<RevealOrder>();
        services.AddSingleton<RefreshOrder>();
        services.AddSingleton<ExportOrders>();

        services.AddActionLedger(configuration);
        services.AddPushes();
        services.AddMail(configuration);
        return services;
    }
}
