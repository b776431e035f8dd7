using System.Net;
using System.Net.Sockets;

namespace Gateway.Http.Sockets;

/// <summary>Addresses in the kernel's layout.</summary>
internal static unsafe class SocketAddresses
{
    private const int AF_INET = 2;
    private const int AF_INET6 = 10;
    private const int MaxLength = 128;

    private static readonly IPEndPoint AnyIPv4 = new(IPAddress.Any, 0);
    private static readonly IPEndPoint AnyIPv6 = new(IPAddress.IPv6Any, 0);

    public static int FamilyOf(IPEndPoint endPoint) =>
        endPoint.AddressFamily == AddressFamily.InterNetworkV6 ? AF_INET6 : AF_INET;

    public static int Bind(int fd, IPEndPoint endPoint)
    {
        var address = endPoint.Serialize();
        fixed (byte* start = address.Buffer.Span)
        {
            return LinuxNative.bind(fd, start, address.Size);
        }
    }

    public static int Connect(int fd, IPEndPoint endPoint)
    {
        var address = endPoint.Serialize();
        fixed (byte* start = address.Buffer.Span)
        {
            return LinuxNative.connect(fd, start, address.Size);
        }
    }

    public static IPEndPoint LocalEndPoint(int fd, IPEndPoint like)
    {
        var address = new SocketAddress(like.AddressFamily, MaxLength);
        var length = MaxLength;
        fixed (byte* start = address.Buffer.Span)
        {
            return LinuxNative.getsockname(fd, start, &length) == 0 ? (IPEndPoint)like.Create(address) : like;
        }
    }

    /// <summary>The other end of a TCP connection; null for any other socket, and for one that has lost it.</summary>
    public static IPEndPoint? RemoteEndPoint(int fd)
    {
        var address = new SocketAddress(AddressFamily.InterNetworkV6, MaxLength);
        var length = MaxLength;
        fixed (byte* start = address.Buffer.Span)
        {
            if (LinuxNative.getpeername(fd, start, &length) != 0)
            {
                return null;
            }
        }

        return address.Family switch
        {
            AddressFamily.InterNetwork => (IPEndPoint)AnyIPv4.Create(address),
            AddressFamily.InterNetworkV6 => (IPEndPoint)AnyIPv6.Create(address),
            _ => null,
        };
    }
}
