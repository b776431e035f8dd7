using System.Text;

namespace Gateway.Core.Providers;

/// <summary>Where requests go: derived once from a base URL.</summary>
public sealed class HttpTarget
{
    /// <summary>Derives from a checked URL.</summary>
    public HttpTarget(Uri baseUrl)
    {
        IsHttps = baseUrl.Scheme == "https";
        Host = Uri.UnescapeDataString(baseUrl.IdnHost.Trim('[', ']'));
        Port = baseUrl.Port;
        var literal = Host.Contains(':', StringComparison.Ordinal) ? $"[{WithoutZone(Host)}]" : Host;
        HostField = Encoding.ASCII.GetBytes(baseUrl.IsDefaultPort ? literal : $"{literal}:{Port}");
        PathPrefix = Encoding.ASCII.GetBytes(baseUrl.AbsolutePath.TrimEnd('/'));
    }

    /// <summary>By TLS.</summary>
    public bool IsHttps { get; }

    /// <summary>Name or address, without brackets.</summary>
    public string Host { get; }

    /// <summary>TCP port.</summary>
    public int Port { get; }

    /// <summary>Value of the Host field.</summary>
    public ReadOnlyMemory<byte> HostField { get; }

    /// <summary>What goes before each path: empty, or with a slash before and none behind.</summary>
    public ReadOnlyMemory<byte> PathPrefix { get; }

    /// <summary>PEM file of the authority to trust instead of the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>A server of the operator's own, who knows what its address is.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Tells targets with different credentials apart; no credential itself.</summary>
    public string CredentialId { get; init; } = "";

    /// <summary>Whose it is: its limit of exchanges holds for all of its credentials together.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Exchanges at a time; 0 for no limit.</summary>
    public int MaxConcurrent { get; init; }

    /// <summary>The limit group of its credential, with its owner: a name for what all of them share.</summary>
    public string Group { get; init; } = "";

    /// <summary>Exchanges at a time within the group; 0 for no limit.</summary>
    public int MaxInGroup { get; init; }

    /// <summary>Longest wait for a TCP connection.</summary>
    public int ConnectTimeoutMs { get; init; } = 3_000;

    /// <summary>Longest TLS handshake.</summary>
    public int TlsTimeoutMs { get; init; } = 5_000;

    /// <summary>A pooled connection is closed after so long without work.</summary>
    public int PoolIdleMs { get; init; } = 60_000;

    /// <summary>A connection this old is not used again.</summary>
    public int PoolAgeMs { get; init; } = 600_000;

    // RFC 6874 section 1: the zone of an address means something to this machine only.
    private static string WithoutZone(string address) => address.Split('%')[0];
}
