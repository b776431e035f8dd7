using System.Net;
using System.Text;
using Gateway.Core.Configuration;

namespace Gateway.Core.Admission;

/// <summary>Which servers in front are believed when they say whom they speak for. Immutable.</summary>
/// <remarks>One field only, the one those servers write: the other is whatever a client made up. The list is read from its near end, and no
/// further than the first address that is not trusted: what lies beyond was said by a stranger.</remarks>
public sealed class TrustedProxies
{
    private readonly IPNetwork[] _networks;
    private readonly ForwardedField _field;

    /// <summary>From a checked configuration.</summary>
    public TrustedProxies(ListenerConfig config)
    {
        _networks = [.. config.TrustedProxies.Select(text => NetworkText.Parse(text)!.Value)];
        _field = config.ForwardedField;
    }

    /// <summary>Somebody is trusted.</summary>
    public bool Any => _networks.Length > 0;

    /// <summary>The field's name, in lower case.</summary>
    public ReadOnlySpan<byte> FieldName => _field == ForwardedField.Forwarded ? "forwarded"u8 : "x-forwarded-for"u8;

    /// <summary>Whether an address is believed.</summary>
    public bool Trusts(IPAddress address)
    {
        foreach (var network in _networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Follows one field from its last element to its first.</summary>
    /// <param name="value">The field's value.</param>
    /// <param name="address">Who sent it; becomes who it was sent for, so far as that can be believed.</param>
    /// <returns>True if whoever is named first is trusted as well: an earlier field of the same name goes on.</returns>
    public bool Follow(ReadOnlySpan<byte> value, ref IPAddress address)
    {
        while (Trusts(address))
        {
            var comma = value.LastIndexOf((byte)',');
            var element = value[(comma + 1)..].Trim(" \t"u8);
            if (!TryRead(element, out var next))
            {
                return false;
            }

            address = next;
            if (comma < 0)
            {
                return Trusts(address);
            }

            value = value[..comma];
        }

        return false;
    }

    /// <summary>The address as IPv4 where it is one that an IPv6 socket wraps.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    // Names that are no addresses ("unknown", "_hidden") end the list as well.
    private bool TryRead(ReadOnlySpan<byte> element, out IPAddress address)
    {
        var node = _field == ForwardedField.Forwarded ? ForOf(element) : element;
        node = node.Length > 2 && node[0] == '"' && node[^1] == '"' ? node[1..^1] : node;
        if (node.StartsWith("["u8))
        {
            var end = node.IndexOf((byte)']');
            node = end < 0 ? default : node[1..end];
        }
        else if (node.Count((byte)':') == 1)
        {
            node = node[..node.IndexOf((byte)':')];
        }

        var isAddress = IPAddress.TryParse(node, out var parsed) && (node.Contains((byte)':') || node.Count((byte)'.') == 3);
        address = isAddress ? Plain(parsed!) : IPAddress.None;
        return isAddress;
    }

    private static ReadOnlySpan<byte> ForOf(ReadOnlySpan<byte> element)
    {
        foreach (var range in element.Split((byte)';'))
        {
            var pair = element[range].Trim(" \t"u8);
            if (pair.Length > 4 && Ascii.EqualsIgnoreCase(pair[..4], "for="u8))
            {
                return pair[4..];
            }
        }

        return default;
    }
}
