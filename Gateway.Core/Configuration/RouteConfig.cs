namespace Gateway.Core.Configuration;

/// <summary>What a request is for, as Claude Code tells or its tell-tales show.</summary>
public enum RequestKind : byte
{
    /// <summary>The conversation with the developer.</summary>
    Main,

    /// <summary>An agent that the conversation started.</summary>
    Subagent,

    /// <summary>A scripted run of several agents.</summary>
    Workflow,

    /// <summary>A summary that makes room in the context.</summary>
    Compaction,

    /// <summary>Small work beside the conversation: a title, a classification, a search, a quota probe.</summary>
    Auxiliary,
}

/// <summary>What a provider must be able to do to serve a request.</summary>
[Flags]
public enum RequestNeeds : byte
{
    /// <summary>Nothing but text.</summary>
    None = 0,

    /// <summary>Thinking was asked for.</summary>
    Thinking = 1,

    /// <summary>There is an image.</summary>
    Vision = 2,

    /// <summary>There is a document.</summary>
    Documents = 4,

    /// <summary>Tools are offered.</summary>
    Tools = 8,

    /// <summary>Tools are offered that the provider runs itself, such as web search.</summary>
    ServerTools = 16,

    /// <summary>The answer must be JSON of a given shape.</summary>
    Json = 32,

    /// <summary>The answer is to be streamed.</summary>
    Streaming = 64,
}

/// <summary>In which order the targets of one priority group are tried.</summary>
public enum SelectionPolicy : byte
{
    /// <summary>As written, highest <c>priority_score</c> first.</summary>
    Priority,

    /// <summary>In turn.</summary>
    RoundRobin,

    /// <summary>By lot, in proportion to the weights.</summary>
    Weighted,

    /// <summary>The less busy of two drawn by lot.</summary>
    LeastInFlight,

    /// <summary>The shortest peak EWMA of the time to the first token.</summary>
    Latency,

    /// <summary>The cheapest.</summary>
    Cost,

    /// <summary>The fewest failures of late.</summary>
    Reliability,

    /// <summary>The best score over latency, cost, reliability and load.</summary>
    Balanced,
}

/// <summary>One entry of <c>routes</c>, as written and checked. Immutable.</summary>
public sealed record RouteConfig
{
    /// <summary>Its name, in logs and headers.</summary>
    public string Name { get; init; } = "";

    /// <summary>What a request must be like.</summary>
    public RouteConditions When { get; init; } = new();

    /// <summary>Who may answer.</summary>
    public IReadOnlyList<TargetConfig> Targets { get; init; } = [];

    /// <summary>Order within a priority group.</summary>
    public SelectionPolicy Policy { get; init; }

    /// <summary>It was made of a short form, such as <c>thinking_provider</c>.</summary>
    public bool IsShortForm { get; init; }

    /// <summary>A conversation stays where it is.</summary>
    public bool Sticky { get; init; } = true;
}

/// <summary>The conditions of a route; all that are written must hold, an empty list holds always.</summary>
public sealed record RouteConditions
{
    /// <summary>Any of these kinds.</summary>
    public IReadOnlyList<RequestKind> Kinds { get; init; } = [];

    /// <summary>All of these needs.</summary>
    public IReadOnlyList<RequestNeeds> Needs { get; init; } = [];

    /// <summary>Any of these model patterns.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>At least so many estimated input tokens.</summary>
    public int MinInputTokens { get; init; }

    /// <summary>At most so many; 0 for any.</summary>
    public int MaxInputTokens { get; init; }

    /// <summary>Header fields, each with a value or the beginning of one and a star.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Any of these clients, by name.</summary>
    public IReadOnlyList<string> Clients { get; init; } = [];
}

/// <summary>One who may answer on a route.</summary>
public sealed record TargetConfig
{
    /// <summary>Name of the provider.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The provider's model; null keeps the client's.</summary>
    public string? Model { get; init; }

    /// <summary>Priority group: those of the lowest number first; below 0 where none is written.</summary>
    public int Group { get; init; } = -1;

    /// <summary>Share within its group.</summary>
    public int Weight { get; init; } = 1;
}
