namespace Gateway.Core.Configuration;

/// <summary>How much may be asked for, as written; 0 for as much as one likes. Immutable.</summary>
public sealed record LimitConfig
{
    /// <summary>Requests a minute.</summary>
    public int RequestsPerMinute { get; init; }

    /// <summary>Input tokens a minute; those read from the prompt cache do not count, unless <see cref="CountsCacheReads"/> says so.</summary>
    public int InputTokensPerMinute { get; init; }

    /// <summary>Output tokens a minute.</summary>
    public int OutputTokensPerMinute { get; init; }

    /// <summary>Requests at a time.</summary>
    public int MaxInFlight { get; init; }

    /// <summary>Tokens that were read from the prompt cache are input like others.</summary>
    public bool CountsCacheReads { get; init; }

    /// <summary>Nothing is limited.</summary>
    public bool IsEmpty => RequestsPerMinute == 0 && InputTokensPerMinute == 0 && OutputTokensPerMinute == 0 && MaxInFlight == 0;
}
