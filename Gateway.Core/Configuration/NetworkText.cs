using System.Net;

namespace Gateway.Core.Configuration;

/// <summary>An address, or a network in CIDR notation (RFC 4632), as people write it.</summary>
internal static class NetworkText
{
    /// <summary>The address; null for anything else. Only the usual spelling: IPAddress would also take "1" for 0.0.0.1.</summary>
    public static IPAddress? ParseAddress(string text) =>
        IPAddress.TryParse(text, out var address) && (text.Contains(':') || text.Count(static c => c == '.') == 3) ? address : null;

    /// <summary>The network; null for anything else. Bits beyond the prefix are refused: who writes 10.0.0.1/8 means something else.</summary>
    public static IPNetwork? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var spelling = slash < 0 ? text : text[..slash];
        if (ParseAddress(spelling) is not { } address)
        {
            return null;
        }

        if (slash < 0)
        {
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        return IPNetwork.TryParse(text, out var network) && network.BaseAddress.Equals(address) ? network : null;
    }
}
