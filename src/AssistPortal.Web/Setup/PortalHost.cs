using Microsoft.Extensions.Options;

namespace AssistPortal.Web.Setup;

/// <summary>Runs the portal or one of its commands and turns every foreseen reason not to start into a sentence and an exit code.</summary>
internal static class PortalHost
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        try
        {
            builder.AddPortalWeb();
            await using var app = builder.Build();
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            app.UsePortalWeb();
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
