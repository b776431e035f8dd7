namespace Gateway.Http.Sockets;

/// <summary>How the gateway talks to the kernel.</summary>
public enum TransportKind : byte
{
    /// <summary>The best there is here.</summary>
    Auto,

    /// <summary>Own reactors on epoll; Linux on x64 and arm64.</summary>
    Epoll,

    /// <summary>System.Net.Sockets; everywhere.</summary>
    Sockets,
}
