using System.Net;
using System.Net.Sockets;

namespace Gateway.Http.Sockets;

/// <summary>Makes sure that a port is free before our reactors share it.</summary>
/// <remarks>SO_REUSEPORT would let a second gateway of the same user join in unnoticed and take half of the connections (socket(7)).</remarks>
public static class PortProbe
{
    /// <summary>Binds the address once without sharing it, and lets go. Port 0 is always free.</summary>
    /// <exception cref="SocketException">Somebody has it (<see cref="SocketError.AddressAlreadyInUse"/>), or it is not ours to have.</exception>
    public static void Check(IPEndPoint endPoint)
    {
        if (endPoint.Port == 0)
        {
            return;
        }

        // Binding is enough: it fails while anybody listens. To listen as well could catch, and lose, a connection.
        using var probe = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (endPoint.Address.Equals(IPAddress.IPv6Any))
        {
            probe.DualMode = true;
        }

        probe.Bind(endPoint);
    }
}
