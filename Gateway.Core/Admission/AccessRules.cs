using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Core.Configuration;

namespace Gateway.Core.Admission;

/// <summary>By which names the gateway may be called, and which web pages may call it. Immutable; allocates nothing.</summary>
/// <remarks>A page that rebinds its own name to 127.0.0.1 still sends that name (CVE-2024-28224), so names are compared with a list, whatever the address.</remarks>
public sealed class AccessRules
{
    private readonly byte[][] _hosts;
    private readonly byte[][] _origins;

    /// <summary>From a checked configuration.</summary>
    public AccessRules(ListenerConfig config)
    {
        _hosts = [.. HostsOf(config).Select(Encoding.ASCII.GetBytes)];
        _origins = [.. config.CorsOrigins.Where(origin => origin != "*").Select(Encoding.ASCII.GetBytes)];
        TakesAnyOrigin = config.CorsOrigins.Contains("*");
        AnswersCors = config.EnableCors;
    }

    /// <summary>Every origin is listed.</summary>
    public bool TakesAnyOrigin { get; }

    /// <summary>Answers to listed origins carry CORS fields.</summary>
    public bool AnswersCors { get; }

    /// <summary>The gateway goes by this name.</summary>
    /// <param name="host">Value of the field <c>host</c>, with or without port; empty for HTTP/1.0, which has none.</param>
    public bool IsOwn(ReadOnlySpan<byte> host)
    {
        var name = WithoutPort(host);
        foreach (var own in _hosts)
        {
            if (Ascii.EqualsIgnoreCase(name, own))
            {
                return true;
            }
        }

        return host.IsEmpty;
    }

    /// <summary>Pages of this origin may call.</summary>
    public bool IsListed(ReadOnlySpan<byte> origin)
    {
        foreach (var listed in _origins)
        {
            if (origin.SequenceEqual(listed))
            {
                return true;
            }
        }

        return TakesAnyOrigin;
    }

    private static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> host)
    {
        var colon = host.LastIndexOf((byte)':');
        return colon > host.LastIndexOf((byte)']') ? host[..colon] : host;
    }

    private static IEnumerable<string> HostsOf(ListenerConfig config) =>
    [
        "localhost",
        "127.0.0.1",
        "[::1]",
        .. config.BindAddress.Equals(IPAddress.Any) || config.BindAddress.Equals(IPAddress.IPv6Any) ? [] : new[] { Literal(config.BindAddress) },
        .. config.HostNames.Select(name => IPAddress.TryParse(name, out var address) ? Literal(address) : name),
    ];

    private static string Literal(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
