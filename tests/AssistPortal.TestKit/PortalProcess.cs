using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace AssistPortal.TestKit;

/// <summary>
/// The portal as its users have it: the built program in a process of its own, on a port of its own. It can be killed in the middle of its
/// work and started again on the same data.
/// </summary>
/// <param name="settings">Settings, colon-separated names; they win over appsettings.json.</param>
/// <param name="environment">Environment name.</param>
public sealed class PortalProcess(IEnumerable<KeyValuePair<string, string?>> settings, string environment = "Development") : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);

    private readonly KeyValuePair<string, string?>[] _settings = [.. settings];
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    /// <summary>The portal's root address; the port stays the same over a restart.</summary>
    public Uri Url { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Find()}/"));

    /// <summary>Everything written to standard output and error so far.</summary>
    public string Output => string.Join(Environment.NewLine, _output);

    /// <summary>The built portal beside the running tests: artifacts/bin/{project}/{configuration}.</summary>
    public static string Program { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "AssistPortal.Web", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "AssistPortal.Web.dll"));

    /// <summary>Starts the portal and waits until it serves.</summary>
    /// <exception cref="InvalidOperationException">It ended, or it didn't serve in time; the message holds its output.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _process = Launch();
        using var http = new HttpClient { BaseAddress = Url };
        try
        {
            await Until.Async("the portal serves /health/live", async token => _process.HasExited || await IsServingAsync(http, token), cancellationToken, StartPatience);
        }
        catch (TimeoutException exception)
        {
            throw new InvalidOperationException($"The portal doesn't serve:\n{Output}", exception);
        }

        if (_process.HasExited)
        {
            throw new InvalidOperationException($"The portal ended with {_process.ExitCode}:\n{Output}");
        }
    }

    /// <summary>Runs the portal to its end: one of its commands, or a start that is meant to fail.</summary>
    /// <param name="arguments">Command line.</param>
    /// <param name="cancellationToken">Gives up; the process is killed.</param>
    /// <returns>The exit code; <see cref="Output"/> tells the rest.</returns>
    public async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        _process = Launch(arguments);
        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(StartPatience, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new InvalidOperationException($"The portal doesn't end:\n{Output}", exception);
        }

        return _process.ExitCode;
    }

    /// <summary>kill -9: nothing is tidied up.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private Process Launch(params string[] arguments)
    {
        if (!File.Exists(Program))
        {
            throw new InvalidOperationException($"Build the portal first: {Program} is missing.");
        }

        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(Program)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = environment, ["ASPNETCORE_URLS"] = Url.ToString(), ["DOTNET_ENVIRONMENT"] = environment },
        };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
        {
            _output.Enqueue(line.Data);
        }
    }

    private static async Task<bool> IsServingAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync("health/live", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
        }
    }
}
