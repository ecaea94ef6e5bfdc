using AssistPortal.Gateway;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Sync;

/// <summary>How the copy of the gateway's orders is kept fresh; configuration section <c>Sync</c>.</summary>
public sealed class SyncOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Sync";

    /// <summary>Pause between two exchanges of a merchant; 1 s–1 h.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How far each window reaches back over the one before: covers clocks that differ and operations that end late; 1 min–12 h.</summary>
    public TimeSpan Overlap { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How many days the first exchange reaches back; 1–540.</summary>
    public int BackfillDays { get; set; } = 31;

    /// <summary>Longest pause after the gateway said that requests come too often; 1 min–6 h.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(15);
}

internal sealed class SyncOptionsValidator : IValidateOptions<SyncOptions>
{
    public ValidateOptionsResult Validate(string? name, SyncOptions options)
    {
        List<string> errors = [];

        void Check(bool isRight, string error)
        {
            if (!isRight)
            {
                errors.Add($"{SyncOptions.Section}:{error}");
            }
        }

        Check(options.Interval >= TimeSpan.FromSeconds(1) && options.Interval <= TimeSpan.FromHours(1), "Interval must be between 00:00:01 and 01:00:00.");
        Check(options.Overlap >= TimeSpan.FromMinutes(1) && options.Overlap <= ResultByDateQuery.MaxWindow / 2, "Overlap must be between 00:01:00 and 12:00:00.");
        Check(options.BackfillDays is >= 1 and <= 540, "BackfillDays must be 1 to 540.");
        Check(options.LongestPause >= TimeSpan.FromMinutes(1) && options.LongestPause <= TimeSpan.FromHours(6), "LongestPause must be between 00:01:00 and 06:00:00.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
