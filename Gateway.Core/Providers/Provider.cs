using System.Text;
using Gateway.Core.Admission;
using Gateway.Core.Analysis;
using Gateway.Core.Configuration;
using Gateway.Core.Health;
using Gateway.Core.Translation;
using Gateway.Core.Translation.Requests;

namespace Gateway.Core.Providers;

/// <summary>One who answers, derived from what the operator wrote. Immutable.</summary>
public sealed class Provider
{
    private const int HeadMs = 60_000;
    private const int FirstContentMs = 120_000;
    private const int IdleMs = 60_000;

    // The head of an answer in one piece comes when all of it is written; Claude Code waits as long (release 2.1).
    private const int WholeHeadMs = 300_000;

    // A local model may first have to be loaded, and reads a long prompt slowly.
    private const int LocalPatienceMs = 600_000;

    private readonly ModelPattern[] _models;
    private readonly ModelPattern[] _cachingModels;
    private readonly ModelPattern[] _breakpointModels;
    private readonly (ModelPattern Pattern, ModelFacts Facts)[] _facts;
    private readonly ProviderKey[] _keys;

    /// <summary>Derives from a checked entry.</summary>
    /// <param name="config">What the operator wrote.</param>
    /// <param name="previous">The provider of this name in the configuration before, whose health it takes over; null at the start.</param>
    /// <param name="nowMs">Milliseconds of a monotonic clock.</param>
    public Provider(ProviderConfig config, Provider? previous = null, long nowMs = 0)
    {
        Limits = RateLimits.For(config.Limits, previous?.Limits, nowMs);
        State = previous?.State ?? new ProviderState();
        Corrections = previous?.Corrections ?? new PerModel<TokenCorrections>();
        OutputSizes = previous?.OutputSizes ?? new PerModel<OutputSizes>();
        Facts = new ModelFacts(config, new ModelConfig());
        _facts = [.. config.ModelFacts
            .Select(entry => (Pattern: new ModelPattern(entry.Key), Facts: new ModelFacts(config, entry.Value)))
            .OrderBy(entry => entry.Pattern.IsPrefix)
            .ThenByDescending(entry => entry.Pattern.Text.Length)];
        _cachingModels = [.. config.Profile.CacheControlModels.Select(model => new ModelPattern(model))];
        _breakpointModels = [.. config.Profile.CacheBreakpointModels.Select(model => new ModelPattern(model))];
        IsLocal = config.Local;
        Prices = new ProviderPrices(config);
        HeadTimeoutMs = Milliseconds(config.HeadTimeoutSeconds, config.Local ? LocalPatienceMs : HeadMs);
        WholeHeadTimeoutMs = Milliseconds(config.HeadTimeoutSeconds, config.Local ? LocalPatienceMs : WholeHeadMs);
        FirstContentTimeoutMs = Milliseconds(config.FirstContentTimeoutSeconds, config.Local ? LocalPatienceMs : FirstContentMs);
        IdleTimeoutMs = Milliseconds(config.IdleTimeoutSeconds, config.Local ? LocalPatienceMs : IdleMs);
        Hash = StableHash.Of(Encoding.UTF8.GetBytes(config.Name));
        Name = config.Name;
        NameUtf8 = Encoding.UTF8.GetBytes(config.Name);
        Dialect = config.Dialect;
        PriorityScore = config.PriorityScore;
        ModelMap = new ModelMap(config.ModelMap);
        _models = [.. config.Models.Select(model => new ModelPattern(model))];
        ExactModels = [.. config.Models.Where(model => !model.EndsWith('*'))];
        ForwardsClientCredential = config.Auth == AuthKind.Client;
        AuthField = config.Auth switch
        {
            AuthKind.XApiKey when HasKey(config) => "x-api-key"u8.ToArray(),
            AuthKind.Bearer when HasKey(config) => "authorization"u8.ToArray(),
            _ => default,
        };
        _keys = MakeKeys(config, previous, nowMs);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its name in UTF-8.</summary>
    public ReadOnlyMemory<byte> NameUtf8 { get; }

    /// <summary>How far estimates and counts of its tokens are from what it reports, for each model.</summary>
    public PerModel<TokenCorrections> Corrections { get; }

    /// <summary>How long its answers are, for each model it is asked for.</summary>
    public PerModel<OutputSizes> OutputSizes { get; }

    /// <summary>Where requests that belong to no conversation go; null for the built-in provider.</summary>
    public HttpTarget? Target => Keys[0].Target;

    /// <summary>Its credentials; one without a value where none is sent.</summary>
    public ReadOnlySpan<ProviderKey> Keys => _keys;

    /// <summary>It answers in process.</summary>
    public bool IsSynthetic => Target is null;

    /// <summary>The API it speaks.</summary>
    public Dialect Dialect { get; }

    /// <summary>Names it gives models.</summary>
    public ModelMap ModelMap { get; }

    /// <summary>The models it was configured with by name.</summary>
    public IReadOnlyList<string> ExactModels { get; }

    /// <summary>What is known from living with it.</summary>
    public ProviderState State { get; }

    /// <summary>What is known of its models, where nothing is written of one.</summary>
    public ModelFacts Facts { get; }

    /// <summary>How it differs from other servers of its dialect.</summary>
    public DialectProfile Profile => Facts.Profile;

    /// <summary>What it can do.</summary>
    public RequestNeeds Abilities => Facts.Abilities;

    /// <summary>Most tokens of a conversation and its answer; 0 if unknown.</summary>
    public int ContextWindow => Facts.ContextWindow;

    /// <summary>Most tokens of an answer; 0 if unknown.</summary>
    public int MaxOutputTokens => Facts.MaxOutputTokens;

    /// <summary>A server of one's own.</summary>
    public bool IsLocal { get; }

    /// <summary>The head of a streamed answer must come within this.</summary>
    public int HeadTimeoutMs { get; }

    /// <summary>The head of an answer in one piece must come within this.</summary>
    public int WholeHeadTimeoutMs { get; }

    /// <summary>The first content must come within this.</summary>
    public int FirstContentTimeoutMs { get; }

    /// <summary>Longest silence within an answer.</summary>
    public int IdleTimeoutMs { get; }

    /// <summary>What its models cost where the top of the configuration does not say.</summary>
    public ProviderPrices Prices { get; }

    /// <summary>How much it may be asked for; null for as much as one likes.</summary>
    public RateLimits? Limits { get; }

    /// <summary>Hash of its name, the same everywhere.</summary>
    public ulong Hash { get; }

    /// <summary>Goes before those with a lower one.</summary>
    public int PriorityScore { get; }

    /// <summary>The client's own credential passes.</summary>
    public bool ForwardsClientCredential { get; }

    /// <summary>Name of the field its credential goes into; empty without one.</summary>
    public ReadOnlyMemory<byte> AuthField { get; }

    /// <summary>Value of that field for requests that belong to no conversation.</summary>
    public Secret? AuthValue => Keys[0].Value;

    /// <summary>It names this model among those it serves.</summary>
    public bool Names(ReadOnlySpan<byte> model) => AnyMatches(_models, model);

    /// <summary>It serves this model: it names it, or names none.</summary>
    public bool Serves(ReadOnlySpan<byte> model) => _models.Length == 0 || Names(model);

    /// <summary>How it wants its requests where this model is asked: like <see cref="Profile"/>, but for what goes by the model.</summary>
    public DialectProfile ProfileFor(ReadOnlySpan<byte> model) => FactsOf(model).ProfileFor(
        AnyMatches(_cachingModels, model) ? CacheMarks.CacheControl
        : AnyMatches(_breakpointModels, model) ? CacheMarks.Breakpoint
        : CacheMarks.None);

    /// <summary>What is known of a model, by the provider's name of it. Allocates nothing.</summary>
    public ModelFacts FactsOf(ReadOnlySpan<byte> model)
    {
        foreach (var (pattern, facts) in _facts)
        {
            if (pattern.Matches(model))
            {
                return facts;
            }
        }

        return Facts;
    }

    /// <summary>Says how it is, by hand; null takes it back. Whoever says it is healthy forgives it and its keys everything.</summary>
    public void Mark(HealthState? state, long nowMs)
    {
        State.SetMark(state, nowMs);
        foreach (var key in _keys)
        {
            if (state == HealthState.Healthy)
            {
                key.Reset();
            }
        }
    }

    private static bool AnyMatches(ModelPattern[] patterns, ReadOnlySpan<byte> model)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(model))
            {
                return true;
            }
        }

        return false;
    }

    private static int Milliseconds(int seconds, int otherwise) => seconds > 0 ? seconds * 1000 : otherwise;

    private static bool HasKey(ProviderConfig config) => config.ApiKey is not null || config.Keys.Count > 0;

    // A limit group goes on as it was: what it ran into is still there after a reload.
    private static ProviderKey[] MakeKeys(ProviderConfig config, Provider? previous, long nowMs)
    {
        KeyConfig[] written = config.Keys.Count > 0 ? [.. config.Keys] : [new KeyConfig { Value = config.ApiKey }];
        var groups = new Dictionary<string, (KeyState State, RateLimits? Limits, int MaxInFlight)>();
        var keys = new ProviderKey[written.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var group = written[i].LimitGroup ?? $"{config.Name}#{i}";
            var before = previous?._keys.FirstOrDefault(key => key.Group == group);
            if (!groups.TryGetValue(group, out var shared))
            {
                shared = (before?.State ?? new KeyState(), RateLimits.For(written[i].Limits with { MaxInFlight = 0, CountsCacheReads = config.Limits.CountsCacheReads }, before?.Limits, nowMs), written[i].Limits.MaxInFlight);
                groups.Add(group, shared);
            }

            var value = config.Auth switch
            {
                AuthKind.XApiKey => written[i].Value,
                AuthKind.Bearer => written[i].Value?.Behind("Bearer "u8),
                _ => null,
            };
            shared.State.Reloaded();
            var target = config.BaseUrl is { } url ? MakeTarget(config, url, i == 0 ? config.Name : $"{config.Name}#{i}", group, shared.MaxInFlight) : null;
            keys[i] = new ProviderKey(group, written[i].Weight, value, target, shared.State, shared.Limits);
        }

        return keys;
    }

    // Places are waited for in line, at the gates of the engine; rates are not.
    private static HttpTarget MakeTarget(ProviderConfig config, Uri url, string credential, string group, int maxInGroup) => new(url)
    {
        CaFile = config.CaFile,
        IsLocal = config.Local,
        CredentialId = credential,
        Owner = config.Name,
        MaxConcurrent = config.MaxConcurrentRequests,
        Group = $"{config.Name} {group}",
        MaxInGroup = maxInGroup,
        ConnectTimeoutMs = config.ConnectTimeoutMs,
        TlsTimeoutMs = config.TlsTimeoutMs,
        PoolIdleMs = config.PoolIdleSeconds * 1000,
        PoolAgeMs = config.PoolAgeSeconds * 1000,
    };
}
