using AssistPortal.Sandbox;
using Microsoft.Extensions.Options;

namespace AssistPortal.Web.Setup;

/// <summary>The sandbox gateway inside the portal's process; configuration section <c>Sandbox</c>. Never in production.</summary>
public sealed class EmbeddedSandboxOptions
{
    public const string Section = "Sandbox";

    /// <summary>Whether to run it.</summary>
    public bool Enabled { get; set; }

    /// <summary>Address it listens on.</summary>
    public string Url { get; set; } = "http://localhost:5180";

    /// <summary>Folder of its database, relative to the content root.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>What an empty database is filled with.</summary>
    public SandboxSeed Seed { get; set; } = SandboxSeed.Demo;

    /// <summary>New payments a minute; 0 for none.</summary>
    public double TrafficPerMinute { get; set; }

    /// <param name="pushUrl">Where the sandbox announces results; <see langword="null"/> for nowhere.</param>
    internal SandboxOptions ToSandbox(string? pushUrl) =>
        new() { Url = Url, DataDirectory = DataDirectory, Seed = Seed, TrafficPerMinute = TrafficPerMinute, PushUrl = pushUrl };
}

internal sealed class ValidateEmbeddedSandboxOptions(IHostEnvironment environment) : IValidateOptions<EmbeddedSandboxOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddedSandboxOptions options)
    {
        var failures = new List<string>();
        if (!options.Enabled)
        {
            return ValidateOptionsResult.Success;
        }

        if (environment.IsProduction())
        {
            failures.Add("Sandbox:Enabled is true in Production. The embedded sandbox is no real gateway: set it to false.");
        }

        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url is not { IsLoopback: true, Scheme: "http" })
        {
            failures.Add($"Sandbox:Url is \"{options.Url}\", but must be an http address of this machine, for example http://localhost:5180.");
        }

        if (options.TrafficPerMinute is not (>= 0 and <= 600))
        {
            failures.Add("Sandbox:TrafficPerMinute must be between 0 and 600.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}

internal static class EmbeddedSandbox
{
    /// <summary>With the sandbox in the house its clock is the portal's: moving it moves terms and windows on both sides.</summary>
    public static void AddEmbeddedSandbox(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<EmbeddedSandboxOptions>().Bind(builder.Configuration.GetSection(EmbeddedSandboxOptions.Section)).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<EmbeddedSandboxOptions>, ValidateEmbeddedSandboxOptions>();
        var section = builder.Configuration.GetSection(EmbeddedSandboxOptions.Section);
        if (builder.Environment.IsProduction() || !string.Equals(section[nameof(EmbeddedSandboxOptions.Enabled)], bool.TrueString, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        // Not from the checked options: the clock is wanted while the host is made, before all settings are judged together.
        var folder = section[nameof(EmbeddedSandboxOptions.DataDirectory)] ?? new EmbeddedSandboxOptions().DataDirectory;
        builder.Services.AddSingleton(_ => SandboxClock.Open(folder));
        builder.Services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<SandboxClock>());
        builder.Services.AddHostedService<SandboxHost>();
    }
}

/// <summary>Starts the sandbox before whatever asks it, and stops it after.</summary>
internal sealed class SandboxHost(IOptions<EmbeddedSandboxOptions> options, IConfiguration configuration, SandboxClock clock) : IHostedService, IAsyncDisposable
{
    private WebApplication? _sandbox;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var portal = OwnAddress.OnThisMachine(configuration);
        _sandbox = SandboxApp.Create(options.Value.ToSandbox(portal is null ? null : portal + FrameUrls.Push.Replace("{merchantId}", "{merchant}", StringComparison.Ordinal)), clock);
        await _sandbox.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_sandbox is not null)
        {
            await _sandbox.StopAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }
    }
}
