using System.Diagnostics;

namespace AssistPortal.Sandbox.Tests.Hosting;

/// <summary>The sandbox as a process of its own, which can be killed.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private readonly Process _process;

    private SandboxProcess(Process process, Uri address)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = address };
    }

    public HttpClient Http { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts without demo data on a free port; the address stands in the first line it writes.</summary>
    public static async Task<SandboxProcess> StartAsync(string folder, params (string Name, string Value)[] environment)
    {
        var process = Run(environment, "--urls", "http://127.0.0.1:0", "--data", folder, "--seed", "none");
        var line = await process.StandardOutput.ReadLineAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Token);
        return new SandboxProcess(process, new Uri(line!.Split(' ').First(word => word.StartsWith("http", StringComparison.Ordinal))));
    }

    public static Process Run((string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(SandboxApp).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync(Token);
        _process.Dispose();
    }
}
