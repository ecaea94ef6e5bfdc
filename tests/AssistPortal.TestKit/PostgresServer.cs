using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace AssistPortal.TestKit;

/// <summary>
/// A PostgreSQL cluster of the tests' own: started at the first database asked for, stopped and deleted at the end. Meant as an assembly
/// fixture (<c>[assembly: AssemblyFixture(typeof(PostgresServer))]</c>), so that a test run starts one at most.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string SystemUser = "postgres";
    private static readonly string? Binaries = FindBinaries();

    private readonly SemaphoreSlim _gate = new(1, 1);
    private TempFolder? _folder;
    private int _port;

    /// <summary>Whether PostgreSQL's server programs are on this machine.</summary>
    public static bool IsAvailable => Binaries is not null;

    /// <summary>What to tell when a test is skipped.</summary>
    public const string WhyNot = "PostgreSQL's server programs (initdb, pg_ctl) are not installed: apt-get install postgresql";

    /// <summary>Makes an empty database and returns the connection string of its owner.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        var name = $"portal_{Guid.CreateVersion7():N}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is made above, of hexadecimal digits alone; a database name can't be a parameter.
        command.CommandText = $"CREATE DATABASE {name}";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
        return ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsync("pg_ctl", ["-D", Data, "-m", "immediate", "-w", "stop"], CancellationToken.None);
            _folder.Dispose();
        }

        _gate.Dispose();
    }

    private string Data => _folder!.At("data");

    private string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = _port, Username = SystemUser, Database = database, MaxPoolSize = 20, ConnectionIdleLifetime = 10, ConnectionPruningInterval = 5 }.ConnectionString;

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_folder is not null)
            {
                return;
            }

            _folder = new TempFolder();
            _port = FreePort.Find();
            if (Environment.IsPrivilegedProcess)
            {
                // initdb refuses to run as root, so the folder is given to the user the package made.
                await RunProcessAsync("chown", [$"{SystemUser}:", _folder.Path], cancellationToken);
            }

            await RunAsync("initdb", ["-D", Data, "-U", SystemUser, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], cancellationToken);
            var options = string.Create(
                CultureInfo.InvariantCulture,
                $"-p {_port} -c listen_addresses=127.0.0.1 -k {_folder.Path} -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300");
            await RunAsync("pg_ctl", ["-D", Data, "-l", _folder.At("postgres.log"), "-o", options, "-w", "start"], cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Binaries ?? throw new InvalidOperationException(WhyNot), program);
        return Environment.IsPrivilegedProcess
            ? RunProcessAsync("runuser", ["-u", SystemUser, "--", path, .. arguments], cancellationToken)
            : RunProcessAsync(path, arguments, cancellationToken);
    }

    private async Task RunProcessAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        // To a file: the server inherits pg_ctl's handles, and a pipe would stay open as long as the server runs.
        var output = _folder!.At("setup.log");
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >>\"$OUTPUT\" 2>&1", program, .. arguments])
        {
            WorkingDirectory = _folder.Path,
            Environment = { ["OUTPUT"] = output },
        };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await File.ReadAllTextAsync(output, cancellationToken)}");
        }
    }

    private static string? FindBinaries()
    {
        const string Debian = "/usr/lib/postgresql";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var packaged = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian)
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        return packaged.Concat(folders).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }
}
