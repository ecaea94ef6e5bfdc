using System.Net;
using System.Net.Sockets;

namespace AssistPortal.TestKit;

/// <summary>A port nobody listens on right now, for programs that can't be told to pick one themselves.</summary>
public static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
