using System.Diagnostics.CodeAnalysis;
using Gateway.Http.Sockets;

namespace Gateway.Http.Upstream;

/// <summary>Identity of an endpoint: everything that makes two connections interchangeable, and the clocks they live by.</summary>
/// <remarks>
/// Immutable, for all reactors. Two that compare equal share a pool. Credentials are part of it: connections never change
/// hands between keys. It is looked up for every exchange, so its hash is computed once.
/// </remarks>
public sealed record UpstreamEndpoint
{
    private int _hash;
    private Task<TlsSettings>? _tls;

    /// <summary>Made by an object initialiser.</summary>
    public UpstreamEndpoint()
    {
    }

    // For "with": a changed copy has a hash and settings of its own.
    [SetsRequiredMembers]
    private UpstreamEndpoint(UpstreamEndpoint other)
    {
        (IsHttps, Host, Port) = (other.IsHttps, other.Host, other.Port);
        (ServerName, CaFile, CredentialId) = (other.ServerName, other.CaFile, other.CredentialId);
        (Owner, Group, MaxInGroup) = (other.Owner, other.Group, other.MaxInGroup);
        (MaxConcurrent, ConnectTimeoutMs, TlsTimeoutMs) = (other.MaxConcurrent, other.ConnectTimeoutMs, other.TlsTimeoutMs);
        (IdleMs, MaxAgeMs, IsLocal) = (other.IdleMs, other.MaxAgeMs, other.IsLocal);
    }

    /// <summary>Connect by TLS.</summary>
    public required bool IsHttps { get; init; }

    /// <summary>Name or address, as in the URL but without brackets; also the name the certificate must bear.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port.</summary>
    public required int Port { get; init; }

    /// <summary>Name sent by SNI and looked for in the certificate, where it is not <see cref="Host"/>.</summary>
    public string? ServerName { get; init; }

    /// <summary>PEM file of the authority to trust instead of the system's, or null.</summary>
    public string? CaFile { get; init; }

    /// <summary>A server of the operator's own: it may be at one of the <see cref="LinkLocalAddresses"/>.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Tells credentials apart without being one.</summary>
    public string CredentialId { get; init; } = "";

    /// <summary>Whose limit of exchanges counts. Connections are interchangeable whoever the owner is.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Exchanges at a time over all reactors, and over all endpoints of one owner; 0 for no limit.</summary>
    public int MaxConcurrent { get; init; }

    /// <summary>Whose limit counts besides the owner's: that of the credential's group.</summary>
    public string Group { get; init; } = "";

    /// <summary>Exchanges at a time over all reactors, and over all endpoints of one group; 0 for no limit.</summary>
    public int MaxInGroup { get; init; }

    /// <summary>Longest wait for a TCP connection in milliseconds, lookup and all addresses together.</summary>
    public int ConnectTimeoutMs { get; init; } = 3_000;

    /// <summary>Longest TLS handshake in milliseconds.</summary>
    public int TlsTimeoutMs { get; init; } = 5_000;

    /// <summary>A pooled connection is closed after so many milliseconds without work.</summary>
    public int IdleMs { get; init; } = 60_000;

    /// <summary>A connection this many milliseconds old is not used again, so that changed addresses are noticed.</summary>
    public int MaxAgeMs { get; init; } = 600_000;

    /// <inheritdoc />
    public bool Equals(UpstreamEndpoint? other) =>
        ReferenceEquals(this, other)
        || (other is not null && GetHashCode() == other.GetHashCode() && Key == other.Key && Clocks == other.Clocks);

    /// <inheritdoc />
    public override int GetHashCode() => _hash != 0 ? _hash : _hash = Key.GetHashCode() | 1;

    /// <summary>The settings of the handshake: loaded once, and again only if that has failed.</summary>
    internal Task<TlsSettings> LoadTlsAsync() =>
        _tls is { IsFaulted: false } loaded ? loaded : _tls = TlsSettings.LoadAsync(ServerName ?? Host, CaFile);

    private (bool, string, int, string?, string?, string, bool) Key => (IsHttps, Host, Port, ServerName, CaFile, CredentialId, IsLocal);

    private (int, int, int, int, int, int) Clocks => (MaxConcurrent, MaxInGroup, ConnectTimeoutMs, TlsTimeoutMs, IdleMs, MaxAgeMs);
}
