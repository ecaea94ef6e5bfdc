using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AssistPortal.Gateway.Tests.Gateways;

/// <summary>The client exactly as the portal registers it, with a log that remembers everything.</summary>
public sealed class GatewayUnderTest : IAsyncDisposable
{
    public const int MerchantId = 111111;
    public const string Login = "login-must-not-leak";
    public const string Password = "password-must-not-leak";
    public const string SecretWord = "secret";

    private readonly ServiceProvider _services;

    public GatewayUnderTest(Uri address, string? secretWord = null, int queryTimeoutSeconds = 20, int commandTimeoutSeconds = 20, TimeProvider? clock = null, bool testMode = true)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Assist:Address"] = address.ToString(),
            ["Assist:QueryTimeout"] = TimeSpan.FromSeconds(queryTimeoutSeconds).ToString("c", CultureInfo.InvariantCulture),
            ["Assist:CommandTimeout"] = TimeSpan.FromSeconds(commandTimeoutSeconds).ToString("c", CultureInfo.InvariantCulture),
            ["Assist:Merchants:0:Id"] = MerchantId.ToString(CultureInfo.InvariantCulture),
            ["Assist:Merchants:0:Login"] = Login,
            ["Assist:Merchants:0:Password"] = Password,
            ["Assist:Merchants:0:SecretWord"] = secretWord,
            ["Assist:Merchants:0:TestMode"] = testMode ? "true" : "false",
        }).Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        if (clock is not null)
        {
            services.AddSingleton(clock);
        }

        services.AddAssistGateway(configuration);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public RememberingLog Log { get; } = new();

    public AssistClient Client => _services.GetRequiredService<AssistClient>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>Everything logged, rendered with its exception and its values.</summary>
public sealed class RememberingLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IReadOnlyList<(LogLevel Level, string Text)> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(RememberingLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(", ", pairs.Select(pair => $"{pair.Key}={pair.Value}")) : "";
            log._lines.Enqueue((logLevel, $"{category}: {formatter(state, exception)} [{values}] {exception}"));
        }
    }
}
