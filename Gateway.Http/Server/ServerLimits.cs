using Gateway.Http.Wire;

namespace Gateway.Http.Server;

/// <summary>Sizes and clocks of the client side. Times in milliseconds.</summary>
public sealed record ServerLimits
{
    /// <summary>Sizes of the grammar.</summary>
    public HttpLimits Http { get; init; } = new();

    /// <summary>A head must be complete so long after its first byte.</summary>
    public int HeadTimeoutMs { get; init; } = 10_000;

    /// <summary>A connection without a request is closed after this.</summary>
    public int KeepAliveMs { get; init; } = 130_000;

    /// <summary>Least speed of a request body in bytes per second, counted after <see cref="BodyGraceMs"/>.</summary>
    public int BodyBytesPerSecond { get; init; } = 240;

    /// <summary>How long a body may be slower.</summary>
    public int BodyGraceMs { get; init; } = 5_000;

    /// <summary>A client that takes no byte for so long is cut off.</summary>
    public int WriteStallMs { get; init; } = 30_000;

    /// <summary>How long the rest of an unwanted body is thrown away, so that the client can read the answer.</summary>
    public int LingerMs { get; init; } = 2_000;

    /// <summary>How long an idle connection is kept when the server drains, for the request that may be on its way; 0 for not at all.</summary>
    public int DrainGraceMs { get; init; } = 1_000;

    /// <summary>What the bodies of all connections may take.</summary>
    public BodyRoom Room { get; init; } = new(long.MaxValue);

    /// <summary>An unread body of at most this size is read away, and the connection kept.</summary>
    public int DrainBytes { get; init; } = 64 * 1024;
}
