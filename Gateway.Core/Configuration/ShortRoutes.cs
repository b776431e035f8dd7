namespace Gateway.Core.Configuration;

/// <summary>The short forms of routes: one provider (or <c>provider/model</c>) for one kind of work.</summary>
public sealed record ShortRoutes
{
    /// <summary>For requests that ask for thinking.</summary>
    public string? Thinking { get; init; }

    /// <summary>For requests with images.</summary>
    public string? Vision { get; init; }

    /// <summary>For requests that offer tools.</summary>
    public string? Tools { get; init; }

    /// <summary>For titles, classifications and other small work.</summary>
    public string? Background { get; init; }

    /// <summary>For long conversations.</summary>
    public string? LongContext { get; init; }

    /// <summary>What is long, in estimated input tokens.</summary>
    public int LongContextTokens { get; init; } = 60_000;
}
