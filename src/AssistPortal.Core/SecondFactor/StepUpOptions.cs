using Microsoft.Extensions.Options;

namespace AssistPortal.Core.SecondFactor;

/// <summary>When a person proves anew that it is he; configuration section <c>StepUp</c>.</summary>
public sealed class StepUpOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "StepUp";

    /// <summary>How long a proof is good for; 10 s–1 h.</summary>
    public TimeSpan Lasts { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Amounts from which money moves only after a fresh proof, in minor units, by currency; from the first unit in a currency that isn't named.</summary>
    public Dictionary<string, long> MoneyFrom { get; } = new(StringComparer.Ordinal) { ["RUB"] = 50_000_00, ["BYN"] = 2_000_00, ["KZT"] = 300_000_00, ["USD"] = 500_00, ["EUR"] = 500_00 };
}

/// <summary>Checks <see cref="StepUpOptions"/>, all errors at once.</summary>
internal sealed class StepUpOptionsValidator : IValidateOptions<StepUpOptions>
{
    public ValidateOptionsResult Validate(string? name, StepUpOptions options)
    {
        List<string> errors = [];
        if (options.Lasts < TimeSpan.FromSeconds(10) || options.Lasts > TimeSpan.FromHours(1))
        {
            errors.Add($"{StepUpOptions.Section}:Lasts must be 10 s to 1 h.");
        }

        errors.AddRange(options.MoneyFrom.Where(limit => limit.Value < 0).Select(limit => $"{StepUpOptions.Section}:MoneyFrom:{limit.Key} must not be negative."));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
