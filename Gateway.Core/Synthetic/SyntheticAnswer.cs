namespace Gateway.Core.Synthetic;

/// <summary>How a played answer ends.</summary>
public enum SyntheticEnding : byte
{
    /// <summary>Whole.</summary>
    Complete,

    /// <summary>The connection is closed in its midst.</summary>
    Cut,

    /// <summary>The connection is reset.</summary>
    Reset,
}

/// <summary>One event of a played stream: complete SSE text (<c>event: x\ndata: {...}\n\n</c>), and the wait before it.</summary>
public readonly record struct SyntheticStep(ReadOnlyMemory<byte> Bytes, int DelayMs);

/// <summary>What the built-in model answers: a script to play. Immutable.</summary>
public sealed class SyntheticAnswer
{
    /// <summary>HTTP status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The steps are played; else the body is sent.</summary>
    public bool IsEventStream { get; init; }

    /// <summary>JSON, where nothing is streamed.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Events in order.</summary>
    public IReadOnlyList<SyntheticStep> Steps { get; init; } = [];

    /// <summary>Wait before the head, 0 to 600,000.</summary>
    public int HeadDelayMs { get; init; }

    /// <summary>Value of retry-after, in seconds.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Value of x-should-retry.</summary>
    public bool? ShouldRetry { get; init; }

    /// <summary>How it ends when its steps are played; a body is always sent whole.</summary>
    public SyntheticEnding Ending { get; init; }

    /// <summary>Tokens it counts for what it read; behind the last cache breakpoint, where there is one.</summary>
    public int InputTokens { get; init; }

    /// <summary>Tokens it counts as new in a prompt cache.</summary>
    public int CacheWriteTokens { get; init; }

    /// <summary>Tokens it counts as read from a prompt cache.</summary>
    public int CacheReadTokens { get; init; }

    /// <summary>Tokens it counts for what it wrote.</summary>
    public int OutputTokens { get; init; }

    /// <summary>Why it stopped; empty without a message.</summary>
    public string StopReason { get; init; } = "";
}
