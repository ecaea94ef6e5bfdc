using System.Globalization;

namespace AssistPortal.Sandbox.Hosting;

/// <summary>The start options of the sandbox alone.</summary>
internal static class CommandLine
{
    private const string Usage = "Usage: --urls http://localhost:5180 [--data DIR] [--seed demo|none] [--traffic N] [--rate-limit N]";

    /// <returns>What is wrong with the arguments, or nothing.</returns>
    public static string? Parse(string[] args, out SandboxOptions options)
    {
        options = new SandboxOptions();
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var read = (args[i], value) switch
            {
                ("--urls", _) when Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp =>
                    options with { Url = value },
                ("--data", not "") => options with { DataDirectory = value },
                ("--seed", "demo") => options with { Seed = SandboxSeed.Demo },
                ("--seed", "none") => options with { Seed = SandboxSeed.None },
                ("--traffic", _) when double.TryParse(value, CultureInfo.InvariantCulture, out var perMinute) && perMinute is >= 0 and <= TrafficRate.Most =>
                    options with { TrafficPerMinute = perMinute },
                ("--rate-limit", _) when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) =>
                    options with { RateLimitPerMinute = limit },
                _ => null,
            };
            if (read is null)
            {
                return $"Not understood: {args[i]} {value}\n{Usage}";
            }

            options = read;
        }

        return null;
    }
}
