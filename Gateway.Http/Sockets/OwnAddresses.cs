using System.Net;
using System.Net.Sockets;

namespace Gateway.Http.Sockets;

/// <summary>Where this process listens, so that it never connects to itself. Thread-safe; only asked before a connect.</summary>
public sealed class OwnAddresses
{
    // Replaced whole.
    private volatile IPEndPoint[] _all = [];

    /// <summary>Notes what a listening socket was bound to; other families than IP can't be connected to from here.</summary>
    public void Add(EndPoint? bound)
    {
        if (bound is IPEndPoint endPoint)
        {
            _all = [.. _all, new IPEndPoint(Plain(endPoint.Address), endPoint.Port)];
        }
    }

    /// <summary>Nothing listens any more.</summary>
    public void Clear() => _all = [];

    /// <summary>To connect there is to connect to one of them.</summary>
    public bool Has(IPEndPoint target)
    {
        foreach (var own in _all)
        {
            if (own.Port == target.Port && LeadsTo(Plain(target.Address), own.Address))
            {
                return true;
            }
        }

        return false;
    }

    private static bool LeadsTo(IPAddress target, IPAddress own)
    {
        // The kernel takes "any" for the loopback address of its family.
        var reached = target.Equals(IPAddress.Any) ? IPAddress.Loopback : target.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : target;
        return reached.Equals(own)
            || (own.Equals(IPAddress.Any) && reached.AddressFamily == AddressFamily.InterNetwork && IsOfThisMachine(reached))
            || (own.Equals(IPAddress.IPv6Any) && IsOfThisMachine(reached));
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    // Only addresses of the machine can be bound; asking so is cheaper than to list its interfaces, and never out of date.
    private static bool IsOfThisMachine(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
        {
            return true;
        }

        try
        {
            using var probe = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
