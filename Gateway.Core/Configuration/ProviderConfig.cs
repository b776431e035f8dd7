using Gateway.Core.Translation;

namespace Gateway.Core.Configuration;

/// <summary>How the gateway proves to a provider who it is.</summary>
public enum AuthKind : byte
{
    /// <summary>The key in <c>x-api-key</c>.</summary>
    XApiKey,

    /// <summary>The key in <c>authorization: Bearer</c>.</summary>
    Bearer,

    /// <summary>Whatever the client sent.</summary>
    Client,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>One entry of <c>providers</c>, as written and checked. Immutable.</summary>
public sealed record ProviderConfig
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Base URL as the vendor's own SDK takes it; null for the built-in provider.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>The API it speaks.</summary>
    public Dialect Dialect { get; init; }

    /// <summary>Name of the preset its defaults come from; null for the one of its own name.</summary>
    public string? Preset { get; init; }

    /// <summary>How a server of an OpenAI dialect differs from others.</summary>
    public DialectProfile Profile { get; init; } = new();

    /// <summary>Where its key is.</summary>
    public SecretReference? KeyReference { get; init; }

    /// <summary>The key that <see cref="KeyReference"/> led to; null where there is none, or none is needed.</summary>
    public Secret? ApiKey { get; init; }

    /// <summary>Several keys instead of one.</summary>
    public IReadOnlyList<KeyConfig> Keys { get; init; } = [];

    /// <summary>How the key is sent.</summary>
    public AuthKind Auth { get; init; }

    /// <summary>Model names it serves: exact, <c>prefix*</c> or <c>*</c>; empty for all.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>From the client's model name (exact or <c>prefix*</c>) to the provider's.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ModelMap { get; init; } = [];

    /// <summary>What is different about some of its models (exact or <c>prefix*</c>).</summary>
    public IReadOnlyList<KeyValuePair<string, ModelConfig>> ModelFacts { get; init; } = [];

    /// <summary>Takes part.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>A server of one's own: plain HTTP is fine.</summary>
    public bool Local { get; init; }

    /// <summary>PEM file of the authorities to trust instead of the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Answers with thinking.</summary>
    public bool SupportsThinking { get; init; } = true;

    /// <summary>Takes images.</summary>
    public bool SupportsVision { get; init; } = true;

    /// <summary>Calls tools.</summary>
    public bool SupportsTools { get; init; } = true;

    /// <summary>Streams.</summary>
    public bool SupportsStreaming { get; init; } = true;

    /// <summary>Takes documents such as PDF files.</summary>
    public bool SupportsDocuments { get; init; } = true;

    /// <summary>Runs tools of its own, such as web search.</summary>
    public bool SupportsServerTools { get; init; } = true;

    /// <summary>Answers in JSON of a given shape.</summary>
    public bool SupportsJson { get; init; } = true;

    /// <summary>Most input and output tokens together; 0 if unknown.</summary>
    public int ContextWindow { get; init; }

    /// <summary>Most output tokens; 0 if unknown.</summary>
    public int MaxOutputTokens { get; init; }

    /// <summary>The head of an answer must come within this; 0 for 60 s, or 300 s for an answer in one piece, or 600 s for a local server.</summary>
    public int HeadTimeoutSeconds { get; init; }

    /// <summary>The first content must come within this; 0 for 120 s, or 600 s for a local server.</summary>
    public int FirstContentTimeoutSeconds { get; init; }

    /// <summary>Longest silence within an answer; 0 for 60 s, or 600 s for a local server.</summary>
    public int IdleTimeoutSeconds { get; init; }

    /// <summary>Which of several that serve a model goes first: the highest.</summary>
    public int PriorityScore { get; init; } = 100;

    /// <summary>Exchanges at a time; 0 for no limit. More wait in the order they came.</summary>
    public int MaxConcurrentRequests { get; init; }

    /// <summary>How much it may be asked for.</summary>
    public LimitConfig Limits { get; init; } = new();

    /// <summary>What it costs where neither <c>models</c> nor <see cref="Prices"/> says.</summary>
    public PriceConfig Price { get; init; } = new();

    /// <summary>What its models cost, by its own names of them or their beginnings.</summary>
    public IReadOnlyList<KeyValuePair<string, PriceConfig>> Prices { get; init; } = [];

    /// <summary>Longest wait for a TCP connection.</summary>
    public int ConnectTimeoutMs { get; init; } = 3_000;

    /// <summary>Longest TLS handshake.</summary>
    public int TlsTimeoutMs { get; init; } = 5_000;

    /// <summary>A pooled connection is closed after so long without work.</summary>
    public int PoolIdleSeconds { get; init; } = 60;

    /// <summary>A connection this old is not used again.</summary>
    public int PoolAgeSeconds { get; init; } = 600;

    /// <summary>It is told a key of the gateway's.</summary>
    public bool SendsKey => !IsSynthetic && Auth is AuthKind.XApiKey or AuthKind.Bearer;

    /// <summary>Answers in process.</summary>
    public bool IsSynthetic => BaseUrl is null;
}
