using AssistPortal.Sandbox;
using AssistPortal.Sandbox.Hosting;

if (CommandLine.Parse(args, out var options) is { } mistake)
{
    await System.Console.Error.WriteLineAsync(mistake);
    return 2;
}

var app = SandboxApp.Create(options, SandboxClock.Open(options.DataDirectory));
app.Lifetime.ApplicationStarted.Register(() =>
    System.Console.WriteLine($"Тестовый шлюз: {string.Join(", ", app.Urls)} (страница управления: /console)"));
await app.RunAsync();
return 0;
