using System.Net;
using System.Net.Sockets;

namespace AssistPortal.Web.Setup;

/// <summary>Looks before the start whether the ports are free: found out later, the one sentence drowns in stack traces of everything else that stops.</summary>
internal static class FreePorts
{
    /// <exception cref="StartRefusedException">A port of the portal or of the embedded sandbox is taken.</exception>
    public static void Check(IConfiguration configuration, EmbeddedSandboxOptions sandbox)
    {
        foreach (var url in configuration[WebHostDefaults.ServerUrlsKey]?.Split(';') ?? [])
        {
            Check(url, "another address with --urls");
        }

        if (sandbox.Enabled)
        {
            Check(sandbox.Url, "another Sandbox:Url and Assist:Address");
        }
    }

    private static void Check(string url, string remedy)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Port <= 0)
        {
            return;
        }

        try
        {
            using var probe = new TcpListener(IPAddress.TryParse(address.Host, out var ip) ? ip : IPAddress.Loopback, address.Port);
            probe.Start();
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new StartRefusedException($"{url} is taken by another program. Stop it or choose {remedy}.");
        }
    }
}
