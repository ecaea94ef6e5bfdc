using System.Globalization;
using System.Security.Cryptography;
using AssistPortal.Core.Data;
using AssistPortal.Core.Staff;

namespace AssistPortal.Web.Commands;

/// <summary>Makes the first administrator, or another member of the staff.</summary>
internal sealed class StaffCommand(IServiceProvider services)
{
    private const int PasswordLength = 20;
    private const string PasswordLetters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public async Task<int> RunAsync(bool isAdmin, IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken)
    {
        if (Read(isAdmin, options) is not { } person)
        {
            await Console.Error.WriteLineAsync(CommandLine.Usage);
            return CommandLine.WrongUse;
        }

        var isOwn = options.ContainsKey("--password-from-stdin");
        var password = isOwn ? await Console.In.ReadLineAsync(cancellationToken) ?? "" : RandomNumberGenerator.GetString(PasswordLetters, PasswordLength);
        await services.GetRequiredService<PrepareDatabase>().RunAsync(cancellationToken);
        switch (await services.GetRequiredService<CreateStaff>().RunAsync(person, password, cancellationToken))
        {
            case StaffCreation.Created:
                Console.WriteLine($"{person.Email} can sign in as {person.Role}.");
                if (!isOwn)
                {
                    Console.WriteLine($"Password, shown once: {password}");
                }

                return 0;
            case StaffCreation.Refused refused:
                foreach (var reason in refused.Reasons)
                {
                    await Console.Error.WriteLineAsync(reason);
                }

                return 1;
            case var other:
                throw new InvalidOperationException($"Unknown result {other.GetType().Name}.");
        }
    }

    private static NewStaff? Read(bool isAdmin, IReadOnlyDictionary<string, string> options)
    {
        var email = options.GetValueOrDefault("--email", "").Trim();
        var name = options.GetValueOrDefault("--name", email);
        if (email.Length == 0)
        {
            return null;
        }

        if (isAdmin)
        {
            return new NewStaff(email, name, StaffRole.Owner, []);
        }

        var merchants = options.GetValueOrDefault("--merchants", "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var roles = Enum.GetNames<StaffRole>();
        var role = Array.FindIndex(roles, known => string.Equals(known, options.GetValueOrDefault("--role"), StringComparison.OrdinalIgnoreCase));
        return role >= 0 && merchants.All(id => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? new NewStaff(email, name, Enum.Parse<StaffRole>(roles[role]), [.. merchants.Select(id => int.Parse(id, CultureInfo.InvariantCulture))])
            : null;
    }
}
