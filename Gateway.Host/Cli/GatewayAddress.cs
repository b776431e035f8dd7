using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Gateway.Core.Configuration;

namespace Gateway.Host.Cli;

/// <summary>Where clients of this machine find a gateway.</summary>
internal static class GatewayAddress
{
    /// <summary>Its address without a path; one that stands for all addresses is reached over loopback.</summary>
    public static string Of(ListenerConfig listener) => Of(listener.BindAddress, listener.Port);

    /// <summary>Where its management API is reached by TCP; null where that is by a Unix socket alone.</summary>
    public static string? OfManagement(ListenerConfig listener) =>
        !listener.Management.IsApart ? Of(listener)
        : listener.Management.Port > 0 ? Of(listener.Management.BindAddress, listener.Management.Port)
        : null;

    private static string Of(IPAddress bound, int port)
    {
        var address = bound.Equals(IPAddress.Any) ? IPAddress.Loopback
            : bound.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : bound;
        var host = address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
        return string.Create(CultureInfo.InvariantCulture, $"http://{host}:{port}");
    }
}
