namespace Gateway.Http.Upstream;

/// <summary>Identity of an endpoint: everything that makes two connections interchangeable, and the clocks they live by.</summary>
/// <remarks>Two that compare equal share a pool. Credentials are part of it: connections never change hands between keys.</remarks>
public sealed record UpstreamEndpoint
{
    /// <summary>Connect by TLS.</summary>
    public required bool IsHttps { get; init; }

    /// <summary>Name or address, as in the URL but without brackets; also the name the certificate must bear.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port.</summary>
    public required int Port { get; init; }

    /// <summary>PEM file of the authority to trust instead of the system's, or null.</summary>
    public string? CaFile { get; init; }

    /// <summary>Tells credentials apart without being one.</summary>
    public string CredentialId { get; init; } = "";

    /// <summary>Exchanges at a time over all reactors; 0 for no limit.</summary>
    public int MaxConcurrent { get; init; }

    /// <summary>Longest wait for a TCP connection, over all addresses.</summary>
    public int ConnectTimeoutMs { get; init; } = 3_000;

    /// <summary>Longest TLS handshake.</summary>
    public int TlsTimeoutMs { get; init; } = 5_000;

    /// <summary>A pooled connection is closed after so long without work.</summary>
    public int IdleMs { get; init; } = 60_000;

    /// <summary>A connection this old is not used again, so that changed addresses are noticed.</summary>
    public int MaxAgeMs { get; init; } = 600_000;
}
