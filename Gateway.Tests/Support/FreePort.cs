using System.Net;
using System.Net.Sockets;

namespace Gateway.Tests.Support;

/// <summary>Ports for servers whose port must be known before they listen.</summary>
internal static class FreePort
{
    // Below those that systems give to outgoing connections, one of which might take it meanwhile.
    private const int First = 20_000;
    private const int Count = 8_000;

    private static int _taken = Environment.ProcessId;

    /// <summary>A port on which nobody listens, and which nobody else here is told.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _taken) % Count);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there: the next one.
            }
        }
    }
}
