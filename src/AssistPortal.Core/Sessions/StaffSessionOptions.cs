using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Sessions;

/// <summary>How long a session lasts; configuration section <c>Sessions</c>.</summary>
public sealed class StaffSessionOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Sessions";

    /// <summary>How long a session lasts while the person does nothing; 5 min–24 h.</summary>
    public TimeSpan Idle { get; set; } = TimeSpan.FromHours(8);

    /// <summary>How long a session lasts at most; no shorter than <see cref="Idle"/>, at most 7 days.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromHours(24);
}

/// <summary>Checks <see cref="StaffSessionOptions"/>, all errors at once.</summary>
internal sealed class StaffSessionOptionsValidator : IValidateOptions<StaffSessionOptions>
{
    public ValidateOptionsResult Validate(string? name, StaffSessionOptions options)
    {
        List<string> errors = [];
        if (options.Idle < TimeSpan.FromMinutes(5) || options.Idle > TimeSpan.FromHours(24))
        {
            errors.Add($"{StaffSessionOptions.Section}:Idle must be 5 min to 24 h.");
        }

        if (options.Longest < options.Idle || options.Longest > TimeSpan.FromDays(7))
        {
            errors.Add($"{StaffSessionOptions.Section}:Longest must be no shorter than Idle and at most 7 days.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
