using System.Text;
using Gateway.Core.Analysis;
using Gateway.Core.Configuration;
using Gateway.Core.Providers;

namespace Gateway.Core.Routing;

/// <summary>One who may answer on a route. Immutable.</summary>
public sealed class RouteTarget
{
    /// <summary>A provider, and the model it is asked for; null for the client's, after the provider's map.</summary>
    public RouteTarget(Provider provider, string? model, int group = 0, int weight = 1)
    {
        Provider = provider;
        Model = model;
        ModelToken = model is null ? default : ModelMap.Token(model);
        ModelHash = model is null ? 0 : StableHash.Of(ModelToken.Span[1..^1]);
        Hash = model is null ? provider.Hash : StableHash.Join(provider.Hash, ModelHash);
        Group = group;
        Weight = weight;
    }

    /// <summary>Who answers.</summary>
    public Provider Provider { get; }

    /// <summary>The provider's model as written on the route; null for the client's.</summary>
    public string? Model { get; }

    /// <summary>The same as a JSON string; empty for the client's.</summary>
    public ReadOnlyMemory<byte> ModelToken { get; }

    /// <summary>Hash of the model; 0 for the client's.</summary>
    public ulong ModelHash { get; }

    /// <summary>Hash of both: two models of one provider are two targets.</summary>
    public ulong Hash { get; }

    /// <summary>Priority group; the lowest goes first.</summary>
    public int Group { get; }

    /// <summary>Share within the group.</summary>
    public int Weight { get; }
}

/// <summary>An ordered choice of targets under conditions. Immutable.</summary>
public sealed class Route
{
    private readonly ModelPattern[] _models;
    private readonly FieldPattern[] _fields;
    private readonly byte[][] _clients;
    private int _turn;

    /// <summary>Derives from what the operator wrote.</summary>
    public Route(RouteConfig config, IEnumerable<RouteTarget> targets)
    {
        Name = config.Name;
        NameUtf8 = Encoding.UTF8.GetBytes(config.Name);
        Hash = StableHash.Of(NameUtf8.Span);
        Policy = config.Policy;
        IsSticky = config.Sticky;
        Ordered = [.. targets.OrderBy(target => target.Group).ThenByDescending(target => target.Provider.PriorityScore)];
        var when = config.When;
        Gate = new RouteGate(when);
        _models = [.. when.Models.Select(model => new ModelPattern(model))];
        _fields = [.. when.Headers.Select(field => new FieldPattern(field.Key, field.Value))];
        _clients = [.. when.Clients.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its name in UTF-8.</summary>
    public ReadOnlyMemory<byte> NameUtf8 { get; }

    /// <summary>Hash of its name.</summary>
    public ulong Hash { get; }

    /// <summary>Order within a group.</summary>
    public SelectionPolicy Policy { get; }

    /// <summary>A conversation stays with its provider.</summary>
    public bool IsSticky { get; }

    /// <summary>Who may answer, the lowest group first.</summary>
    public IReadOnlyList<RouteTarget> Targets => Ordered;

    internal RouteTarget[] Ordered { get; }

    /// <summary>The conditions that are cheap to look at.</summary>
    internal RouteGate Gate { get; }

    /// <summary>It takes what no other route takes.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Counts requests, for those who are asked in turn; any thread.</summary>
    public int NextTurn() => Interlocked.Increment(ref _turn) & int.MaxValue;

    /// <summary>What the next turn will be, which is not taken by that.</summary>
    public int ComingTurn => (Volatile.Read(ref _turn) + 1) & int.MaxValue;

    /// <summary>The conditions hold that its gate can't judge. Allocates nothing.</summary>
    internal bool Matches(in RequestTraits traits) => MatchesModel(traits.Model) && MatchesClient(traits.Client) && MatchesFields(traits.Fields);

    private bool MatchesModel(ReadOnlySpan<byte> model)
    {
        foreach (var pattern in _models)
        {
            if (pattern.Matches(model))
            {
                return true;
            }
        }

        return _models.Length == 0;
    }

    private bool MatchesClient(ReadOnlySpan<byte> client)
    {
        foreach (var name in _clients)
        {
            if (client.SequenceEqual(name))
            {
                return true;
            }
        }

        return _clients.Length == 0;
    }

    private bool MatchesFields(IRequestFields fields)
    {
        foreach (var field in _fields)
        {
            if (!fields.TryGet(field.Name, out var value) || !field.Value.Matches(value))
            {
                return false;
            }
        }

        return true;
    }

    private sealed record FieldPattern
    {
        public FieldPattern(string name, string value)
        {
            Name = Encoding.ASCII.GetBytes(name.ToLowerInvariant());
            Value = new ModelPattern(value);
        }

        public byte[] Name { get; }

        public ModelPattern Value { get; }
    }
}
