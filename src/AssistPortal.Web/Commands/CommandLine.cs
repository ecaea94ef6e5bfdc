namespace AssistPortal.Web.Commands;

/// <summary>The commands of the programme beside running the portal. They use the portal's settings and never open a port.</summary>
internal static class CommandLine
{
    public const int WrongUse = 2;

    public const string Usage = """
        Usage:
          AssistPortal.Web                         runs the portal
          AssistPortal.Web admin create --email EMAIL [--name NAME] [--password-from-stdin]
          AssistPortal.Web staff create --email EMAIL --role ROLE --merchants ID[,ID...] [--name NAME] [--password-from-stdin]
          AssistPortal.Web gateway check           proves address, credentials, rights, checkvalue and clock; reads only

        ROLE is Owner, Supervisor, Operator, Support, Accountant, Auditor or Developer; without --merchants it is held for every merchant. Without --password-from-stdin a password is made and printed once.
        """;

    /// <summary>The command, two words, and what follows; no command when the arguments are the host's own.</summary>
    public static (string? Command, IReadOnlyList<string> Arguments) Split(string[] args) =>
        args is [var first, ..] && !first.StartsWith('-') ? (string.Join(' ', args.Take(2)), args.Skip(2).ToList()) : (null, args);

    public static bool Knows(string command) => command is "admin create" or "staff create" or "gateway check";

    public static async Task<int> RunAsync(string command, IReadOnlyList<string> rest, IServiceProvider services)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        if (Options(rest) is not { } options)
        {
            await Console.Error.WriteLineAsync(Usage);
            return WrongUse;
        }

        return command switch
        {
            "gateway check" => await new GatewayCheck(services).RunAsync(Console.Out, stop.Token),
            _ => await new StaffCommand(services).RunAsync(command == "admin create", options, stop.Token),
        };
    }

    // --name value, or --flag alone.
    private static Dictionary<string, string>? Options(IReadOnlyList<string> rest)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < rest.Count; index++)
        {
            if (!rest[index].StartsWith("--", StringComparison.Ordinal))
            {
                return null;
            }

            var hasValue = index + 1 < rest.Count && !rest[index + 1].StartsWith("--", StringComparison.Ordinal);
            options[rest[index]] = hasValue ? rest[++index] : "";
        }

        return options;
    }
}
