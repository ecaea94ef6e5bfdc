using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Audit;

/// <summary>How the audit log is sealed; configuration section <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Audit";

    /// <summary>Fewest bytes of <see cref="Key"/>.</summary>
    public const int MinKeyLength = 32;

    /// <summary>Secret that seals the chain and hashes personal data: base64 of at least 32 bytes. It stays the same for the life of the database.</summary>
    public string Key { get; set; } = "";

    /// <summary>Folder of <c>audit-anchors.txt</c>, the daily anchors outside the database.</summary>
    public string Folder { get; set; } = "data";
}

internal sealed class AuditOptionsValidator : IValidateOptions<AuditOptions>
{
    public ValidateOptionsResult Validate(string? name, AuditOptions options)
    {
        List<string> errors = [];
        var bytes = new byte[options.Key.Length];
        if (!Convert.TryFromBase64String(options.Key, bytes, out var length) || length < AuditOptions.MinKeyLength)
        {
            errors.Add($"Audit:Key must be a base64 text of at least {AuditOptions.MinKeyLength} bytes that seals the audit log, for example from: openssl rand -base64 32. Give it by the environment and keep it for as long as the database.");
        }

        if (string.IsNullOrWhiteSpace(options.Folder))
        {
            errors.Add("Audit:Folder must name the folder in which the daily anchors of the audit log are kept.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
