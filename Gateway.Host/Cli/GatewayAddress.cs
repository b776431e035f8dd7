using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Gateway.Core.Configuration;

namespace Gateway.Host.Cli;

/// <summary>Where clients of this machine find a gateway.</summary>
internal static class GatewayAddress
{
    /// <summary>Its address without a path; one that stands for all addresses is reached over loopback.</summary>
    public static string Of(ListenerConfig listener)
    {
        var address = listener.BindAddress.Equals(IPAddress.Any) ? IPAddress.Loopback
            : listener.BindAddress.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : listener.BindAddress;
        var host = address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
        return string.Create(CultureInfo.InvariantCulture, $"http://{host}:{listener.Port}");
    }
}
