namespace Gateway.Http.Wire;

/// <summary>Sizes of what is read. In bytes where nothing else is said.</summary>
public sealed record HttpLimits
{
    /// <summary>Start line and fields together.</summary>
    public int MaxHeadBytes { get; init; } = 32 * 1024;

    /// <summary>Fields of a head.</summary>
    public int MaxFields { get; init; } = 100;

    /// <summary>The request-target.</summary>
    public int MaxTargetBytes { get; init; } = 8 * 1024;

    /// <summary>The payload of a body.</summary>
    public long MaxBodyBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>The line before a chunk, extensions included.</summary>
    public int MaxChunkLineBytes { get; init; } = 256;

    /// <summary>The trailer section, which is read and dropped.</summary>
    public int MaxTrailerBytes { get; init; } = 8 * 1024;
}
