using AssistPortal.Gateway;
using Microsoft.Extensions.Options;

namespace AssistPortal.Core.Actions;

/// <summary>How the worker sends actions and finds out lost outcomes; configuration section <c>Actions</c>.</summary>
public sealed class ActionOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Actions";

    /// <summary>How long a worker holds an action; when it runs out while Sending, the outcome counts as unknown. Longer than <see cref="AssistOptions.CommandTimeout"/>.</summary>
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long after its last sending a command may still be carried out by the gateway. Longer than the command's time-out and the lease together.</summary>
    public TimeSpan SettlingTime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often the worker looks for actions nobody woke it for; 50 ms–1 min.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often orderresult is asked at the latest while an outcome is unknown; 100 ms–10 min.</summary>
    public TimeSpan MaxInquiryInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Actions of different orders worked at once; 1–64.</summary>
    public int MaxParallel { get; set; } = 8;

    /// <summary>Sendings that may fail in a row with no byte sent before the action rests; 1–100.</summary>
    public int MaxTransportRetries { get; set; } = 5;

    /// <summary>Sendings of a full confirmation in all before a person has to decide; 1 switches the automatic repetition off. 1–10.</summary>
    public int MaxConfirmAttempts { get; set; } = 3;
}

/// <summary>Checks <see cref="ActionOptions"/> against the gateway's time-outs, all errors at once.</summary>
internal sealed class ActionOptionsValidator(IOptions<AssistOptions> gateway) : IValidateOptions<ActionOptions>
{
    public ValidateOptionsResult Validate(string? name, ActionOptions options)
    {
        var commandTimeout = gateway.Value.CommandTimeout;
        List<string> errors = [];

        void Check(bool isRight, string error)
        {
            if (!isRight)
            {
                errors.Add($"{ActionOptions.Section}:{error}");
            }
        }

        Check(options.LeaseTime > commandTimeout, $"LeaseTime must be longer than {AssistOptions.Section}:CommandTimeout ({commandTimeout}).");
        Check(options.SettlingTime > commandTimeout + options.LeaseTime, $"SettlingTime must be longer than CommandTimeout and LeaseTime together ({commandTimeout + options.LeaseTime}).");
        Check(options.PollInterval >= TimeSpan.FromMilliseconds(50) && options.PollInterval <= TimeSpan.FromMinutes(1), "PollInterval must be 50 ms to 1 min.");
        Check(options.MaxInquiryInterval >= TimeSpan.FromMilliseconds(100) && options.MaxInquiryInterval <= TimeSpan.FromMinutes(10), "MaxInquiryInterval must be 100 ms to 10 min.");
        Check(options.MaxParallel is >= 1 and <= 64, "MaxParallel must be 1 to 64.");
        Check(options.MaxTransportRetries is >= 1 and <= 100, "MaxTransportRetries must be 1 to 100.");
        Check(options.MaxConfirmAttempts is >= 1 and <= 10, "MaxConfirmAttempts must be 1 to 10.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
