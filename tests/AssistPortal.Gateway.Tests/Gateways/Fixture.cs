using System.Text;

namespace AssistPortal.Gateway.Tests.Gateways;

/// <summary>Answers of the gateway, one file a shape.</summary>
public static class Fixture
{
    /// <summary>Paths below Fixtures.</summary>
    public static IReadOnlyList<string> All => [.. typeof(Fixture).Assembly.GetManifestResourceNames().Select(name => name.Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static string Read(string path)
    {
        using var stream = typeof(Fixture).Assembly.GetManifestResourceStream(path) ?? throw new ArgumentException($"There is no fixture {path}.", nameof(path));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
