using AssistPortal.Core.Data;
using AssistPortal.Core.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AssistPortal.Web.Setup;

/// <summary>People to try the portal with; configuration section <c>Demo</c>. Never in production.</summary>
public sealed class DemoOptions
{
    public const string Section = "Demo";

    /// <summary>Whether the demo staff exist.</summary>
    public bool Staff { get; set; }
}

/// <summary>A demo account.</summary>
public sealed record DemoPerson(string Email, string Name, StaffRole Role, bool OneMerchant = false);

/// <summary>The demo accounts, one a role and one who sees a single merchant.</summary>
public static class DemoStaff
{
    public const string Password = "sinyaya-kassa-2026";
    public const int OnlyMerchant = 900001;

    public static readonly IReadOnlyList<DemoPerson> People =
    [
        new("operator@demo.local", "Ольга Операторова", StaffRole.Operator),
        new("accountant@demo.local", "Борис Бухгалтеров", StaffRole.Accountant),
        new("auditor@demo.local", "Анна Аудиторова", StaffRole.Auditor),
        new("admin@demo.local", "Антон Админов", StaffRole.Owner),
        new("supervisor@demo.local", "Светлана Старшая", StaffRole.Supervisor),
        new("support@demo.local", "Павел Помощников", StaffRole.Support),
        new("developer@demo.local", "Роман Разработчиков", StaffRole.Developer),
        new("operator900001@demo.local", "Лев Лавочкин", StaffRole.Operator, OneMerchant: true),
    ];

    internal static void AddDemoStaff(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DemoOptions>().Bind(builder.Configuration.GetSection(DemoOptions.Section)).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<DemoOptions>, ValidateDemoOptions>();
        builder.Services.AddHostedService<DemoStaffStart>();
    }
}

internal sealed class ValidateDemoOptions(IHostEnvironment environment) : IValidateOptions<DemoOptions>
{
    public ValidateOptionsResult Validate(string? name, DemoOptions options) => options.Staff && environment.IsProduction()
        ? ValidateOptionsResult.Fail("Demo:Staff is true in Production. Everybody knows the demo password: set it to false.")
        : ValidateOptionsResult.Success;
}

/// <summary>Makes the demo accounts that are missing. Those that exist are left as they are: someone may have changed them on purpose.</summary>
internal sealed class DemoStaffStart(IOptions<DemoOptions> options, CreateStaff createStaff, IDbContextFactory<PortalDbContext> databases) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Staff)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var known = await db.Users.Select(user => user.Email).ToListAsync(cancellationToken);
        foreach (var person in DemoStaff.People.Where(person => !known.Contains(person.Email)))
        {
            int[] granted = person.OneMerchant ? [DemoStaff.OnlyMerchant] : [];
            if (await createStaff.RunAsync(new NewStaff(person.Email, person.Name, person.Role, granted), DemoStaff.Password, cancellationToken) is StaffCreation.Refused refused)
            {
                throw new InvalidOperationException($"The demo account {person.Email} can't be made: {string.Join(' ', refused.Reasons)}");
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
