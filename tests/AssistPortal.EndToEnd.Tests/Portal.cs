using AssistPortal.EndToEnd.Tests.Browser;
using AssistPortal.Protocol;
using AssistPortal.TestKit;
using AssistPortal.Web.Setup;

[assembly: AssemblyFixture(typeof(AssistPortal.EndToEnd.Tests.SharedPortal))]

namespace AssistPortal.EndToEnd.Tests;

/// <summary>The portal most journeys walk; they neither stop it nor make its gateway go wrong.</summary>
public sealed class SharedPortal : IAsyncLifetime
{
    internal Portal Portal { get; } = new();

    public ValueTask InitializeAsync() => Portal.InitializeAsync();

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}

/// <summary>A gateway in this process and the built portal in one of its own, on data of their own.</summary>
public sealed class Portal : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    // A cold portal compiles its pages for the first who comes, on a busy machine for long.
    private const float FirstPage = 60_000;

    private readonly SemaphoreSlim _signingIn = new(1);
    private readonly Dictionary<string, string> _states = [];
    private SandboxServer? _sandbox;
    private PortalProcess? _process;
    private int _linesRead;

    internal SandboxServer Sandbox => _sandbox ?? throw new InvalidOperationException("The gateway isn't running.");

    internal Uri Url => Process.Url;

    private PortalProcess Process => _process ?? throw new InvalidOperationException("The portal isn't running.");

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(TestContext.Current.CancellationToken);
        await StartAsync();
    }

    /// <summary>Starts the portal on the data there is.</summary>
    /// <param name="settings">Settings that win over the usual ones.</param>
    internal async Task StartAsync(params (string Name, string Setting)[] settings)
    {
        var all = new Dictionary<string, string?>(
        [
            .. Sandbox.Settings,
            .. PortalDatabase.Sqlite(_folder).Settings,
            .. CoreHost.ShortTimings,
            new("Sync:Interval", "00:00:01"),
            new("Sync:BackfillDays", "1"),
            new("Sandbox:Enabled", "false"),
            new("Demo:Staff", "true"),
        ]);
        foreach (var (name, setting) in settings)
        {
            all[name] = setting;
        }

        _linesRead = 0;
        _process = new PortalProcess(all);
        await _process.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>kill -9.</summary>
    internal Task KillAsync() => Process.KillAsync();

    /// <summary>Starts the same portal again, at the same address.</summary>
    internal Task RestartAsync() => Process.StartAsync(TestContext.Current.CancellationToken);

    /// <summary>Cookies of a demo person who has signed in; everybody signs in once.</summary>
    internal async Task<string> StateAsync(Chromium chromium, string email)
    {
        await _signingIn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!_states.TryGetValue(email, out var state))
            {
                state = _states[email] = await SignInAsync(chromium, email);
            }

            return state;
        }
        finally
        {
            _signingIn.Release();
        }
    }

    /// <summary>A buyer pays for an order with a number of its own.</summary>
    internal async Task<Paid> PayAsync(long minor, bool twoStage = false, int merchant = SandboxServer.Hypermarket, string prefix = "E")
    {
        var number = $"{prefix}-{Guid.CreateVersion7().ToString("N")[^10..]}";
        var payment = await Sandbox.PayAsync(merchant, number, new Money(minor, "RUB"), twoStage, cancellationToken: TestContext.Current.CancellationToken);
        return new Paid(number, payment.Billnumber);
    }

    /// <summary>A buyer pays who writes what he likes into every field.</summary>
    internal async Task<Paid> PayHostileAsync(int merchant, string number, string lastName, string firstName, string comment, string email)
    {
        var payment = await Sandbox.PayAsync(
            new { merchant, ordernumber = number, amount = "10.00", lastname = lastName, firstname = firstName, comment, email }, TestContext.Current.CancellationToken);
        return new Paid(number, payment.Billnumber);
    }

    internal Task<SandboxTruth> TruthAsync(Paid order) => Sandbox.TruthAsync(order.Billnumber, TestContext.Current.CancellationToken);

    /// <summary>Errors the portal has logged since the last time.</summary>
    internal IReadOnlyList<string> NewErrors()
    {
        var lines = Process.Output.Split(Environment.NewLine);
        var first = Interlocked.Exchange(ref _linesRead, lines.Length);
        return [.. lines.Index().Skip(first).Where(line => line.Item.StartsWith("fail:", StringComparison.Ordinal) || line.Item.StartsWith("crit:", StringComparison.Ordinal))
            .Select(line => string.Join(' ', lines.Skip(line.Index).Take(6)))];
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }

        _signingIn.Dispose();
        _folder.Dispose();
    }

    private async Task<string> SignInAsync(Chromium chromium, string email)
    {
        var visit = await Visit.OpenAsync(chromium.Browser, Url, null, new());
        await visit.SignIn.OpenAsync();
        await visit.SignIn.SubmitAsync(email, DemoStaff.Password);
        await visit.Orders.AssertOpenAsync(FirstPage);
        var state = await visit.StateAsync();
        Assert.Empty(await visit.CloseAsync(null));
        return state;
    }
}

/// <summary>A paid order: the shop's number and the gateway's.</summary>
internal sealed record Paid(string Number, string Billnumber);
