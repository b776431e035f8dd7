using System.Net;

namespace Gateway.Core.Configuration;

/// <summary><c>claude_gateway</c>: where the gateway listens, and its limits and clocks.</summary>
public sealed record ListenerConfig
{
    /// <summary>Address to listen on.</summary>
    public IPAddress BindAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Port to listen on; 0 for any that is free.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Path of a Unix socket to listen on as well; null for none.</summary>
    public string? UnixSocket { get; init; }

    /// <summary>The listener for clients that come by TLS.</summary>
    public SecureListenerConfig Secure { get; init; } = new();

    /// <summary>The listener of the management API.</summary>
    public ManagementConfig Management { get; init; } = new();

    /// <summary>Other machines reach no listener.</summary>
    public bool IsLocal => IPAddress.IsLoopback(BindAddress)
        && (!Secure.IsOn || IPAddress.IsLoopback(Secure.BindAddress))
        && (Management.Port == 0 || IPAddress.IsLoopback(Management.BindAddress));

    /// <summary>Least weight of log lines: trace, debug, info, warn, error.</summary>
    public string LogLevel { get; init; } = "info";

    /// <summary>A file that log lines go to besides standard output.</summary>
    public LogFileConfig LogFile { get; init; } = new();

    /// <summary>Where traffic is recorded.</summary>
    public CaptureConfig Capture { get; init; } = new();

    /// <summary>Where metrics and traces are pushed to.</summary>
    public OtlpConfig Otlp { get; init; } = new();

    /// <summary>One line for each exchange.</summary>
    public bool RequestLogging { get; init; }

    /// <summary>Largest request body, decoded too, in MiB.</summary>
    public int MaxRequestSizeMb { get; init; } = 32;

    /// <summary>Longest exchange, answer included.</summary>
    public int RequestTimeoutSeconds { get; init; } = 3600;

    /// <summary>auto, epoll or sockets.</summary>
    public string Transport { get; init; } = "auto";

    /// <summary>Threads that serve; 0 for one per core.</summary>
    public int Reactors { get; init; }

    /// <summary>A line every half minute about what was done in it.</summary>
    public bool SummaryLine { get; init; } = true;

    /// <summary>Tokens and cost of each exchange are written to the state directory.</summary>
    public bool UsageLedger { get; init; } = true;

    /// <summary>Names by which clients may call the gateway, besides those of loopback.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>Web pages of the listed origins may use it.</summary>
    public bool EnableCors { get; init; }

    /// <summary>Origins whose requests are taken.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>Servers in front whose word about the client's address is taken.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>The field in which they say it.</summary>
    public ForwardedField ForwardedField { get; init; }

    /// <summary>Longest head of a request in KiB.</summary>
    public int MaxHeadKb { get; init; } = 32;

    /// <summary>Most fields of a request.</summary>
    public int MaxHeaderCount { get; init; } = 100;

    /// <summary>A head must be complete so long after its first byte.</summary>
    public int HeadTimeoutSeconds { get; init; } = 10;

    /// <summary>Least speed of a request body.</summary>
    public int MinBodyBytesPerSecond { get; init; } = 240;

    /// <summary>How long a body may be slower.</summary>
    public int MinBodyGraceSeconds { get; init; } = 5;

    /// <summary>A connection without a request is closed after this.</summary>
    public int KeepAliveSeconds { get; init; } = 130;

    /// <summary>A client that takes no byte for so long is cut off.</summary>
    public int WriteStallSeconds { get; init; } = 30;

    /// <summary>Client connections at a time.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Requests at a time.</summary>
    public int MaxInFlight { get; init; } = 20_000;

    /// <summary>How long running exchanges may go on after a signal to stop.</summary>
    public int DrainSeconds { get; init; } = 300;

    /// <summary>Answers tell which provider gave them, after how many attempts.</summary>
    public bool RoutingHeaders { get; init; } = true;

    /// <summary>Most attempts for one request, over all providers.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Share of requests that may be tried again, percent; three at a time always may.</summary>
    public int RetryBudgetPercent { get; init; } = 20;

    /// <summary>A client that waits for an answer hears from us at least this often.</summary>
    public int KeepAliveCommentMs { get; init; } = 10_000;
}
