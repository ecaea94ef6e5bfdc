namespace AssistPortal.Web.Setup;

/// <summary>Where programs of this machine reach the portal.</summary>
internal static class OwnAddress
{
    // What the server listens on when nobody says.
    private const string Usual = "http://localhost:5000";

    /// <summary>The portal's plain address on this machine, without a slash at its end; <see langword="null"/> when it has none, or a port not known before the start.</summary>
    public static string? OnThisMachine(IConfiguration configuration)
    {
        foreach (var url in (configuration[WebHostDefaults.ServerUrlsKey] ?? Usual).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = BindingAddress.Parse(url);
            if (address is { Scheme: "http", IsUnixPipe: false, IsNamedPipe: false, Port: > 0 })
            {
                var isLoopback = Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.IsLoopback;
                return $"http://{(isLoopback ? address.Host : "localhost")}:{address.Port}";
            }
        }

        return null;
    }
}
