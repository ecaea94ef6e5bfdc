using AssistPortal.Core.Merchants;
using AssistPortal.Core.Staff;
using Microsoft.AspNetCore.Identity;
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
    public const string Password = "portal-demo-2026";
    public const int OnlyMerchant = 900001;

    public static readonly IReadOnlyList<DemoPerson> People =
    [
        new("operator@demo.local", "Ольга Операторова", StaffRole.Operator),
        new("accountant@demo.local", "Борис Бухгалтеров", StaffRole.Accountant),
        new("auditor@demo.local", "Анна Аудиторова", StaffRole.Auditor),
        new("admin@demo.local", "Антон Админов", StaffRole.Administrator),
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
internal sealed class DemoStaffStart(IOptions<DemoOptions> options, IServiceScopeFactory scopes) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Staff)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var merchants = scope.ServiceProvider.GetRequiredService<MerchantDirectory>();
        foreach (var person in DemoStaff.People)
        {
            if (await users.FindByEmailAsync(person.Email) is not null)
            {
                continue;
            }

            var user = new PortalUser { Id = Guid.CreateVersion7(), UserName = person.Email, Email = person.Email, EmailConfirmed = true, DisplayName = person.Name, Role = person.Role };
            foreach (var merchant in merchants.All.Where(merchant => !person.OneMerchant || merchant.Id == DemoStaff.OnlyMerchant))
            {
                user.Grants.Add(new MerchantGrant { UserId = user.Id, MerchantId = merchant.Id });
            }

            var result = await users.CreateAsync(user, DemoStaff.Password);
            if (!result.Succeeded)
            {
                throw new InvalidOperationException($"The demo account {person.Email} can't be made: {string.Join("; ", result.Errors.Select(error => error.Code))}");
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
