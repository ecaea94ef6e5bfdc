using Microsoft.Extensions.Options;

namespace AssistPortal.Web.Setup;

/// <summary>Says in development where to go and with which accounts: whoever typed the first command needs nothing else.</summary>
internal static class StartNotice
{
    public static void Announce(WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            return;
        }

        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var services = app.Services;
            Console.WriteLine($"\n  AssistPortal      {string.Join(", ", app.Urls)}");
            if (services.GetRequiredService<IOptions<EmbeddedSandboxOptions>>().Value is { Enabled: true } sandbox)
            {
                Console.WriteLine($"  Sandbox gateway   {sandbox.Url}/console");
            }

            if (services.GetRequiredService<IOptions<DemoOptions>>().Value.Staff)
            {
                Console.WriteLine($"  Demo accounts     {string.Join(", ", DemoStaff.People.Select(person => person.Email))}");
                Console.WriteLine($"  Password          {DemoStaff.Password}\n");
            }
        });
    }
}
