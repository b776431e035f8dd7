namespace Gateway.Core.Configuration;

/// <summary>One of several keys of a provider, as written and checked. Immutable.</summary>
public sealed record KeyConfig
{
    /// <summary>Where it is.</summary>
    public SecretReference? Reference { get; init; }

    /// <summary>The key that <see cref="Reference"/> led to; null where it led to none.</summary>
    public Secret? Value { get; init; }

    /// <summary>Share of the conversations.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>How much may be asked for with the keys of its limit group.</summary>
    public LimitConfig Limits { get; init; } = new();

    /// <summary>Keys of one organisation have one name here; null for a group of its own.</summary>
    public string? LimitGroup { get; init; }
}
