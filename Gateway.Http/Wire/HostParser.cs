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

        return !name.IsEmpty && AreOfHostName(name) && PercentEscapes.AreValid(name);
    }

    // Names are short: a loop is done before a vector search has begun.
    private static bool AreOfHostName(ReadOnlySpan<byte> name)
    {
        foreach (var character in name)
        {
            if (!AsciiSets.HostName.Contains(character))
            {
                return false;
            }
        }

        return true;
    }

    // Without zone or future version: neither belongs into a Host field (RFC 6874 section 4).
    private static bool IsIPv6(ReadOnlySpan<byte> address) =>
        address.Contains((byte)':') && address.IndexOfAnyExcept(AsciiSets.IpLiteral) < 0 && IPAddress.IsValidUtf8(address);

    private static bool IsPort(ReadOnlySpan<byte> port) =>
        port is [(byte)':', _, ..] and { Length: <= 6 } && Utf8Parser.TryParse(port[1..], out ushort _, out var digits) && digits == port.Length - 1
        && port[1] != (byte)'+';
}
