using AssistPortal.Web.Commands;
using Microsoft.Extensions.Options;

namespace AssistPortal.Web.Setup;

/// <summary>Runs the portal or one of its commands and turns every foreseen reason not to start into a sentence and an exit code.</summary>
internal static class PortalHost
{
    public static async Task<int> RunAsync(string[] args)
    {
        var (command, rest) = CommandLine.Split(args);
        if (command is not null && !CommandLine.Knows(command))
        {
            await Console.Error.WriteLineAsync(CommandLine.Usage);
            return CommandLine.WrongUse;
        }

        try
        {
            var builder = WebApplication.CreateBuilder(command is null ? args : []);
            builder.AddPortalWeb();
            await using var app = builder.Build();
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            if (command is not null)
            {
                return await CommandLine.RunAsync(command, rest, app.Services);
            }

            FreePorts.Check(app.Configuration, app.Services.GetRequiredService<IOptions<EmbeddedSandboxOptions>>().Value);
            app.UsePortalWeb();
            StartNotice.Announce(app);
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (StartRefusal.Explain(exception) is { } sentences)
        {
            foreach (var sentence in sentences)
            {
                await Console.Error.WriteLineAsync(sentence);
            }

            return 1;
        }
    }
}
