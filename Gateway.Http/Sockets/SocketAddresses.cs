using System.Net;
using System.Net.Sockets;

namespace Gateway.Http.Sockets;

/// <summary>Addresses in the kernel's layout.</summary>
internal static unsafe class SocketAddresses
{
    private const int AF_INET = 2;
    private const int AF_INET6 = 10;
    private const int MaxLength = 128;

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
}
