using System.Net;
using System.Net.Sockets;

namespace Gateway.Http.Upstream;

/// <summary>Addresses that mean another server on every machine: the own link's, and where clouds keep a machine's credentials.</summary>
/// <remarks>No vendor is there. A name that leads there was turned, and what answers would be shown to clients.</remarks>
public static class LinkLocalAddresses
{
    // Metadata beside the link-local ranges, as the vendors document it: AWS and Google by IPv6, Alibaba, Oracle, Azure's host.
    private static readonly IPAddress[] Metadata =
    [
        IPAddress.Parse("fd00:ec2::254"), IPAddress.Parse("fd20:ce::254"),
        IPAddress.Parse("100.100.100.200"), IPAddress.Parse("192.0.0.192"), IPAddress.Parse("168.63.129.16"),
    ];

    /// <summary>It is one of them, also in the clothes of IPv6 (RFC 4291 section 2.5.5.2).</summary>
    public static bool Has(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        Span<byte> bytes = stackalloc byte[16];
        return plain.TryWriteBytes(bytes, out _)
            && (plain.AddressFamily == AddressFamily.InterNetwork
                // RFC 3927: 169.254.0.0/16.
                ? bytes[0] == 169 && bytes[1] == 254
                : plain.IsIPv6LinkLocal)
            || Array.IndexOf(Metadata, plain) >= 0;
    }

    /// <summary>The others; the very same array where none is one of them.</summary>
    public static IPAddress[] LeaveOut(IPAddress[] addresses) => Array.Exists(addresses, Has) ? Array.FindAll(addresses, static a => !Has(a)) : addresses;
}
