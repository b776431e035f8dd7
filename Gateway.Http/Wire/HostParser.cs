using System.Buffers.Text;
using System.Net;

namespace Gateway.Http.Wire;

/// <summary>Host = uri-host [ ":" port ] (RFC 9110 section 7.2).</summary>
internal static class HostParser
{
    public static bool IsValid(ReadOnlySpan<byte> host)
    {
        var name = host;
        if (host.StartsWith("["u8))
        {
            var end = host.IndexOf((byte)']');
            if (end < 3 || !IsIPv6(host[1..end]))
            {
                return false;
            }

            return end + 1 == host.Length || IsPort(host[(end + 1)..]);
        }

        var colon = host.IndexOf((byte)':');
        if (colon >= 0)
        {
            name = host[..colon];
            if (!IsPort(host[colon..]))
            {
                return false;
            }
        }

        return !name.IsEmpty && name.IndexOfAnyExcept(AsciiSets.HostName) < 0 && PercentEscapes.AreValid(name);
    }

    // Without zone or future version: neither belongs into a Host field (RFC 6874 section 4).
    private static bool IsIPv6(ReadOnlySpan<byte> address) =>
        address.Contains((byte)':') && address.IndexOfAnyExcept(AsciiSets.IpLiteral) < 0 && IPAddress.IsValidUtf8(address);

    private static bool IsPort(ReadOnlySpan<byte> port) =>
        port is [(byte)':', _, ..] and { Length: <= 6 } && port[1..].IndexOfAnyExcept(AsciiSets.Digits) < 0
        && Utf8Parser.TryParse(port[1..], out ushort _, out _);
}
