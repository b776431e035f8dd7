namespace Gateway.Http.Upstream;

/// <summary>Why there is no connection.</summary>
public enum ConnectFailureKind : byte
{
    /// <summary>There is one.</summary>
    None,

    /// <summary>The name has no address.</summary>
    NameNotResolved,

    /// <summary>No address of the name may be asked: <see cref="LinkLocalAddresses"/>.</summary>
    AddressForbidden,

    /// <summary>Every address refused or was unreachable.</summary>
    ConnectFailed,

    /// <summary>No address answered in time.</summary>
    ConnectTimeout,

    /// <summary>It would have been a connection to the gateway itself.</summary>
    LeadsBack,

    /// <summary>The handshake failed; most often the certificate did not convince.</summary>
    TlsFailed,

    /// <summary>The handshake was not done in time.</summary>
    TlsTimeout,

    /// <summary>Nobody wanted it any more.</summary>
    Canceled,
}

/// <summary>A failed connect: what, and for the log, in words.</summary>
public readonly record struct ConnectFailure(ConnectFailureKind Kind, string Detail);
